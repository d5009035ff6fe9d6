using Microsoft.Extensions.Logging.Abstractions;
using MlatExchange.Node.Ledger;
using Npgsql;

namespace MlatExchange.Node.Tests.Ledger;

public sealed class ProjectionSpecs
{
    /// <summary>Counts every event once per application, so that a second application shows.</summary>
    private sealed class Counts(LedgerNode node, LogBell bell) : Projection("counts", node.Database.App, bell, NullLogger.Instance)
    {
        public string? FailsAt { get; set; }

        public static Task Make(LedgerNode node) => node.Database.Run("""
            create table read.counts (event_id uuid primary key, times int not null, position bigint not null);
            do $$ begin execute format('grant select, insert, update, delete, truncate on read.counts to %I', current_database() || '_app'); end $$
            """);

        public static async Task<(long Rows, long Times)> Of(LedgerNode node) =>
            (await node.Database.Scalar<long>("select count(*) from read.counts"), await node.Database.Scalar<long>("select coalesce(sum(times), 0) from read.counts"));

        protected override async Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken)
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var entry in page)
            {
                batch.BatchCommands.Add(new("insert into read.counts values ($1, 1, $2) on conflict (event_id) do update set times = read.counts.times + 1")
                {
                    Parameters = { new() { Value = entry.Event.Id }, new() { Value = entry.Position } },
                });
            }
            await batch.ExecuteNonQueryAsync(cancellationToken);
            if (FailsAt is { } type && page.Any(e => e.Event.Type == type))
                throw new InvalidOperationException("this page does not apply");
        }

        protected override async Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand("truncate read.counts", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [Fact]
    public async Task Every_entry_counts_exactly_once_over_two_processes_and_many_restarts()
    {
        await using var node = await LedgerNode.WithSequencer();
        await Counts.Make(node);
        var total = 0L;
        for (var round = 0; round < 4; round++)
        {
            var running = new[] { new Counts(node, node.Bell), new Counts(node, new LogBell()) };
            foreach (var projection in running)
                await projection.StartAsync(CancellationToken.None);
            var appended = Task.WhenAll(Enumerable.Range(0, 40).Select(n => node.Append(n % 30 + 1)));
            if (round == 2)
                await running[0].StopAsync(CancellationToken.None); // in the middle
            total += (await appended).Sum();
            await LedgerNode.Until(async () => (await Counts.Of(node)).Rows == total, "applied");
            foreach (var projection in running)
                await projection.StopAsync(CancellationToken.None);
        }

        Assert.Equal((total, total), await Counts.Of(node));
        Assert.Equal(total, await node.Database.Scalar<long>("select position from read.projection where name = 'counts'"));
    }

    [Fact]
    public async Task Rebuilt_from_zero_it_is_the_same_byte_for_byte()
    {
        await using var node = await LedgerNode.WithSequencer();
        await Counts.Make(node);
        using var projection = new Counts(node, node.Bell);
        for (var n = 1; n <= 20; n++)
        {
            await node.Append(n);
            await node.Published(n * (n + 1) / 2);
            await projection.CatchUp();
        }
        const string Content = "select md5(string_agg(c::text, '' order by position)) from read.counts c";
        var before = await node.Database.Scalar<string>(Content);

        await projection.Rebuild();
        Assert.Equal((0, 0), await Counts.Of(node));
        await projection.CatchUp();

        Assert.Equal((210, 210), await Counts.Of(node));
        Assert.Equal(before, await node.Database.Scalar<string>(Content));
    }

    [Fact]
    public async Task A_page_that_fails_stops_it_with_an_alarm_and_nothing_is_skipped_or_half_written()
    {
        await using var node = await LedgerNode.WithSequencer();
        await Counts.Make(node);
        using var projection = new Counts(node, node.Bell) { FailsAt = "test.bad.v1" };
        await projection.StartAsync(CancellationToken.None);
        await node.Append(10);
        await LedgerNode.Until(async () => (await Counts.Of(node)).Rows == 10, "applied");

        await node.Store.Append(Node.Storage.Append.To(Storage.Given.Stream(), 0, Storage.Given.Event("test.bad.v1")));
        await LedgerNode.Until(() => projection.Fault is not null, "fault");
        await node.Append(5);
        await node.Published(16);

        Assert.Equal("Projection counts stopped (InvalidOperationException).", projection.Fault);
        Assert.Equal((10, 10), await Counts.Of(node));
        using var mended = new Counts(node, node.Bell);
        await mended.CatchUp();
        Assert.Equal((16, 16), await Counts.Of(node));
    }
}
