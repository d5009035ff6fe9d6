using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>
/// A whole story in which every value that identifies or tells something is planted: names, selectors, file number, facts, reasons, values of conditions, the officials' own
/// names and the evidence itself. Played through the routes of two nodes, wherever they run.
/// </summary>
/// <param name="keys">Folder that <c>mlat keys new</c> made.</param>
/// <param name="work">Folder for the two prosecutors' files, made when it is missing.</param>
/// <param name="officials">Whether the officials' own names are planted too. They stand in their tokens, which are good for other cases and end by themselves.</param>
public sealed class PlantedStory(NodeClient xa, NodeClient xb, string supplierUrl, string holderUrl, string keys, string work, bool officials = true)
{
    public Markers Planted { get; } = new();

    public string Request { get; private set; } = "";

    public string Thread { get; private set; } = "";

    public string Received { get; private set; } = "";

    public string Transfer { get; private set; } = "";

    private string Issuer { get; set; } = "";

    private string Addressee { get; set; } = "";

    /// <summary>From the draft through an override to the decision, each with a reason that must not be seen.</summary>
    public async Task Decide()
    {
        var file = Draft();
        (Issuer, Addressee) = (file.Authority, file.Addressee);
        var drafted = (await xa.Post("/api/requests", await Official("drafting", "drafter"), file.Body, ("Idempotency-Key", Planted.Plant("idempotency key")))).Expect(HttpStatusCode.Created);
        Request = drafted.Id;
        var path = $"/api/requests/{Request}";
        var assessed = (await xa.Post(path + "/assessment", await Official("assessing", "assessor"))).Expect(HttpStatusCode.OK);
        await Override(xa, path, await Official("assessing", "assessor"), assessed.Body, "override");
        (await xa.Post(path + "/approval", await Official("approving", "approver"))).Expect(HttpStatusCode.OK);
        Assert.Equal("sent", (await xa.Post(path + "/signature", await Official("signing", "signer"))).Expect(HttpStatusCode.Accepted).State);
        Thread = (await xa.Get(path, await Official("signing", "signer"))).Expect(HttpStatusCode.OK).Body.GetProperty("thread").GetString()!;

        var received = await xb.Arrived(Addressee, Thread);
        // The other side sees the values, so they did travel.
        Assert.Contains(Planted["identifier"], received.ToString(), StringComparison.Ordinal);
        Assert.Contains(Planted["facts"], received.ToString(), StringComparison.Ordinal);
        Received = received.GetProperty("id").GetString()!;
        path = $"/api/received/{Received}";
        await Override(xb, path, await Executing(), received.GetProperty("assessment").GetProperty("ours"), "override of the other side");
        (await xb.Post(path + "/decision", await Executing(), new { reason = "Because " + Planted.Plant("decision") })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await xa.Get($"/api/requests/{Request}", await Official("signing", "signer"))).Body.GetProperty("decisions").GetArrayLength() > 0, "the decision returns");
    }

    /// <summary>Evidence sealed, offered, accepted, released, fetched and opened on the prosecutor's own machine.</summary>
    public async Task Obtain()
    {
        Directory.CreateDirectory(work);
        var received = (await xb.Get($"/api/received/{Received}", await Executing())).Expect(HttpStatusCode.OK).Body;
        await File.WriteAllTextAsync(In("evidence.bin"), string.Join('\n', Enumerable.Repeat("It says: " + Planted.Plant("evidence"), 4000)));
        await File.WriteAllTextAsync(In("terms.json"), new JsonObject
        {
            ["retention"] = new JsonObject { ["maximumDays"] = 365, ["trigger"] = "final-judgment", ["reviewEveryDays"] = 90, ["disposal"] = "destroy-and-certify", ["legalReference"] = "XB Data Protection (Justice) Act 9" },
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "UseOnlyFor", ["value"] = "the case of " + Planted.Plant("condition") }, new JsonObject { ["type"] = "NoOnward" }),
        }.ToJsonString());
        await Tool(
            "seal", In("evidence.bin"), "--transfer", "new", "--ref", "storage", "--request-item", "i1", "--supplier", "https://node.xb.example", "--authority", Issuer,
            "--evidence-key", received.GetProperty("evidenceKey").GetString()!, "--trust", Path.Combine(keys, "trust"), "--data-category", "subscriber", "--subject-category", "LED6a",
            "--terms", In("terms.json"), "--out", In("sealed"));
        Transfer = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(Path.Combine(In("sealed"), "offer.json"))).GetProperty("transfer").GetString()!;
        await Tool("upload", In("sealed"), "--node", supplierUrl, "--token", await Executing(), "--received", Received);
        (await xb.Post($"/api/transfers/{Transfer}/offer", await Executing())).Expect(HttpStatusCode.Accepted);

        await Until(xa, $"/api/requests/{Request}", await Holding(), "the offer arrives", view => view.GetProperty("transfers").GetArrayLength() > 0);
        var printed = new StringWriter();
        Assert.Equal(0, await Mlat.Run(["keys", "transfer", In("transfer-key.jwk")], Workplace.Real with { Out = printed }));
        (await xa.Post($"/api/transfers/{Transfer}/acceptance", await Holding(), new { transferKey = JsonSerializer.Deserialize<JsonElement>(printed.ToString()) })).Expect(HttpStatusCode.Accepted);
        await Until(xa, $"/api/transfers/{Transfer}", await Holding(), "the released share and the sealed bytes arrive",
            view => view.GetProperty("state").GetString() == "under-retention" && view.GetProperty("fetched").GetArrayLength() == 1);
        await Tool(
            "open", "--node", holderUrl, "--token", await Holding(), "--transfer", Transfer, "--ref", "storage", "--trust", Path.Combine(keys, "trust"), "--out", In("opened.bin"),
            "--evidence-key", Path.Combine(keys, "xa", "offline", "evidence", $"{Issuer}.jwk"), "--transfer-key", In("transfer-key.jwk"));
        Assert.Equal(await File.ReadAllBytesAsync(In("evidence.bin")), await File.ReadAllBytesAsync(In("opened.bin")));
    }

    /// <summary>A hold, its end, and what oversight asks, each with words of their own.</summary>
    public async Task Look()
    {
        var path = $"/api/transfers/{Transfer}";
        (await xa.Post(path + "/reviews", await Holding(), new { outcome = "still-necessary", reason = "Because " + Planted.Plant("review") })).Expect(HttpStatusCode.Accepted);
        (await xa.Send(HttpMethod.Get, "/api/oversight/transfers", await xa.Token("watching", "xa-oversight", "oversight"), null,
            ("Purpose-Code", "lawfulness-verification"), ("Justification", "Because%20" + Planted.Plant("justification")))).Expect(HttpStatusCode.OK);
        Assert.Contains(Planted["identifier"], (await xa.Get($"/api/requests/{Request}", await Official("signing", "signer"))).Expect(HttpStatusCode.OK).Body.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Early destruction, until both sides hold the receipted certificate.</summary>
    public async Task Destroy()
    {
        (await xa.Post($"/api/transfers/{Transfer}/destruction", await Holding(), new { reason = "Because " + Planted.Plant("destruction") })).Expect(HttpStatusCode.Accepted);
        await Until(xa, $"/api/transfers/{Transfer}", await Holding(), "the certificate's receipt returns", view => view.GetProperty("state").GetString() == "certified");
        await Until(xb, $"/api/transfers/{Transfer}", await Executing(), "the certificate arrives", view => view.GetProperty("state").GetString() == "certified-in-part");
        await Tool("destroy", In("opened.bin"), "--node", holderUrl, "--token", await Holding());
        await Tool("destroy", In("transfer-key.jwk"), "--transfer", Transfer, "--node", holderUrl, "--token", await Holding());
        await Until(xb, $"/api/transfers/{Transfer}", await Executing(), "every copy is accounted for", view => view.GetProperty("state").GetString() == "certified");
        await Until(xa, $"/api/transfers/{Transfer}", await Holding(), "the last certificate's receipt returns", view => view.GetProperty("state").GetString() == "certified");
    }

    /// <summary>Both sides close the case and wait until the erasure of its keys is final.</summary>
    /// <param name="final">Whether the erasure of a key is final at a side.</param>
    public async Task Close(Func<string, string, Task<bool>> final)
    {
        (await xa.Post($"/api/requests/{Request}/closure", await Holding())).Expect(HttpStatusCode.Accepted);
        (await xb.Post($"/api/received/{Received}/closure", await Executing())).Expect(HttpStatusCode.Accepted);
        await Eventually.True(() => final("xa", $"case-{Request}"), "the case key of XA is destroyed for good");
        await Eventually.True(() => final("xb", $"case-{Received}"), "the case key of XB is destroyed for good");
        await Eventually.True(() => final("xb", $"transfer-{Transfer}"), "the transfer's key of XB is destroyed for good");
    }

    public Task<string> Holding() => Official("signing", "signer", "requesting-prosecutor");

    public Task<string> Executing() => xb.Token("executing" + Name("official who executes"), Addressee, "executing-prosecutor", "signer");

    private Task<string> Official(string who, params string[] roles) => xa.Token(who + Name("official"), Issuer, roles);

    private string Name(string where) => officials ? Planted.Plant(where) : "";

    private CaseFile Draft()
    {
        var file = CaseFile.Load("01");
        var item = file.Request["items"]![0]!;
        item["identifier"] = Planted.Plant("identifier");
        item["service"] = Planted.Plant("service");
        file.Request["persons"]![0]!["identity"] = new JsonObject { ["name"] = Planted.Plant("name") };
        file.Request["facts"] = new JsonObject { ["text"] = "It is said: " + Planted.Plant("facts"), ["language"] = "en" };
        file.Request["necessity"]!["lessIntrusiveConsidered"] = "Considered: " + Planted.Plant("lessIntrusiveConsidered");
        file.Request["issuer"]!["reference"] = Planted.Plant("reference");
        // A third party more than there are suspects flags, so that there is something to set aside with a reason.
        foreach (var other in (string[])["p2", "p3"])
            file.Request["persons"]!.AsArray().Add(new JsonObject { ["ref"] = other, ["category"] = "LED6d", ["role"] = "third-party", ["residence"] = "XB", ["identity"] = new JsonObject { ["name"] = Planted.Plant("name of " + other) } });
        return file;
    }

    private async Task Override(NodeClient at, string path, string token, JsonElement assessment, string where)
    {
        Assert.Equal("flag", assessment.GetProperty("outcome").GetString());
        foreach (var flag in assessment.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("outcome").GetString() == "flag"))
            (await at.Post(path + "/overrides", token, new { rule = flag.GetProperty("rule").GetString(), reason = "Because " + Planted.Plant(where) })).Expect(HttpStatusCode.OK);
    }

    private static Task Until(NodeClient at, string path, string token, string what, Func<JsonElement, bool> reached) =>
        Eventually.True(async () => await at.Get(path, token) is { Status: HttpStatusCode.OK, Body: var view } && reached(view), what);

    private static async Task Tool(params string[] args)
    {
        var faults = new StringWriter();
        var code = await Mlat.Run(args, Workplace.Real with { Out = TextWriter.Null, Error = faults });
        Assert.True(code == 0, $"mlat {args[0]} ended with exit code {code}: {faults}");
    }

    private string In(string name) => Path.Combine(work, name);
}
