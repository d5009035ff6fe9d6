using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Oversight;
using Npgsql;

namespace MlatExchange.Node.Tests.Oversight;

public sealed class TransferRecordsSpecs
{
    private static readonly string Content = string.Join(" || ", new[] { "transfer_records", "transfer_documents", "transfer_codes", "oversight_cases", "audit_trail" }
        .Select(table => $"md5(coalesce((select string_agg(r::text, '' order by r::text) from read.{table} r), ''))"));

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
        var incremental = await node.Ledger.Database.Scalar<string>("select " + Content);

        await node.Get<TransferRecords>().Rebuild();
        await node.Projected(events);

        Assert.Equal(6, await node.Ledger.Database.Scalar<long>("select count(*) from read.transfer_records"));
        Assert.Equal(incremental, await node.Ledger.Database.Scalar<string>("select " + Content));
    }

    [Fact]
    public async Task What_the_case_tells_is_in_the_records_of_its_transfers_whichever_is_logged_first()
    {
        await using var node = await OversightNode.Start();
        var (first, second, other) = (Given.Transfer(), Given.Transfer(), Given.Transfer());
        var events = await Cases.Drafted(node, Given.Case);
        await node.Happen(first, 0, "XB", "EEV", Given.Offered(first));
        await node.Projected(++events);
        Assert.Equal((true, true, true, false, true), Marks(await Find(node, first)));

        events += await Cases.Goes(node, Given.Case, 1, new RequestEvent.FindingOverridden("some-rule", Given.Somebody, Given.Start),
            new RequestEvent.DecisionReceived("sha-256:act", [new("i1", ItemOutcome.Recognised, null, null, []), new("i2", ItemOutcome.Refused, "political-offence", "EIO 11", [])], Given.Start));
        await node.Happen(second, 0, "XB", "EEV", Given.Offered(second), new HoldingEvent.ItemRejected("mailbox", "sha-256:x", Given.Start));
        await node.Happen(other, 0, "XC", "EIO", Given.Prepared(other, "XC"));
        await node.Projected(events + 3);
        var (one, two, none) = (await Find(node, first), await Find(node, second), await Find(node, other));
        Assert.Equal((true, true, true, true, true), Marks(one));
        Assert.Equal(["political-offence"], one.Marks.RefusalGrounds);
        Assert.Equal((one.Case, (Guid?)null, CaseMarks.None), (two.Case, none.Case, none.Marks with { RefusalGrounds = CaseMarks.None.RefusalGrounds }));
        Assert.NotNull(one.Case);
        Assert.Equal((false, true), (one.Marks.Incident, two.Marks.Incident));

        var pages = node.Get<TransferPages>();
        foreach (var filter in new TransferFilter[]
        {
            new() { Minors = true }, new() { SpecialCategories = true }, new() { Emergency = true }, new() { Overridden = true }, new() { Onward = true }, new() { RefusalGround = "political-offence" }, new() { Case = one.Case },
        })
            Assert.Equal([first, second], (await pages.Read(filter, CancellationToken.None))!.Records.Select(record => record.Transfer));
        Assert.Equal([second], (await pages.Read(new() { Incident = true }, CancellationToken.None))!.Records.Select(record => record.Transfer));
        Assert.Equal([other], (await pages.Read(new() { Minors = false }, CancellationToken.None))!.Records.Select(record => record.Transfer));
        Assert.Equal(2, (await pages.Count(new() { Minors = true, RefusalGround = "political-offence", DataCategory = "content" }, CancellationToken.None))!.Count);

        var content = await node.Ledger.Database.Scalar<string>("select " + Content);
        await node.Get<TransferRecords>().Rebuild();
        await node.Projected(events + 3);
        Assert.Equal(content, await node.Ledger.Database.Scalar<string>("select " + Content));

        static (bool, bool, bool, bool, bool) Marks(TransferRecord record) => (record.Marks.Minors, record.Marks.SpecialCategories, record.Marks.Emergency, record.Marks.Overridden, record.Marks.Onward);
    }

    private static async Task<TransferRecord> Find(OversightNode node, string transfer) => (await node.Get<TransferPages>().Find(transfer, CancellationToken.None)).Record!;

    [Fact]
    public async Task No_query_reads_the_whole_table()
    {
        await using var node = await OversightNode.Start();
        await node.Ledger.Database.Run("""
            insert into read.transfer_records select n, 't' || n, now() - (20001 - n) * interval '1 minute', n, n, (array['outgoing', 'incoming'])[n % 2 + 1], (array['XB','XC'])[n % 2 + 1], (array['EEV','EIO','BC29'])[n % 3 + 1],
                'public-prosecutor', 'establish-the-facts', (array['offered','accepted','released','certified'])[n % 4 + 1], case when n % 50 = 0 then now() end, n % 9 = 0, n % 30 = 0, n % 20 = 0, n % 7 = 0, n % 40 = 0, n % 60 = 0, n % 80 = 0,
                gen_random_uuid(), 'request-' || n, array['data:' || (array['content','traffic','health'])[n % 3 + 1], 'subject:' || (array['LED6a','LED6d'])[n % 2 + 1]], '{}' from generate_series(1, 20000) n
            """);
        await node.Ledger.Database.Run("insert into read.transfer_codes select unnest(codes), first_at, first_position from read.transfer_records");
        await node.Ledger.Database.Run("insert into read.transfer_documents select first_position, '{}' from read.transfer_records");
        foreach (var table in new[] { "transfer_records", "transfer_codes", "transfer_documents" }) await node.Ledger.Database.Run($"vacuum analyze read.{table}");
        var now = DateTimeOffset.UtcNow;
        TransferFilter[] asked =
        [
            new(), new() { After = new(20_000, now.AddDays(-1).Ticks, 15_000) }, new() { From = now.AddHours(-2), To = now }, new() { Direction = "outgoing" }, new() { Direction = "incoming", Descending = true },
            new() { Counterpart = "XC" }, new() { Instrument = "BC29" }, new() { Outcome = "released" }, new() { Overdue = true }, new() { Overdue = false }, new() { Order = TransferOrder.Due, Overdue = true },
            new() { Order = TransferOrder.Changed, Descending = true }, new() { DataCategory = "health" }, new() { SubjectCategory = "LED6d" }, new() { DataCategory = "health", SubjectCategory = "LED6d", Counterpart = "XC" },
            new() { Counterpart = "ZZ" }, new() { DataCategory = "financial" }, new() { Minors = true }, new() { SpecialCategories = true }, new() { Emergency = true }, new() { Overridden = true }, new() { Divergent = true },
            new() { Onward = true }, new() { Incident = true, DataCategory = "content" }, new() { Minors = true, Counterpart = "XB", Instrument = "EEV" }, new() { RefusalGround = "political-offence" }, new() { Case = Guid.NewGuid() },
        ];
        foreach (var filter in asked)
        {
            var plan = await Plan(node, filter, now);
            Assert.Contains("Index", plan, StringComparison.Ordinal); // also where the code is unknown and no row is to be expected
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    private static TransferFilter Filter() => new();

    private static async Task<string> Plan(OversightNode node, TransferFilter filter, DateTimeOffset now)
    {
        await using var asked = TransferStatements.Page(filter, now, 20_000);
        await using var command = node.Ledger.Database.App.CreateCommand("explain " + asked.CommandText);
        foreach (NpgsqlParameter parameter in asked.Parameters) command.Parameters.Add(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
