using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace MlatExchange.Cli.Demo;

/// <summary>
/// <c>mlat demo</c>: plays one synthetic case between two running demonstration nodes, from the draft to the opened evidence, its destruction and the oversight proof, and says
/// with each step what it took and what was proven. The first step that fails ends it with an exit code other than 0.
/// </summary>
internal sealed class PlayCase(Workplace workplace, DemoNode xa, DemoNode xb, string keys, string work, long size)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private string digest = "";

    internal static Command Command(Workplace workplace)
    {
        var xa = new Option<string>("--requesting") { Description = "Base URL of node XA.", Required = true, HelpName = "URL" };
        var xb = new Option<string>("--requested") { Description = "Base URL of node XB.", Required = true, HelpName = "URL" };
        var keys = new Option<string>("--keys") { Description = "Folder that mlat keys new made.", Required = true, HelpName = "FOLDER" };
        var work = new Option<string>("--work") { Description = "Empty folder for the two prosecutors' files.", Required = true, HelpName = "FOLDER" };
        var size = new Option<long>("--size") { Description = "Bytes of synthetic evidence; from 64 MiB on each step says how fast it was.", HelpName = "BYTES", DefaultValueFactory = _ => 1 << 20 };
        var command = new Command("demo", "Plays a synthetic case between two demonstration nodes.") { xa, xb, keys, work, size };
        command.SetAction(async parsed =>
        {
            using var client = workplace.Http();
            return await new PlayCase(
                workplace, new(client, parsed.GetRequiredValue(xa)), new(client, parsed.GetRequiredValue(xb)), parsed.GetRequiredValue(keys), parsed.GetRequiredValue(work), parsed.GetValue(size)).Run();
        });
        return command;
    }

    private async Task<int> Run()
    {
        Directory.CreateDirectory(work);
        var (request, thread) = await Request();
        var received = await Decide(thread);
        var transfer = await Offer(received);
        await Open(request, transfer);
        await Destroy(transfer);
        await Oversee(transfer);
        await Say("done", $"request {request}, transfer {transfer}");
        return ExitCode.Valid;
    }

    private async Task<(string Id, string Thread)> Request()
    {
        using var example = typeof(PlayCase).Assembly.GetManifestResourceStream("request.example.json")!;
        using var body = new MemoryStream();
        await example.CopyToAsync(body);
        var drafter = await xa.Token("xa-official-1", "xa-judge", "drafter");
        var id = (await xa.Post("/api/requests", drafter, body.ToArray())).GetProperty("id").GetString()!;
        await Say("drafted", "content and traffic data of one account for one month, to protect a victim; names and selectors are in the vault");
        var assessment = await xa.Post($"/api/requests/{id}/assessment", await xa.Token("xa-official-2", "xa-judge", "assessor"));
        await Say("assessed", $"{assessment.GetProperty("outcome").GetString()} by {assessment.GetProperty("rulePack").GetString()}, open through {assessment.GetProperty("branch").GetString()}");
        await xa.Post($"/api/requests/{id}/approval", await xa.Token("xa-official-3", "xa-judge", "approver"));
        await Say("approved", "by a third official; the bytes to be signed are fixed");
        var signer = await xa.Token("xa-official-4", "xa-judge", "signer", "requesting-prosecutor");
        var signed = await xa.Post($"/api/requests/{id}/signature", signer);
        await Say("signed", $"under the issuing authority's key, logged and sealed: {signed.GetProperty("state").GetString()}");
        var sent = await xa.Until($"/api/requests/{id}", signer, "the delivery receipt of the request", view => Has(view, "receipts", "kind", "delivery"));
        await Say("delivered", "the receipt shows the request in the log of the requested side");
        return (id, sent.GetProperty("thread").GetString()!);
    }

    private async Task<string> Decide(string thread)
    {
        var executing = await xb.Token("xb-official-1", "xb-central", "executing-prosecutor", "signer");
        var list = await xb.Until("/api/received", executing, "the request in the list of the requested authority", view => view.GetProperty("items").GetArrayLength() > 0);
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var id = item.GetProperty("id").GetString()!;
            var view = await xb.Get($"/api/received/{id}", executing);
            if (view.GetProperty("thread").GetString() != thread) continue;
            var agrees = view.GetProperty("assessment").GetProperty("comparison").GetProperty("differences").GetArrayLength() == 0;
            await Say("received", $"verified in seventeen steps and assessed again by the same rules: {(agrees ? "both sides agree on every rule" : "the two sides differ")}");
            await xb.Post($"/api/received/{id}/decision", executing, new { reason = "The conditions of execution are met." });
            await Say("decided", "recognised in full, by an act of the executing authority");
            return id;
        }
        throw Refusal.Unavailable("The request is not in the list of the requested authority.");
    }

    private async Task<string> Offer(string received)
    {
        var executing = await xb.Token("xb-official-1", "xb-central", "executing-prosecutor", "signer");
        var view = await xb.Get($"/api/received/{received}", executing);
        if (!File.Exists(Evidence) || new FileInfo(Evidence).Length != size) await MakeEvidence();
        digest = await Digest(Evidence);
        await File.WriteAllTextAsync(Terms, """{"retention":{"maximumDays":365,"trigger":"final-judgment","reviewEveryDays":90,"disposal":"destroy-and-certify","legalReference":"XB Data Protection (Justice) Act 9"},"conditions":[{"type":"UseOnlyFor","value":"this case"},{"type":"NoOnward"}]}""");
        var sealing = Stopwatch.StartNew();
        await Tool(
            "seal", Evidence, "--transfer", "new", "--ref", "storage", "--request-item", "i1", "--supplier", "https://node.xb.example", "--authority", "xa-judge",
            "--evidence-key", view.GetProperty("evidenceKey").GetString()!, "--trust", Path.Combine(keys, "trust"), "--data-category", "content", "--subject-category", "LED6a",
            "--terms", Terms, "--out", Path.Combine(work, "sealed"));
        var draft = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(Path.Combine(work, "sealed", "offer.json")));
        var transfer = draft.GetProperty("transfer").GetString()!;
        await Say("sealed", "on the executing prosecutor's machine, in two shares: neither node can open it" + Pace(sealing));
        var uploading = Stopwatch.StartNew();
        await Tool("upload", Path.Combine(work, "sealed"), "--node", xb.Url, "--token", executing, "--received", received);
        uploading.Stop();
        // What a step no longer needs goes at once: large evidence lies three times on this machine at most. The copy on the executing prosecutor's machine is accounted for in the chain.
        File.Delete(Evidence);
        await Tool("destroy", Path.Combine(work, "sealed", "storage.sealed"), "--node", xb.Url, "--token", executing);
        await Say("uploaded", "to the executing authority's own node, which checked every byte; the sealed copy here is deleted, with a signed record" + Pace(uploading));
        await xb.Post($"/api/transfers/{transfer}/offer", await xb.Token("xb-official-1", "xb-central", "executing-prosecutor", "signer"));
        await Say("offered", "under conditions and retention terms");
        return transfer;
    }

    private async Task Open(string request, string transfer)
    {
        var prosecutor = await xa.Token("xa-official-4", "xa-judge", "signer", "requesting-prosecutor");
        await xa.Until($"/api/requests/{request}", prosecutor, "the offer", view => Has(view, "transfers", "id", transfer));
        if (await xa.Status($"/api/transfers/{transfer}/items/storage/key", prosecutor) != HttpStatusCode.Conflict) throw Refusal.Invalid("The key was there before the conditions were accepted.");
        var printed = new StringWriter();
        if (await Mlat.Run(["keys", "transfer", TransferKey], workplace with { Out = printed }) != ExitCode.Valid) throw Refusal.Invalid("No transfer key was made.");
        await xa.Post($"/api/transfers/{transfer}/acceptance", prosecutor, new { transferKey = JsonSerializer.Deserialize<JsonElement>(printed.ToString()) });
        await Say("accepted", "conditions and terms by signature; until now the supplier's share was not to be had (409)");
        var fetching = Stopwatch.StartNew();
        await xa.Until($"/api/transfers/{transfer}", prosecutor, "the released share and the sealed bytes", view =>
            view.GetProperty("state").GetString() == "under-retention" && view.GetProperty("fetched").GetArrayLength() == 1, TimeSpan.FromSeconds(60 + (size >> 23)));
        await Say("released", "the supplier's share came after the acceptance, the sealed bytes from node to node" + Pace(fetching));
        prosecutor = await xa.Token("xa-official-4", "xa-judge", "signer", "requesting-prosecutor");
        var opening = Stopwatch.StartNew();
        await Tool(
            "open", "--node", xa.Url, "--token", prosecutor, "--transfer", transfer, "--ref", "storage", "--stream", "--trust", Path.Combine(keys, "trust"), "--out", Opened,
            "--evidence-key", Path.Combine(keys, "xa", "offline", "evidence", "xa-judge.jwk"), "--transfer-key", TransferKey);
        opening.Stop();
        if (await Digest(Opened) != digest) throw Refusal.Invalid("What was opened is not what was sealed.");
        await Say("opened", "on the requesting prosecutor's machine: byte for byte what was sealed" + Pace(opening));
    }

    private async Task Destroy(string transfer)
    {
        var prosecutor = await xa.Token("xa-official-4", "xa-judge", "signer", "requesting-prosecutor");
        await xa.Post($"/api/transfers/{transfer}/destruction", prosecutor, new { reason = "The charge was dropped." });
        await Say("ordered", "destruction before the term, with a reason; open to objection for 2 seconds in the demo, 72 hours elsewhere");
        await xa.Until($"/api/transfers/{transfer}", prosecutor, "the receipt of the destruction certificate", view => view.GetProperty("state").GetString() == "certified");
        if (await xa.Status($"/api/transfers/{transfer}/items/storage/key", prosecutor) != HttpStatusCode.Gone) throw Refusal.Invalid("The key is still there after destruction.");
        var supplier = await xb.Token("xb-official-1", "xb-central", "executing-prosecutor");
        await xb.Until($"/api/transfers/{transfer}", supplier, "the certificate with what is not accounted for", view => view.GetProperty("state").GetString() == "certified-in-part");
        await Say("certified", "key and sealed bytes of the node are gone (410); of the prosecutor's own copies nothing is known yet, and the supplier's side stays open");
        await Tool("destroy", Opened, "--node", xa.Url, "--token", prosecutor);
        await Tool("destroy", TransferKey, "--transfer", transfer, "--node", xa.Url, "--token", prosecutor);
        await xb.Until($"/api/transfers/{transfer}", supplier, "the certificate at the supplier", view => view.GetProperty("state").GetString() == "certified");
        await Say("destroyed", "the opened file and the transfer key too, each with a signed record; the supplier holds a certificate that accounts for every known copy");
    }

    private async Task Oversee(string transfer)
    {
        foreach (var (node, code) in new[] { (xa, "xa"), (xb, "xb") })
        {
            var body = await node.Token($"{code}-auditor", $"{code}-oversight", "oversight");
            var end = DateTime.UtcNow.AddSeconds(30);
            JsonElement[] found;
            while (true)
            {
                var answer = await node.Consult("/api/oversight/transfers", body);
                found = [.. answer.GetProperty("records").EnumerateArray().Where(record => record.GetProperty("transfer").GetString() == transfer)];
                if (found.Length == 1 && found[0].GetProperty("state").GetString() == "certified") break;
                if (DateTime.UtcNow > end) throw Refusal.Invalid($"The oversight body of {code.ToUpperInvariant()} does not find the transfer.");
                await Task.Delay(50);
            }
            await Say("found", $"by the oversight body of {code.ToUpperInvariant()}: legal basis {found[0].GetProperty("legalBasis")}, categories {found[0].GetProperty("dataCategories")}, terms {found[0].GetProperty("retention")}");
            var proof = await node.Consult($"/api/oversight/transfers/{transfer}/proof", body);
            var file = Path.Combine(work, $"proof-{code}.json");
            await File.WriteAllTextAsync(file, proof.GetRawText());
            await Tool("verify", file, "--trust", Path.Combine(keys, "trust"));
            await Say("proven", "offline: the transfer is in the log, under a checkpoint signed by its node");
        }
    }

    private string Evidence => Path.Combine(work, "evidence.bin");

    private string Terms => Path.Combine(work, "terms.json");

    private string TransferKey => Path.Combine(work, "transfer-key.jwk");

    private string Opened => Path.Combine(work, "opened.bin");

    private static async Task<string> Digest(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file));
    }

    /// <summary>Random bytes, which nothing on the way can make smaller.</summary>
    private async Task MakeEvidence()
    {
        await using var file = File.Create(Evidence);
        for (var left = size; left > 0; left -= 1 << 20) await file.WriteAsync(RandomNumberGenerator.GetBytes((int)Math.Min(left, 1 << 20)));
        file.Flush(flushToDisk: true);
    }

    /// <summary>What a step on large evidence took; of small evidence it would tell nothing.</summary>
    private string Pace(Stopwatch took) => size < 64 << 20 ? "" : string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $" ({took.Elapsed.TotalSeconds:0.0} s, {size / took.Elapsed.TotalSeconds / (1 << 20):0} MiB/s)");

    private static bool Has(JsonElement view, string list, string member, string value) =>
        view.GetProperty(list).EnumerateArray().Any(entry => entry.GetProperty(member).GetString() == value);

    private async Task Tool(params string[] args)
    {
        var code = await Mlat.Run(args, workplace with { Out = TextWriter.Null });
        if (code != ExitCode.Valid) throw new Refusal(code, $"mlat {args[0]} ended with exit code {code}.");
    }

    private Task Say(string step, string what) => workplace.Out.WriteLineAsync($"{clock.Elapsed.TotalSeconds,6:0.00} s  {step,-10} {what}");
}
