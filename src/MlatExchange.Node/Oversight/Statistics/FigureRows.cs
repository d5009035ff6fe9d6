using MlatExchange.Domain.Oversight.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>Figures of a month and a key.</summary>
internal sealed record MonthFigure(DateOnly Month, FigureKey Key, long Count);

/// <summary>Times of a month and a key that lie in a bucket.</summary>
internal sealed record MonthTime(DateOnly Month, FigureKey Key, int Bucket, long Count, decimal Seconds);

/// <summary>Rows of <c>read.figures</c> and the tables beside it: how they are written and read back.</summary>
internal static class FigureRows
{
    public static async Task<Dictionary<string, byte[]>> States(NpgsqlConnection connection, string[] streams, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (streams.Length == 0) return states;
        await using var command = new NpgsqlCommand("select stream, state from read.figure_streams where stream = any($1)", connection) { Parameters = { new() { Value = streams } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) states.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        return states;
    }

    public static void Remember(NpgsqlBatch batch, string stream, byte[] state) => batch.BatchCommands.Add(
        new("insert into read.figure_streams (stream, state) values ($1, $2) on conflict (stream) do update set state = excluded.state")
        {
            Parameters = { new() { Value = stream }, new() { Value = state, NpgsqlDbType = NpgsqlDbType.Json } },
        });

    public static void Count(NpgsqlBatch batch, DateOnly month, FigureKey key, long count)
    {
        var command = new NpgsqlBatchCommand("""
            insert into read.figures as f (month, measure, instrument, counterpart, emergency, pack, code, count) values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (month, measure, instrument, counterpart, emergency, pack, code) do update set count = f.count + excluded.count
            """);
        Key(command, month, key);
        Add(command, key.Code, count);
        batch.BatchCommands.Add(command);
    }

    public static void Time(NpgsqlBatch batch, DateOnly month, FigureKey key, int bucket, long count, decimal seconds)
    {
        var command = new NpgsqlBatchCommand("""
            insert into read.figure_times as t (month, measure, instrument, counterpart, emergency, pack, bucket, count, seconds) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (month, measure, instrument, counterpart, emergency, pack, bucket) do update set count = t.count + excluded.count, seconds = t.seconds + excluded.seconds
            """);
        Key(command, month, key);
        Add(command, bucket, count, seconds);
        batch.BatchCommands.Add(command);
    }

    public static void Month(NpgsqlBatch batch, DateOnly month, long position) => batch.BatchCommands.Add(
        new("insert into read.figure_months as m (month, position) values ($1, $2) on conflict (month) do update set position = greatest(m.position, excluded.position)")
        {
            Parameters = { new() { Value = month }, new() { Value = position } },
        });

    /// <summary>All figures of the months from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    public static async Task<IReadOnlyList<MonthFigure>> Counts(NpgsqlConnection connection, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = Months("select month, measure, instrument, counterpart, emergency, pack, code, count from read.figures where month >= $1 and month < $2 order by 1, 2, 3, 4, 5, 6, 7", connection, from, to);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<MonthFigure>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(new(reader.GetFieldValue<DateOnly>(0), Key(reader) with { Code = reader.GetString(6) }, reader.GetInt64(7)));
        return rows;
    }

    /// <summary>All times of the months from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    public static async Task<IReadOnlyList<MonthTime>> Times(NpgsqlConnection connection, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var command = Months("select month, measure, instrument, counterpart, emergency, pack, bucket, count, seconds from read.figure_times where month >= $1 and month < $2", connection, from, to);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<MonthTime>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(new(reader.GetFieldValue<DateOnly>(0), Key(reader), reader.GetInt32(6), reader.GetInt64(7), reader.GetDecimal(8)));
        return rows;
    }

    private static NpgsqlCommand Months(string sql, NpgsqlConnection connection, DateOnly from, DateOnly to) => new(sql, connection) { Parameters = { new() { Value = from }, new() { Value = to } } };

    private static FigureKey Key(NpgsqlDataReader reader) => new(reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetString(5), "");

    private static void Key(NpgsqlBatchCommand command, DateOnly month, FigureKey key) => Add(command, month, key.Measure, key.Instrument, key.Counterpart, key.Emergency, key.Pack);

    private static void Add(NpgsqlBatchCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
    }
}
