using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>
/// Case 08 from the draft to the last certificate over ten years: a victim's findings under a treaty, its terms stretched to 3,650 days, looked at every year, under a legal hold that is renewed
/// and runs out, over a restart in the middle. The clock of both nodes is put forward, never the machine's.
/// </summary>
[Collection(ScenarioWithClock.Name)]
public class Decade(PairForYears nodes) : IClassFixture<PairForYears>
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private readonly CaseFile file = CaseFile.Load("08");
    private readonly string work = nodes.NewFolder();
    private string transfer = "";

    [Fact]
    public async Task Ten_years_of_retention_pass_in_seconds_with_every_review_hold_and_certificate_in_its_place()
    {
        file.Request["retention"]!["maximumDays"] = 3650;
        file.Request["retention"]!["reviewEveryDays"] = 365;
        var (request, thread, signed) = await nodes.AtXa.DraftToSignature(file);
        signed.Expect(HttpStatusCode.Accepted);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        (await nodes.AtXb.Post($"/api/received/{received}/decision", await Executing(), new { reason = "Recognised." })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await nodes.AtXa.View(file, request)).GetProperty("decisions").GetArrayLength() > 0, "the decision returns");
        await Obtain(request, received);
        var start = nodes.Clock.GetUtcNow();

        for (var year = 1; year < 10; year++)
        {
            if (year == 4) await nodes.Xa.Stop(); // the review and the end of the hold fall due while the node is away
            nodes.Clock.Forward(Year);
            if (year == 4) await nodes.Xa.Start();
            await Overdue(nodes.AtXa, await Holding(), "review");
            await Post("/reviews", new { outcome = "still-necessary", reason = $"The trial goes on in year {year}." });
            await Eventually.True(async () => !await IsOverdue(nodes.AtXa, await Holding()), "the review is no longer overdue");
            if (year == 2) await Hold();
            if (year is 3) await Post($"/holds/{(await Held()).GetProperty("holds")[0].GetProperty("hold").GetString()}/renewals", new { until = Ahead(300), reason = "The appeal is not decided." });
        }

        var view = await Held();
        Assert.Equal(9, Told(view, "transfer.review-due.v1"));
        Assert.Equal(9, Told(view, "transfer.reviewed.v1"));
        Assert.Equal((1, 1, 1), (Told(view, "transfer.hold-placed.v1"), Told(view, "transfer.hold-renewed.v1"), Told(view, "transfer.hold-ended.v1")));
        Assert.Equal("under-retention", view.GetProperty("state").GetString());
        nodes.Clock.Forward(TimeSpan.FromDays(355));
        await nodes.RenewLists();

        // In the last year another hold keeps what is due: it stands in the holder's list, and soon the certificate in the supplier's.
        await Hold();
        nodes.Clock.Forward(start + (10 * Year) + TimeSpan.FromDays(15) - nodes.Clock.GetUtcNow());
        await Overdue(nodes.AtXa, await Holding(), "destruction");
        await Overdue(nodes.AtXb, await Executing(), "certificate");
        Assert.Equal("hold-stands", (await nodes.AtXa.Post($"/api/transfers/{transfer}/destruction", await Holding(), new { reason = "The term is over." })).Expect(HttpStatusCode.Conflict).Rule);
        var hold = (await Held()).GetProperty("holds")[0].GetProperty("hold").GetString();
        (await nodes.AtXa.Send(HttpMethod.Delete, $"/api/transfers/{transfer}/holds/{hold}", await Holding(), null)).Expect(HttpStatusCode.Accepted);

        await State(nodes.AtXa, await Holding(), "destruction-ordered", "erasing", "destroyed", "certified");
        await State(nodes.AtXa, await Holding(), "certified");
        var order = (await Held()).GetProperty("order");
        Assert.Equal(("term-ended", "node"), (order.GetProperty("ground").GetString(), order.GetProperty("by").GetProperty("role").GetString()));
        await State(nodes.AtXb, await Executing(), "certified-in-part");
        await Tool("destroy", In("transfer-key.jwk"), "--transfer", transfer, "--node", nodes.Xa.Url, "--token", await Holding());
        await State(nodes.AtXb, await Executing(), "certified");
        Assert.False(await IsOverdue(nodes.AtXb, await Executing()));
    }

    private async Task Hold()
    {
        await Post("/holds", new { reason = "An appeal is pending.", basis = "appeal-pending", legalReference = "XA Criminal Procedure Code 98", authority = file.Authority, until = Ahead(365.9) });
        var held = (await Held()).GetProperty("holds")[0];
        Assert.Equal(("appeal-pending", "XA Criminal Procedure Code 98", file.Authority), (held.GetProperty("basis").GetString(), held.GetProperty("legalReference").GetString(), held.GetProperty("authority").GetString()));
    }

    private async Task Obtain(string request, string received)
    {
        Directory.CreateDirectory(work);
        var view = (await nodes.AtXb.Get($"/api/received/{received}", await Executing())).Expect(HttpStatusCode.OK).Body;
        await File.WriteAllTextAsync(In("findings.json"), """{"resourceType":"Bundle","type":"collection","entry":[]}""");
        await File.WriteAllTextAsync(In("terms.json"), new JsonObject
        {
            ["retention"] = new JsonObject { ["maximumDays"] = 3650, ["trigger"] = "receipt", ["reviewEveryDays"] = 365, ["disposal"] = "return-or-destroy", ["legalReference"] = "Treaty XA-XC 14" },
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "NoOnward" }, new JsonObject { ["type"] = "SpecialCategory" }),
        }.ToJsonString());
        await Tool(
            "seal", In("findings.json"), "--transfer", "new", "--ref", "findings", "--request-item", "i1", "--supplier", "https://node.xc.example", "--authority", file.Authority,
            "--evidence-key", view.GetProperty("evidenceKey").GetString()!, "--trust", Path.Combine(nodes.Keys, "trust"), "--data-category", "health", "--subject-category", "LED6c",
            "--terms", In("terms.json"), "--out", In("sealed"));
        transfer = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(Path.Combine(In("sealed"), "offer.json"))).GetProperty("transfer").GetString()!;
        await Tool("upload", In("sealed"), "--node", nodes.Xb.Url, "--token", await Executing(), "--received", received);
        (await nodes.AtXb.Post($"/api/transfers/{transfer}/offer", await Executing())).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await nodes.AtXa.View(file, request)).GetProperty("transfers").GetArrayLength() > 0, "the offer arrives");
        var printed = new StringWriter();
        Assert.Equal(0, await Mlat.Run(["keys", "transfer", In("transfer-key.jwk")], Workplace.Real with { Out = printed }));
        await Post("/acceptance", new { transferKey = JsonSerializer.Deserialize<JsonElement>(printed.ToString()) });
        await State(nodes.AtXa, await Holding(), "under-retention");
        await Eventually.True(async () => (await Held()).GetProperty("fetched").GetArrayLength() == 1, "the sealed bytes arrive");
    }

    private async Task Overdue(NodeClient at, string token, string what) => await Eventually.True(
        async () => (await List(at, token)) is [var row] && row.GetProperty("overdue").GetString() == what && row.GetProperty("overdueSince").GetDateTimeOffset() <= nodes.Clock.GetUtcNow(), $"the {what} is overdue");

    private static async Task<bool> IsOverdue(NodeClient at, string token) => (await List(at, token)).Length > 0;

    private static async Task<JsonElement[]> List(NodeClient at, string token) => [.. (await at.Get("/api/transfers?overdue=true", token)).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    private async Task State(NodeClient at, string token, params string[] states) => await Eventually.True(
        async () => Array.IndexOf(states, (await at.Get($"/api/transfers/{transfer}", token)).Expect(HttpStatusCode.OK).Body.GetProperty("state").GetString()) >= 0, $"the transfer is {states[0]}");

    private async Task Post(string path, object body) => (await nodes.AtXa.Post($"/api/transfers/{transfer}{path}", await Holding(), body)).Expect(HttpStatusCode.Accepted);

    private async Task<JsonElement> Held() => (await nodes.AtXa.Get($"/api/transfers/{transfer}", await Holding())).Expect(HttpStatusCode.OK).Body;

    private static int Told(JsonElement view, string name) => EmergencyStory.Timeline(view).Count(told => told == name);

    private Task<string> Holding() => nodes.AtXa.Token("holding", file.Authority, "signer", "requesting-prosecutor");

    private Task<string> Executing() => nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");

    private async Task Tool(params string[] args)
    {
        var faults = new StringWriter();
        var code = await Mlat.Run(args, Workplace.Real with { Out = TextWriter.Null, Error = faults, Clock = nodes.Clock });
        Assert.True(code == 0, $"mlat {args[0]} ended with exit code {code}: {faults}");
    }

    private string Ahead(double days) => nodes.Clock.GetUtcNow().AddDays(days).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private string In(string name) => Path.Combine(work, name);
}
