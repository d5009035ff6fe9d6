using MlatExchange.Node.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Marten;

/// <summary>What stands in the way of a group that was rolled back, by the same order and the same numbers as <c>es.mlat_append</c>: repeat, archive, version, reference.</summary>
internal static class AppendObstacle
{
    private const string Sql = """
        select o.answer from (
            select 1 as rank, array[2, array_position($3, e.id)]::bigint[] as answer from es.mt_events e where e.id = any ($3)
            union all
            select 2, case when s.is_archived then array[3, u.n] else array[1, u.n, coalesce(s.version, 0)] end
            from unnest($1, $2) with ordinality as u(id, expected, n) left join es.mt_streams s on s.id = u.id
            where coalesce(s.version, 0) <> u.expected or s.is_archived
            union all
            select 3, array[4, array_position($4, v.reference)]::bigint[] from vault.entries v where v.reference = any ($4)) o
        order by o.rank, o.answer[2] limit 1
        """;

    /// <summary>Null when nothing does (any more).</summary>
    public static async Task<AppendOutcome?> Find(NpgsqlDataSource database, Append append, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        Add(append.Streams.Select(s => s.Stream).ToArray(), NpgsqlDbType.Varchar);
        Add(append.Streams.Select(s => s.ExpectedVersion).ToArray(), NpgsqlDbType.Bigint);
        Add(append.Streams.SelectMany(s => s.Events).Select(e => e.Id).ToArray(), NpgsqlDbType.Uuid);
        Add(append.Vault.Select(v => v.Reference).ToArray(), NpgsqlDbType.Text);
        return await command.ExecuteScalarAsync(cancellationToken) is long[] answer ? AppendCommand.Outcome(append, answer) : null;

        void Add<T>(T[] column, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
