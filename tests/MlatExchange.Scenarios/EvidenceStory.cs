using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>A transfer of synthetic evidence, step by step as officials take them, between two running nodes.</summary>
/// <param name="keys">Folder that <c>mlat keys new</c> made.</param>
/// <param name="work">Folder for both prosecutors' files, made when it is missing.</param>
/// <param name="theCase">What is asked for; null for the example of the contracts.</param>
/// <param name="supplier">Entity of the supplying node.</param>
public sealed class EvidenceStory(Jurisdiction atXa, Jurisdiction atXb, string keys, string work, CaseFile? theCase = null, string supplier = "https://node.xb.example")
{
    public const string Ref = "storage";

    private string itemInMind = Ref;
    private readonly CaseFile file = theCase ?? CaseFile.Example();
    private readonly NodeClient xa = new(atXa.Url);
    private readonly NodeClient xb = new(atXb.Url);

    public string Request { get; private set; } = "";

    public string Received { get; private set; } = "";

    public string Transfer { get; private set; } = "";

    /// <summary>Items of the transfer.</summary>
    public string[] Refs { get; private set; } = [];

    /// <summary>The same story, with another item in mind.</summary>
    public EvidenceStory For(string item)
    {
        itemInMind = item;
        return this;
    }

    /// <summary>What was sealed, as it was before.</summary>
    public string Plain(string item = Ref) => In(item);

    public string SealedFile(string item = Ref) => Path.Combine(work, "sealed", $"{item}.sealed");

    public Task<string> Executing() => xb.Token("executing", file.Addressee, "executing-prosecutor", "signer");

    public Task<string> Holding() => xa.Token("holding", file.Authority, "requesting-prosecutor", "signer");

    /// <summary>From the draft to the recognised request on the other side.</summary>
    public async Task<EvidenceStory> Decided()
    {
        (Request, var thread, var signed) = await xa.DraftToSignature(file);
        signed.Expect(HttpStatusCode.Accepted);
        Received = (await xb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        (await xb.Decide(file, Received)).Expect(HttpStatusCode.Accepted);
        return this;
    }

    /// <summary>Seals random content under each reference and describes the transfer to the supplier's node.</summary>
    public async Task<EvidenceStory> Described(int bytes, params string[] refs)
    {
        Refs = refs.Length == 0 ? [Ref] : refs;
        Directory.CreateDirectory(work);
        foreach (var item in Refs)
        {
            await File.WriteAllBytesAsync(In(item), RandomNumberGenerator.GetBytes(bytes));
            await Seal(
                item, """{"retention":{"maximumDays":365,"trigger":"final-judgment","reviewEveryDays":90,"disposal":"destroy-and-certify","legalReference":"XB Act 9"},"conditions":[{"type":"NoOnward"}]}""",
                In(item), "--data-category", "content", "--subject-category", "LED6a");
        }
        return await Described();
    }

    /// <summary>Seals a bundle of FHIR, minimised as the tool is told, under the terms given, and describes the transfer to the supplier's node.</summary>
    public async Task<EvidenceStory> DescribedHealth(string bundle, string terms, params string[] asked)
    {
        Refs = [Ref];
        Directory.CreateDirectory(work);
        await Seal(Ref, terms, ["--fhir", bundle, "--minimised", In(Ref), "--data-category", "health", .. asked]);
        return await Described();
    }

    /// <summary>What the tool wrote beside the sealed file about what it removed.</summary>
    public Task<string> HealthReport() => File.ReadAllTextAsync(Path.Combine(In("sealed"), $"{Ref}.health.json"));

    private async Task Seal(string item, string terms, params string[] what)
    {
        var view = (await xb.Get($"/api/received/{Received}", await Executing())).Expect(HttpStatusCode.OK).Body;
        await File.WriteAllTextAsync(In("terms.json"), terms);
        await Tool(
        [
            "seal", "--ref", item, "--request-item", "i1", "--supplier", supplier, "--authority", file.Authority, "--evidence-key", view.GetProperty("evidenceKey").GetString()!,
            "--trust", Path.Combine(keys, "trust"), "--terms", In("terms.json"), "--out", In("sealed"), .. what,
        ]);
    }

    private async Task<EvidenceStory> Described()
    {
        var offer = await File.ReadAllBytesAsync(Path.Combine(In("sealed"), "offer.json"));
        var draft = JsonSerializer.Deserialize<JsonElement>(offer);
        Transfer = draft.GetProperty("transfer").GetString()!;
        await Repeated(async () => await xb.Post($"/api/received/{Received}/transfers", await Executing(), offer), HttpStatusCode.Created, HttpStatusCode.Conflict);
        return this;
    }

    public async Task Upload() => await Tool("upload", In("sealed"), "--node", atXb.Url, "--token", await Executing(), "--received", Received);

    public async Task Offer() => await Repeated(async () => await xb.Post($"/api/transfers/{Transfer}/offer", await Executing()), HttpStatusCode.Accepted);

    /// <summary>Accepts with a transfer key made once, however often the call is repeated.</summary>
    public async Task Accept()
    {
        await Eventually.True(async () => (await AtHolder())?.GetProperty("state").GetString() is not null, "the offer arrives");
        if (!File.Exists(In("transfer-key.jwk")))
        {
            var printed = new StringWriter();
            Assert.Equal(0, await Mlat.Run(["keys", "transfer", In("transfer-key.jwk")], Workplace.Real with { Out = printed }));
            await File.WriteAllTextAsync(In("transfer-key.pub"), printed.ToString());
        }
        var key = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(In("transfer-key.pub")));
        await Repeated(async () => await xa.Post($"/api/transfers/{Transfer}/acceptance", await Holding(), new { transferKey = key }), HttpStatusCode.Accepted, HttpStatusCode.Conflict);
    }

