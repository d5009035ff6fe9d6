using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary><c>contracts/http/openapi.json</c> is what a node says of itself, and every example body in it is taken by the route that shows it.</summary>
[Collection(Scenario.Name)]
public class HttpContract(TwoJurisdictions nodes)
{
    private static readonly string Approved = Path.Combine(Servers.Repository, "contracts", "http", "openapi.json");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Roles = ["drafter", "assessor", "approver", "signer", "judge", "executing-prosecutor", "requesting-prosecutor"];

    [Fact]
    public async Task The_document_of_the_routes_is_the_approved_one()
    {
        var document = JsonNode.Parse((await nodes.AtXa.Get("/openapi/v1.json", await AsXa())).Expect(HttpStatusCode.OK).Body.GetRawText())!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1") await File.WriteAllTextAsync(Approved, document);
        Assert.True(File.Exists(Approved), "contracts/http/openapi.json is missing; MLAT_WRITE_CONTRACTS=1 writes it");
        Assert.Equal((await File.ReadAllTextAsync(Approved)).Split('\n'), document.Split('\n'));
    }

    [Fact]
    public async Task Every_example_body_is_taken_or_refused_for_the_state_of_the_case_alone()
    {
        var examples = Examples();
        Assert.True(examples.Count >= 14, $"only {examples.Count} examples");
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var request = await Taken("POST", "/api/requests", examples, answers, nodes.AtXa, await AsXa(), "");
        await Taken("PUT", "/api/requests/{id}", examples, answers, nodes.AtXa, await AsXa(), request.Id);
        foreach (var path in examples.Keys.Where(key => key.Path.StartsWith("/api/requests/{id}/", StringComparison.Ordinal)).Select(key => key.Path).ToList())
            await Taken("POST", path, examples, answers, nodes.AtXa, await AsXa(), request.Id);

        var file = CaseFile.Example();
        var (_, thread, signed) = await nodes.AtXa.DraftToSignature(file);
        signed.Expect(HttpStatusCode.Accepted);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        foreach (var path in (string[])["decision", "overrides", "transfers", "clarifications", "delay", "preservation", "objection", "forwarding"])
            await Taken("POST", $"/api/received/{{id}}/{path}", examples, answers, nodes.AtXb, await AsXb(), received);
        Assert.StartsWith("202", answers["POST /api/received/{id}/decision"], StringComparison.Ordinal);
        Assert.StartsWith("201", answers["POST /api/received/{id}/transfers"], StringComparison.Ordinal);

        var transfer = JsonNode.Parse(examples[("POST", "/api/received/{id}/transfers")])!["transfer"]!.GetValue<string>();
        foreach (var (method, path) in examples.Keys.Where(key => key.Path.StartsWith("/api/transfers/{id}/", StringComparison.Ordinal)).ToList())
            await Taken(method, path, examples, answers, nodes.AtXa, await AsXa(), transfer);
        await Taken("POST", "/api/oversight/consultations", examples, answers, nodes.AtXa, await nodes.AtXa.Token("auditor", "xa-oversight", "oversight"), "");
        await Taken("POST", "/api/operations/reconciliation", examples, answers, nodes.AtXa, await nodes.AtXa.Token("operating", "xa-judge", "operator"), "");
        await Taken("POST", "/demo/token", examples, answers, nodes.AtXa, null, "");
        Assert.Equal([], examples.Keys.Select(key => $"{key.Method} {key.Path}").Except(answers.Keys));
    }

    /// <summary>Bodies by method and path, from the approved file, so that the file itself is tested.</summary>
    private static Dictionary<(string Method, string Path), byte[]> Examples()
    {
        var found = new Dictionary<(string, string), byte[]>();
        foreach (var (path, operations) in JsonNode.Parse(File.ReadAllText(Approved))!["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
                if (operation!["requestBody"]?["content"]?["application/json"]?["example"] is { } example)
                    found[(method.ToUpperInvariant(), path)] = JsonSerializer.SerializeToUtf8Bytes(example);
        return found;
    }

    private static async Task<Answer> Taken(
        string method, string path, Dictionary<(string Method, string Path), byte[]> examples, SortedDictionary<string, string> answers, NodeClient at, string? token, string id)
    {
        var answer = await at.Send(new(method), path.Replace("{id}", id, StringComparison.Ordinal), token, examples[(method, path)]);
        answers[$"{method} {path}"] = $"{(int)answer.Status}";
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NotFound or HttpStatusCode.Conflict, $"{method} {path} answered {(int)answer.Status} {answer.Body}");
        return answer;
    }

    private Task<string> AsXa() => nodes.AtXa.Token("everybody", "xa-judge", Roles);

    private Task<string> AsXb() => nodes.AtXb.Token("everybody", "xb-central", Roles);
}
