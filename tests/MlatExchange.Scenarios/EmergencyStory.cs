using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>Case 05 as far as evidence at the holder: an emergency order that left before its validation, decided, sealed, offered, accepted, released.</summary>
public sealed class EmergencyStory(Pair nodes, ForwardClock clock)
{
    private readonly CaseFile file = CaseFile.Load("05");
    private readonly string work = nodes.NewFolder();

    public string Request { get; private set; } = "";

    public string Received { get; private set; } = "";

    public string Transfer { get; private set; } = "";

    public async Task Send()
    {
        (Request, var thread, var signed) = await nodes.AtXa.DraftToSignature(file);
        Assert.Equal("sent", signed.Expect(HttpStatusCode.Accepted).State);
        Received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        (await nodes.AtXb.Post($"/api/received/{Received}/decision", await Executing(), new { reason = "Life is in danger." })).Expect(HttpStatusCode.Accepted);
        await Until(AtHolder, "the decision returns", view => view.GetProperty("decisions").GetArrayLength() > 0);
    }

    public async Task Obtain(JsonArray? conditions = null)
    {
        Directory.CreateDirectory(work);
        var received = (await nodes.AtXb.Get($"/api/received/{Received}", await Executing())).Expect(HttpStatusCode.OK).Body;
        await File.WriteAllTextAsync(In("evidence.bin"), "198.51.100.7 at 2026-11-20T10:00:00Z");
        await File.WriteAllTextAsync(In("terms.json"), new JsonObject
        {
            ["retention"] = new JsonObject { ["maximumDays"] = 30, ["trigger"] = "receipt", ["reviewEveryDays"] = 10, ["disposal"] = "destroy-and-certify", ["legalReference"] = "XB Data Protection (Justice) Act 9" },
            ["conditions"] = conditions ?? new JsonArray(new JsonObject { ["type"] = "NoOnward" }),
        }.ToJsonString());
        await Tool(
            "seal", In("evidence.bin"), "--transfer", "new", "--ref", "log", "--request-item", "i1", "--supplier", "https://node.xb.example", "--authority", file.Authority,
            "--evidence-key", received.GetProperty("evidenceKey").GetString()!, "--trust", Path.Combine(nodes.Keys, "trust"), "--data-category", "identification", "--subject-category", "LED6a",
            "--terms", In("terms.json"), "--out", In("sealed"));
        Transfer = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(Path.Combine(In("sealed"), "offer.json"))).GetProperty("transfer").GetString()!;
        await Tool("upload", In("sealed"), "--node", nodes.Xb.Url, "--token", await Executing(), "--received", Received);
        (await nodes.AtXb.Post($"/api/transfers/{Transfer}/offer", await Executing())).Expect(HttpStatusCode.Accepted);
        await Until(AtHolder, "the offer arrives", view => view.GetProperty("transfers").GetArrayLength() > 0);
    }

    public async Task Accept()
    {
        await Answer();
        await Until(HeldTransfer, "share and bytes arrive", view => view.GetProperty("state").GetString() == "under-retention" && view.GetProperty("fetched").GetArrayLength() == 1);
    }

    /// <summary>Conditions and terms are accepted; what follows is the nodes' own.</summary>
    public async Task Answer()
    {
        var printed = new StringWriter();
        Assert.Equal(0, await Mlat.Run(["keys", "transfer", In("transfer-key.jwk")], Workplace.Real with { Out = printed }));
        (await nodes.AtXa.Post($"/api/transfers/{Transfer}/acceptance", await Holding(), new { transferKey = JsonSerializer.Deserialize<JsonElement>(printed.ToString()) })).Expect(HttpStatusCode.Accepted);
    }

    /// <summary>Of the transfer key nothing is known, so the supplier's side stays open until the prosecutor has destroyed it and the next certificate says so.</summary>
    public async Task Account()
    {
        await Until(SuppliedTransfer, "the supplier has a certificate", view => view.GetProperty("state").GetString() == "certified-in-part");
        await Tool("destroy", In("transfer-key.jwk"), "--transfer", Transfer, "--node", nodes.Xa.Url, "--token", await Holding());
        await Until(SuppliedTransfer, "every copy is accounted for", view => view.GetProperty("state").GetString() == "certified");
    }

    public async Task<JsonElement> AtHolder() => (await nodes.AtXa.Get($"/api/requests/{Request}", await Holding())).Expect(HttpStatusCode.OK).Body;

    public async Task<JsonElement> AtSupplier() => (await nodes.AtXb.Get($"/api/received/{Received}", await Executing())).Expect(HttpStatusCode.OK).Body;

    public async Task<JsonElement> HeldTransfer() => (await nodes.AtXa.Get($"/api/transfers/{Transfer}", await Holding())).Expect(HttpStatusCode.OK).Body;

    public async Task<JsonElement> SuppliedTransfer() => (await nodes.AtXb.Get($"/api/transfers/{Transfer}", await Executing())).Expect(HttpStatusCode.OK).Body;

    public Task<string> Holding() => nodes.AtXa.Token("holding", file.Authority, "signer", "requesting-prosecutor");

    public Task<string> Executing() => nodes.AtXb.Token("executing", file.Addressee, "executing-prosecutor", "signer");

    public static Task Until(Func<Task<JsonElement>> view, string what, Func<JsonElement, bool> reached) => Eventually.True(async () => reached(await view()), what);

    /// <summary>Names of what happened, in order.</summary>
    public static IReadOnlyList<string> Timeline(JsonElement view) => [.. view.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    /// <summary>Opens the item on the holder's machine: the file.</summary>
    public async Task<string> Open()
    {
        await Tool(
            "open", "--node", nodes.Xa.Url, "--token", await Holding(), "--transfer", Transfer, "--ref", "log", "--trust", Path.Combine(nodes.Keys, "trust"), "--out", In("opened.bin"),
            "--evidence-key", Path.Combine(nodes.Keys, "xa", "offline", "evidence", $"{file.Authority}.jwk"), "--transfer-key", In("transfer-key.jwk"));
        return In("opened.bin");
    }

    /// <summary>Tells the holder's node what was done with a file: the tool's exit code and faults.</summary>
    public async Task<(int Code, string Faults)> Custody(params string[] args)
    {
        var faults = new StringWriter();
        return (await Mlat.Run(["custody", .. args, "--node", nodes.Xa.Url, "--token", await Holding()], Workplace.Real with { Out = TextWriter.Null, Error = faults, Clock = clock }), faults.ToString());
    }

    private async Task Tool(params string[] args)
    {
        var faults = new StringWriter();
        var code = await Mlat.Run(args, Workplace.Real with { Out = TextWriter.Null, Error = faults, Clock = clock });
        Assert.True(code == 0, $"mlat {args[0]} ended with exit code {code}: {faults}");
    }

    private string In(string name) => Path.Combine(work, name);
}