    /// <summary>Until the key is out and every item's bytes are at the holder.</summary>
    public Task Obtained() => HolderIs("the released share and the sealed bytes arrive", view => view.GetProperty("state").GetString() == "under-retention" && view.GetProperty("fetched").GetArrayLength() == Refs.Length);

    /// <summary>Opens an item on the prosecutor's machine and compares it with what was sealed.</summary>
    public async Task Opens()
    {
        var item = itemInMind;
        var to = In($"opened-{Guid.NewGuid():N}");
        await Tool(
            "open", "--node", atXa.Url, "--token", await Holding(), "--transfer", Transfer, "--ref", item, "--trust", Path.Combine(keys, "trust"), "--out", to,
            "--evidence-key", Path.Combine(keys, "xa", "offline", "evidence", $"{file.Authority}.jwk"), "--transfer-key", In("transfer-key.jwk"));
        Assert.Equal(await File.ReadAllBytesAsync(In(item)), await File.ReadAllBytesAsync(to));
        File.Delete(to);
    }

    public async Task Destroy() => await Repeated(
        async () => await xa.Post($"/api/transfers/{Transfer}/destruction", await Holding(), new { reason = "The charge was dropped." }), HttpStatusCode.Accepted, HttpStatusCode.Conflict);

    public Task HolderIs(string what, Func<JsonElement, bool> holds) => Eventually.True(async () => await AtHolder() is { } view && holds(view), what);

    public Task SupplierIs(string what, Func<JsonElement, bool> holds) => Eventually.True(async () => await AtSupplier() is { } view && holds(view), what);

    /// <summary>The transfer as its holder sees it; null while it is not there, or the node is not.</summary>
    public Task<JsonElement?> AtHolder() => View(xa, Holding);

    public Task<JsonElement?> AtSupplier() => View(xb, Executing);

    /// <summary>What the holder's node answers for the sealed bytes or the key of an item.</summary>
    public async Task<HttpStatusCode> Status(string what)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await Holding());
        using var answer = await http.GetAsync(new Uri($"{atXa.Url}/api/transfers/{Transfer}/items/{itemInMind}/{what}"), HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    /// <summary>An official whose node is away repeats the call until it is answered.</summary>
    public static async Task Repeated(Func<Task<Answer>> call, params HttpStatusCode[] expected)
    {
        await Eventually.True(
            async () =>
            {
                try
                {
                    var answer = await call();
                    Assert.True(expected.Contains(answer.Status), $"answered {(int)answer.Status}: {answer.Body}");
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "a call is answered");
    }

    /// <summary>An official calls the tool again as long as the node is away.</summary>
    public static Task Patiently(Func<Task> tool) => Eventually.True(
        async () =>
        {
            try
            {
                await tool();
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
            catch (Xunit.Sdk.XunitException unavailable) when (unavailable.Message.Contains("ended with 5", StringComparison.Ordinal))
            {
                return false;
            }
        },
        "the tool succeeds");

    private async Task<JsonElement?> View(NodeClient at, Func<Task<string>> token)
    {
        try
        {
            var answer = await at.Get($"/api/transfers/{Transfer}", await token());
            return answer.Status == HttpStatusCode.OK ? answer.Body : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private string In(string name) => Path.Combine(work, name);

    private static async Task Tool(params string[] args)
    {
        var faults = new StringWriter();
        var code = await Mlat.Run(args, Workplace.Real with { Out = TextWriter.Null, Error = faults });
        Assert.True(code == 0, $"mlat {args[0]} ended with {code}: {faults}");
    }
}
