using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Tests.Storage;

public sealed class RolesSpecs : IClassFixture<NodeDatabase>
{
    private readonly NodeDatabase database;

    public RolesSpecs(NodeDatabase database)
    {
        _ = database.Settings;
        this.database = database;
    }

    [Theory]
    [InlineData("update es.mt_events set data = '{}'")]
    [InlineData("update es.mt_events set is_archived = true")]
    [InlineData("delete from es.mt_events")]
    [InlineData("truncate es.mt_events cascade")]
    [InlineData("update es.mt_streams set is_archived = true")]
    [InlineData("delete from es.mt_streams")]
    [InlineData("alter table es.mt_events disable trigger all")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("select es.mt_archive_stream('x')")]
    [InlineData("select setval('es.mt_events_sequence', 1)")]
    [InlineData("delete from ledger.pending")]
    [InlineData("insert into ledger.pending values (1)")]
    [InlineData("insert into ledger.entries values (1, 0, gen_random_uuid(), 1, '', '')")]
    [InlineData("update ledger.entries set leaf = ''")]
    [InlineData("insert into ledger.checkpoints values (1, '', '', now())")]
    [InlineData("update ledger.tiles set hashes = ''")]
    [InlineData("update vault.entries set ciphertext = ''")]
    [InlineData("delete from vault.entries")]
    [InlineData("create table es.mine (x int)")]
    [InlineData("create table public.mine (x int)")]
    [InlineData("create schema mine")]
    [InlineData("update public.mlat_migrations set name = ''")]
    public async Task The_everyday_role_may_not(string sql) => await Denied(database.App, sql);

    [Theory]
    [InlineData("insert into es.mt_events (seq_id, id, stream_id, version, data, type) values (1, gen_random_uuid(), 'x', 1, '{}', 'x')")]
    [InlineData("update es.mt_events set data = '{}'")]
    [InlineData("delete from es.mt_events")]
    [InlineData("select * from vault.entries")]
    [InlineData("insert into ledger.pending values (1)")]
    [InlineData("update ledger.entries set leaf = ''")]
    [InlineData("delete from ledger.entries")]
    [InlineData("update ledger.checkpoints set note = ''")]
    [InlineData("delete from ledger.tiles")]
    [InlineData("truncate ledger.pending")]
    public async Task The_sequencer_may_not(string sql) => await Denied(database.Sequencer.Source, sql);

    [Fact]
    public async Task Migrating_again_changes_nothing_and_a_changed_file_is_refused()
    {
        await Migrations.Apply(database.Settings);
        await Migrations.Check(database.App);
        var before = await database.Scalar<byte[]>("select sha256 from public.mlat_migrations where number = 1");
        await database.Run("update public.mlat_migrations set sha256 = '' where number = 1");
        Assert.Contains("001-event-store.sql was changed", (await Assert.ThrowsAsync<InvalidOperationException>(() => Migrations.Apply(database.Settings))).Message, StringComparison.Ordinal);
        await database.Run("update public.mlat_migrations set sha256 = $1 where number = 1", before);
        await database.Run("insert into public.mlat_migrations (number, name, sha256) values (999, 'later', '')");
        Assert.Contains("older than the database", (await Assert.ThrowsAsync<InvalidOperationException>(() => Migrations.Apply(database.Settings))).Message, StringComparison.Ordinal);
        await database.Run("delete from public.mlat_migrations where number = 999");
        Assert.NotEmpty(before);
    }

    [Fact]
    public async Task Marten_s_quick_append_function_appends_and_finds_conflicts_under_the_everyday_role()
    {
        const string Sql = "select es.mt_quick_append_events($1, null, '*DEFAULT*', array[gen_random_uuid(), gen_random_uuid()], array['a.v1', 'b.v1'], array['', ''], array['{}', '{}']::jsonb[], array[null, null]::bytea[], array[null, null], array[null, null], array['null', 'null']::jsonb[], array[null, null], array[now(), now()], $2)";
        async Task<long[]> Call(string stream, object expected)
        {
            await using var command = database.App.CreateCommand(Sql);
            command.Parameters.Add(new() { Value = stream });
            command.Parameters.Add(new() { Value = expected, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
            return (long[])(await command.ExecuteScalarAsync())!;
        }
        var stream = Given.Stream();

        Assert.Equal(2, (await Call(stream, 0L))[0]);
        Assert.Equal(4, (await Call(stream, DBNull.Value))[0]);
        Assert.Equal(3, (await Call(stream + "-b", 0L)).Length);
        Assert.Equal("MT003", (await Assert.ThrowsAsync<PostgresException>(() => Call(stream, 3L))).SqlState);
        Assert.Equal("MT003", (await Assert.ThrowsAsync<PostgresException>(() => Call(Given.Stream(), 3L))).SqlState);
        await using var store = new PostgresEventStore(database.App, new LogBell());
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Append.To(stream, 4, Given.Event())));
        Assert.Equal(["a.v1", "b.v1", "a.v1", "b.v1", "test.noted.v1"], (await store.Load(stream)).Select(e => e.Type));
        await database.Run("select es.mt_archive_stream($1)", stream);
        Assert.Equal("MT001", (await Assert.ThrowsAsync<PostgresException>(() => Call(stream, 5L))).SqlState);
    }

    [Fact]
    public async Task The_daemon_s_marks_move_only_from_where_they_were_seen()
    {
        Assert.Equal(7, await database.Scalar<long>("select es.mt_mark_progression_with_skip('HighWaterMark', 7, 3)"));
        Assert.Equal(7, await database.Scalar<long>("select es.mt_mark_progression_with_skip('HighWaterMark', 20, 5)"));
        Assert.Equal(20, await database.Scalar<long>("select es.mt_mark_progression_with_skip('HighWaterMark', 20, 7)"));
        Assert.Equal(2, await database.Scalar<long>("select count(*) from es.mt_high_water_skips"));
        await database.Run("select es.mt_mark_event_progression('feed:All', 9)");
        Assert.Equal(9, await database.Scalar<long>("select last_seq_id from es.mt_event_progression where name = 'feed:All'"));
    }

    private static async Task Denied(NpgsqlDataSource role, string sql)
    {
        await using var command = role.CreateCommand(sql);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
