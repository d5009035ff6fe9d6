using System.Net;
using System.Text.Json;
using MlatExchange.Node.Access;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Scenarios;

/// <summary>Two honest nodes find their logs alike when an operator asks.</summary>
[Collection(Scenario.Name)]
public class LogsAlike(TwoJurisdictions nodes)
{
    [Fact]
    public async Task An_operator_has_a_period_compared_on_both_sides_and_nothing_differs()
    {
        var file = CaseFile.Example();
        var (_, thread, signed) = await nodes.AtXa.DraftToSignature(file);
        signed.Expect(HttpStatusCode.Accepted);
        await nodes.AtXb.Arrived(file.Addressee, thread);
        var now = DateTimeOffset.UtcNow;
        (await nodes.AtXa.Post("/api/operations/reconciliation", await LogsCompared.Operator(nodes.AtXa, "xa"), new { counterpart = "XB", from = WireTime.Text(now.AddDays(-1)), to = WireTime.Text(now) })).Expect(HttpStatusCode.Accepted);
        foreach (var (at, code) in ((NodeClient, string)[])[(nodes.AtXa, "xa"), (nodes.AtXb, "xb")])
        {
            var report = default(JsonElement);
            await Eventually.True(async () =>
            {
                report = (await LogsCompared.Counts(at, code)).FirstOrDefault(one => !LogsCompared.OfPeriod(one) && one.GetProperty("to").GetDateTimeOffset().ToUnixTimeMilliseconds() == now.ToUnixTimeMilliseconds());
                return report.ValueKind == JsonValueKind.Object;
            }, $"{code} has compared");
            Assert.True(report.GetProperty("matched").GetInt32() > 0, report.ToString());
            Assert.Equal("0 0 0 0", string.Join(' ', ((string[])["onlyHere", "onlyThere", "differing", "uncovered"]).Select(kind => report.GetProperty(kind).GetInt32())));
        }
    }
}

/// <summary>A counterpart that lists other things than it signed and accepted is found out, by turn, also over a restart.</summary>
[Collection(ScenarioWithClock.Name)]
public class LogsCompared(PairWithClock nodes)
{
    private const string Newest = "select thread from read.exchanged_records where ours order by issued_at desc limit 1";

    [Fact]
    public async Task A_counterpart_that_withholds_changes_and_invents_records_is_named_in_a_signed_report()
    {
        var story = new EmergencyStory(nodes, nodes.Clock);
        await story.Send();
        await story.Obtain();
        await story.Accept();
        var thread = (await nodes.Xb.Column<string>(Newest))[0];
        await Eventually.True(async () => await nodes.Xb.Count("select count(*) from read.exchanged_records where thread = $1", thread) == await nodes.Xa.Count("select count(*) from read.exchanged_records where thread = $1", thread), "both tables have the whole thread");
        // The node of XB is in hostile hands: it signs with its own keys whatever its table says.
        async Task Lie(string sql) => Assert.Single(await nodes.Xb.Column<long>(sql + " returning seq", thread));
        await Lie("delete from read.exchanged_records where thread = $1 and ours and seq = (select min(seq) from read.exchanged_records where thread = $1 and ours)");
        await Lie("delete from read.exchanged_records where thread = $1 and not ours and seq = (select min(seq) from read.exchanged_records where thread = $1 and not ours)");
        await Lie($"update read.exchanged_records set record = 'sha-256:{new string('A', 43)}' where thread = $1 and ours and seq = (select max(seq) from read.exchanged_records where thread = $1 and ours)");
        await Lie($"insert into read.exchanged_records select counterpart, ours, thread, 900, message, 'sha-256:{new string('B', 42)}A', issued_at, false from read.exchanged_records where thread = $1 and not ours limit 1");

        await nodes.Xa.Stop(); // away when the time comes
        nodes.Clock.Forward(TimeSpan.FromHours(26));
        await nodes.Xa.Start();
        await Eventually.True(async () => (await Counts(nodes.AtXa, "xa")).Any(one => OfPeriod(one) && one.GetProperty("differing").GetInt32() > 0), "XA reports the period");

        var counts = (await Counts(nodes.AtXa, "xa")).First(one => OfPeriod(one));
        Assert.DoesNotContain(thread, counts.ToString(), StringComparison.Ordinal); // the operator learns numbers
        Assert.Equal((2, 1, 1, 0), (counts.GetProperty("onlyHere").GetInt32(), counts.GetProperty("onlyThere").GetInt32(), counts.GetProperty("differing").GetInt32(), counts.GetProperty("uncovered").GetInt32()));
        var auditor = await nodes.AtXa.Token("auditor", "xa-oversight", "oversight");
        Assert.Equal(HttpStatusCode.BadRequest, (await nodes.AtXa.Get("/api/oversight/reconciliation", auditor)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await nodes.AtXa.Get("/api/oversight/reconciliation", await Operator(nodes.AtXa, "xa"))).Status);
        var told = (await nodes.AtXa.Send(HttpMethod.Get, "/api/oversight/reconciliation?counterpart=XB", auditor, null, ("Purpose-Code", "integrity-and-security"), ("Justification", "Daily"))).Expect(HttpStatusCode.OK).Body;
        var report = told.GetProperty("reports").EnumerateArray().First(one => one.GetProperty("list").ValueKind == JsonValueKind.Null);
        Assert.Equal(["differing", "only-here", "only-here", "only-there"], report.GetProperty("differences").EnumerateArray().Where(one => one.GetProperty("thread").GetString() == thread).Select(one => one.GetProperty("kind").GetString()).Order());
        Assert.Equal(900, report.GetProperty("differences").EnumerateArray().Single(one => one.GetProperty("kind").GetString() == "only-there").GetProperty("seq").GetInt64());
        Assert.True(CompactJws.TryRead(report.GetProperty("report").GetString()!, out var jws, out _) && jws.IsSignedBy(NodeKeys.Load(nodes.Xa.Keys).Message.Public), "the report is signed by the node");
        Assert.StartsWith("node.xa.example/log/", report.GetProperty("checkpoint").GetString(), StringComparison.Ordinal);
        Assert.Contains(nodes.Xa.Log.Lines, line => line.Contains("differ in 4 messages", StringComparison.Ordinal));

        // Once, however long one waits or looks: the event of a period is not written again.
        await nodes.Xa.Stop();
        await nodes.Xa.Start();
        Assert.Equal(1, await nodes.Xa.Count("select count(*) from es.mt_events where type = 'reconciliation.records-compared.v1' and data->>'list' is null and data->>'differing' <> '0'"));
    }

    internal static bool OfPeriod(JsonElement report) => !report.TryGetProperty("list", out var list) || list.ValueKind == JsonValueKind.Null;

    internal static Task<string> Operator(NodeClient at, string code) => at.Token("operating", $"{code}-{(code == "xa" ? "judge" : "central")}", "operator");

    internal static async Task<IReadOnlyList<JsonElement>> Counts(NodeClient at, string code) =>
        [.. (await at.Get("/api/operations/reconciliation", await Operator(at, code))).Expect(HttpStatusCode.OK).Body.GetProperty("reports").EnumerateArray()];
}
