using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Oversight;
using Npgsql;

namespace MlatExchange.Node.Tests.Oversight;

public sealed class TransferRecordsSpecs
{
    private const string Content = """
        select md5(coalesce((select string_agg(r::text, '' order by first_position) from read.transfer_records r), '') ||
                   coalesce((select string_agg(c::text, '' order by kind, code, first_position) from read.transfer_categories c), ''))
        """;

    [Fact]
    public async Task A_record_has_the_legal_basis_the_categories_the_terms_and_the_state_after_every_event_on_either_side()
    {
        await using var node = await OversightNode.Start();
        var (supplied, held) = (Given.Transfer(), Given.Transfer());
        var (supply, hold) = (Given.Supply(supplied), Given.Hold(held));
        var events = 0;
        for (var n = 0; n < hold.Length; n++)
        {
            if (n < supply.Length) await node.Happen(supplied, n, "XB", "EEV", supply[n]);
            await node.Happen(held, n, "XB", "EEV", hold[n]);
            events += n < supply.Length ? 2 : 1;
            await node.Projected(events);

            var records = (await node.Get<TransferPages>().Read(Filter(), CancellationToken.None))!.Records;
            Assert.Equal(SuppliedTransfer.Fold(supply[..Math.Min(n + 1, supply.Length)]).Name, records[0].State);
            Assert.Equal(HeldTransfer.Fold(hold[..(n + 1)]).Name, records[1].State);
            Assert.All(records, record =>
            {
                Assert.Equal(("EEV", "XB", "public-prosecutor", "establish-the-facts"), (record.Instrument, record.Counterpart, record.AuthorityRole, record.Purpose));
                Assert.Equal(["EEV 5", "EEV 12"], record.LegalBasis);
                Assert.Equal(["UseOnlyFor"], record.Conditions);
            });
            Assert.Equal(20, records[1].Retention.MaximumDays);
            Assert.Equal(["content", "financial"], records[1].DataCategories);
            Assert.Equal(["LED6a", "LED6b"], records[1].SubjectCategories);
            var holding = HeldTransfer.Fold(hold[..(n + 1)]);
            if (holding is HeldTransfer.UnderRetention { Holding.FirstDue: { } due }) Assert.Equal((due, "destruction"), (records[1].Due!.Value, records[1].DueFor));
            if (holding is HeldTransfer.Destroyed or HeldTransfer.Certified) Assert.Null(records[1].Due);
        }
        var last = (await node.Get<TransferPages>().Read(Filter(), CancellationToken.None))!.Records;
        Assert.Equal((new CopyCounts(1, 1, 0), new CopyCounts(2, 0, 1)), (last[0].Copies, last[1].Copies));
        Assert.Equal(("transfer.offered.v1", "transfer.accepted.v1"), (last[0].Record.Kind, last[1].Record.Kind));
        Assert.All(last, record => Assert.True(record.Times is { Offered: not null, Accepted: not null, Released: not null, Fetched: not null, Certified: not null }));
    }

    [Fact]
    public async Task Rebuilt_from_the_log_the_rows_are_the_same_byte_for_byte()
    {
        await using var node = await OversightNode.Start();
        var transfers = Enumerable.Range(0, 6).Select(_ => Given.Transfer()).ToList();
        var events = 0;
        for (var n = 0; n < 7; n++)
        {
            foreach (var (transfer, index) in transfers.Select((transfer, index) => (transfer, index)))
                await node.Happen(transfer, n, "XB", "EEV", index % 2 == 0 ? Given.Supply(transfer)[n] : Given.Hold(transfer)[n]);
            events += transfers.Count;
            await node.Projected(events);
        }
        var incremental = await node.Ledger.Database.Scalar<string>(Content);

        await node.Get<TransferRecords>().Rebuild();
        await node.Projected(events);

        Assert.Equal(6, await node.Ledger.Database.Scalar<long>("select count(*) from read.transfer_records"));
        Assert.Equal(incremental, await node.Ledger.Database.Scalar<string>(Content));
    }

    [Fact]
    public async Task No_query_reads_the_whole_table()
    {
        await using var node = await OversightNode.Start();
        await node.Ledger.Database.Run("""
            insert into read.transfer_records select n, 't' || n, now() - n * interval '1 minute', 'outgoing', (array['XB','XC'])[n % 2 + 1], (array['EEV','EIO','BC29'])[n % 3 + 1],
                (array['offered','accepted','released','certified'])[n % 4 + 1], case when n % 50 = 0 then now() end, '{}' from generate_series(1, 20000) n
            """);
        await node.Ledger.Database.Run("""
            insert into read.transfer_categories select 'data', (array['content','traffic','health'])[n % 3 + 1], n from generate_series(1, 20000) n
            union all select 'subject', (array['LED6a','LED6d'])[n % 2 + 1], n from generate_series(1, 20000) n
            """);
        await node.Ledger.Database.Run("analyze read.transfer_records");
        await node.Ledger.Database.Run("analyze read.transfer_categories");
        var now = DateTimeOffset.UtcNow;
        TransferFilter[] asked =
        [
            Filter(), Filter() with { After = 15_000 }, Filter() with { From = now.AddHours(-2), To = now }, Filter() with { Direction = "outgoing" }, Filter() with { Direction = "incoming" },
            Filter() with { Counterpart = "XC" }, Filter() with { Instrument = "BC29" }, Filter() with { Outcome = "released" }, Filter() with { Overdue = true }, Filter() with { Overdue = false },
            Filter() with { DataCategory = "health" }, Filter() with { SubjectCategory = "LED6d" }, Filter() with { DataCategory = "health", SubjectCategory = "LED6d", Counterpart = "XC" },
            Filter() with { Counterpart = "ZZ" }, Filter() with { DataCategory = "financial" },
        ];
        foreach (var filter in asked)
        {
            var plan = await Plan(node, filter, now);
            Assert.Contains("Index", plan, StringComparison.Ordinal); // also where the code is unknown and no row is to be expected
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    private static TransferFilter Filter() => new(new Dictionary<string, string>(), null, null, null, null, null, null, null, null, null, 0, 100);

    private static async Task<string> Plan(OversightNode node, TransferFilter filter, DateTimeOffset now)
    {
        var asked = TransferPages.Select(filter, now);
        await using var command = node.Ledger.Database.App.CreateCommand("explain " + asked.CommandText);
        foreach (NpgsqlParameter parameter in asked.Parameters) command.Parameters.Add(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
