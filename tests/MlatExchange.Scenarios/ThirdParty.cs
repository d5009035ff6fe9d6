using System.Net;
using System.Text;
using System.Text.Json;
using MlatExchange.Cli;
using MlatExchange.Node.Access;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using RabbitMQ.Client;

namespace MlatExchange.Scenarios;

/// <summary>What is between two of three jurisdictions stays between them.</summary>
[Collection(AllThree.Name)]
public class ThirdParty(ThreeJurisdictions nodes)
{
    private const string Thread = "select count(*) from es.mt_events where stream_id = $1";
    private static readonly (string, string)[] Purpose = [("Purpose-Code", "complaint-handling"), ("Justification", "A%20complaint%20was%20made.")];

    [Fact]
    public async Task Two_transfers_to_one_jurisdiction_stand_in_three_logs_and_each_oversight_body_sees_its_own()
    {
        var fromXb = await Offered("xb");
        var fromXc = await Offered("xc");
        await Reconciled.Pair(nodes["xa"], nodes["xb"]);
        await Reconciled.Pair(nodes["xa"], nodes["xc"]);
        Assert.Equal(0, await nodes["xb"].Count("select count(*) from es.mt_events where data->>'counterpart' = 'XC'"));
        Assert.Equal(0, await nodes["xc"].Count("select count(*) from es.mt_events where data->>'counterpart' = 'XB'"));

        await Sees("xa", (fromXb, "XB", "incoming"), (fromXc, "XC", "incoming"));
        await Sees("xb", (fromXb, "XA", "outgoing"));
        await Sees("xc", (fromXc, "XA", "outgoing"));
        var abroad = await nodes.At("xb").Token("auditor", "xb-oversight", "oversight");
        (await nodes.At("xa").Send(HttpMethod.Get, "/api/oversight/transfers", abroad, null, Purpose)).Expect(HttpStatusCode.Unauthorized);
        var own = await nodes.At("xb").Token("auditor", "xb-oversight", "oversight");
        (await nodes.At("xb").Send(HttpMethod.Get, $"/api/oversight/transfers/{fromXc}/proof", own, null, Purpose)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_message_from_one_for_another_is_neither_read_nor_accepted_by_the_third()
    {
        await using var link = await nodes.Broker.Connect("xc");
        await using var copies = await link.CreateChannelAsync();
        var copy = (await copies.QueueDeclareAsync("", exclusive: true)).QueueName;
        await copies.QueueBindAsync(copy, "mlat.incoming.relay", "mlat.outgoing.xa");
        var (thread, _) = await Decided("xc");
        var bytes = (await copies.BasicGetAsync(copy, autoAck: true))!.Body.ToArray();

        // As it is, and as XA, who may read it, can seal it again for XB.
        Assert.True(CompactJwe.TryOpen(Encoding.ASCII.GetString(bytes), SealedEnvelope.Type, SealedEnvelope.ContentType, KeysOf("xa").Encryption[0], out var plaintext, out _));
        var again = SealedEnvelope.Read(plaintext, out _).Envelope!.Seal(KeysOf("xb").Encryption[0].Public, System.Security.Cryptography.RandomNumberGenerator.Fill);
        await using var into = await nodes.Broker.Connect("xb");
        await using var channel = await into.CreateChannelAsync();
        foreach (var body in (byte[][])[bytes, Encoding.ASCII.GetBytes(again)]) await channel.BasicPublishAsync("mlat.incoming.xc", "", body);

        IReadOnlyList<string> aside = [];
        await Eventually.True(async () => (aside = await nodes["xb"].Column<string>("select step || ' ' || reason || ' ' || counterpart from exchange.quarantine order by step")).Count == 2, "both are set aside");
        Assert.Equal(["3 unknown-key XC", "10 audience XC"], aside);
        Assert.Equal(0, await nodes["xb"].Count(Thread, $"thread-{thread}"));
        Assert.NotEqual(0, await nodes["xa"].Count(Thread, $"thread-{thread}"));
        Assert.True(await nodes.At("xb").IsReady());
        await nodes["xb"].Column<long>("delete from exchange.quarantine returning 1::bigint");
    }

    private NodeKeys KeysOf(string code) => NodeKeys.Load(nodes[code].Keys);

    /// <summary>A request of XA to that jurisdiction, decided there; answers its thread and its id there.</summary>
    private async Task<(string Thread, string Received)> Decided(string by)
    {
        var file = CaseFile.Example();
        file.Request["addressee"] = JsonSerializer.SerializeToNode(new { jurisdiction = by.ToUpperInvariant(), authority = $"{by}-central" });
        file.Request["persons"]![0]!["residence"] = by.ToUpperInvariant();
        var (id, thread, signed) = await nodes.At("xa").DraftToSignature(file);
        Assert.Equal("sent", signed.Expect(HttpStatusCode.Accepted).State);
        var received = (await nodes.At(by).Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        (await nodes.At(by).Decide(file, received)).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await nodes.At("xa").View(file, id)).GetProperty("decisions").GetArrayLength() > 0, "the decision returns");
        return (thread, received);
    }

    /// <summary>Evidence that this jurisdiction offers to XA; answers the transfer's id.</summary>
    private async Task<string> Offered(string by)
    {
        var (_, received) = await Decided(by);
        var (at, work) = (nodes.At(by), Directory.CreateDirectory(nodes.NewFolder()).FullName);
        var executing = await at.Token("executing", $"{by}-central", "executing-prosecutor", "signer");
        var view = (await at.Get($"/api/received/{received}", executing)).Expect(HttpStatusCode.OK).Body;
        await File.WriteAllBytesAsync(Path.Combine(work, "mailbox.bin"), new byte[100_000]);
        await File.WriteAllTextAsync(Path.Combine(work, "terms.json"), """{"retention":{"maximumDays":365,"trigger":"final-judgment","reviewEveryDays":90,"disposal":"destroy-and-certify","legalReference":"Data Protection (Justice) Act 9"},"conditions":[]}""");
        await Tool(
            "seal", Path.Combine(work, "mailbox.bin"), "--transfer", "new", "--ref", "storage", "--request-item", "i1", "--supplier", $"https://node.{by}.example", "--authority", "xa-judge",
            "--evidence-key", view.GetProperty("evidenceKey").GetString()!, "--trust", Path.Combine(nodes.Keys, "trust"), "--data-category", "content", "--subject-category", "LED6a",
            "--terms", Path.Combine(work, "terms.json"), "--out", Path.Combine(work, "sealed"));
        await Tool("upload", Path.Combine(work, "sealed"), "--node", nodes[by].Url, "--token", executing, "--received", received);
        var transfer = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(work, "sealed", "offer.json"))).RootElement.GetProperty("transfer").GetString()!;
        (await at.Post($"/api/transfers/{transfer}/offer", executing)).Expect(HttpStatusCode.Accepted);
        return transfer;
    }

    private async Task Sees(string code, params (string Transfer, string Counterpart, string Direction)[] expected)
    {
        var at = nodes.At(code);
        var auditor = await at.Token("auditor", $"{code}-oversight", "oversight");
        List<(string, string, string)> seen = [];
        await Eventually.True(
            async () =>
            {
                var page = await at.Send(HttpMethod.Get, "/api/oversight/transfers?limit=100", auditor, null, Purpose);
                if (page.Status == HttpStatusCode.ServiceUnavailable) return false; // the records follow the log
                seen = [.. page.Expect(HttpStatusCode.OK).Body.GetProperty("records").EnumerateArray().Select(item => (Text(item, "transfer"), Text(item, "counterpart"), Text(item, "direction")))];
                return seen.Count >= expected.Length;
            },
            $"the records of {code} follow");
        Assert.Equal(expected.Order(), seen.Order());
    }

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;

    private static async Task Tool(params string[] arguments)
    {
        var faults = new StringWriter();
        Assert.True(await Mlat.Run(arguments, Workplace.Real with { Out = TextWriter.Null, Error = faults }) == 0, faults.ToString());
    }
}
