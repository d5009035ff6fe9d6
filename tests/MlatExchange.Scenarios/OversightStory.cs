using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>After a whole story the oversight bodies of both sides verify that nothing is missing, and a FHIR client that is none of ours reads what happened.</summary>
[Collection(Scenario.Name)]
public class OversightStory(TwoJurisdictions nodes)
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("MLAT_FHIR_JUDGES") is { Length: > 0 } set ? set : Path.Combine(Servers.Repository, ".run", "fhir-judges");

    [Fact]
    public async Task Both_nodes_are_found_complete_and_tell_the_same_transfer_in_FHIR()
    {
        var code = await Mlat.Run(
            ["demo", "--requesting", nodes.Xa.Url, "--requested", nodes.Xb.Url, "--keys", nodes.Keys, "--work", nodes.NewFolder()], Workplace.Real with { Out = TextWriter.Null, Error = TextWriter.Null });
        Assert.Equal(0, code);
        foreach (var (at, node, other) in ((NodeClient, Jurisdiction, string)[])[(nodes.AtXa, nodes.Xa, "XB"), (nodes.AtXb, nodes.Xb, "XA")])
        {
            var token = await at.Token("auditor", $"{node.Code}-oversight", "oversight");
            foreach (var (query, least) in ((string, int)[])[("", 1), ($"counterpart={other}&direction={(node.Code == "xa" ? "incoming" : "outgoing")}", 1), ("counterpart=XC", 0)])
            {
                using var said = new StringWriter();
                code = await Mlat.Run(["verify", "query", query, "--node", node.Url, "--token", token, "--trust", Path.Combine(nodes.Keys, "trust")], Workplace.Real with { Out = said, Error = said });
                Assert.True(code == ExitCode.Valid, $"{node.Code} {query}: {said}");
                Assert.True(least == 0 == said.ToString().Contains(": 0 rows, 0 transfers", StringComparison.Ordinal), said.ToString());
            }
            await Driven(at, node, token);
        }
    }

    private static async Task Driven(NodeClient at, Jurisdiction node, string token)
    {
        var anonymous = await at.Send(HttpMethod.Get, "/fhir/AuditEvent", null, null);
        Assert.Equal((HttpStatusCode.Unauthorized, "OperationOutcome"), (anonymous.Status, anonymous.Body.GetProperty("resourceType").GetString()));
        Assert.SkipWhen(!Directory.Exists(Path.Combine(Packages, "node_modules", "fhir-kit-client")), "the npm packages of tests/fhir-judges are not installed (deploy/test does it where npm is, or set MLAT_FHIR_JUDGES to a folder that has them)");
        var consultation = (await at.Post("/api/oversight/consultations", token, new { purpose = "self-monitoring", justification = "A client of FHIR" })).Expect(HttpStatusCode.Created).Body.GetProperty("consultation").GetString()!;
        string? transfer = null;
        await Eventually.True(
            async () =>
            {
                var found = (await at.Send(HttpMethod.Get, "/api/oversight/transfers?outcome=certified&sort=-logged", token, null, ("Consultation", consultation))).Expect(HttpStatusCode.OK).Body.GetProperty("records");
                transfer = found.GetArrayLength() > 0 ? found[0].GetProperty("transfer").GetString() : null;
                return transfer is not null;
            },
            "a transfer is certified");
        var headers = JsonSerializer.Serialize(new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}", ["Consultation"] = consultation });
        var given = JsonNode.Parse(await Run("drive.mjs", $"{node.Url}/fhir", headers, transfer!))!;
        var kinds = Resources(given["pages"]!["forward"]!).Select(resource => (string)resource["subtype"]![1]!["code"]!).ToList();
        Assert.Equal(node.Code == "xa" ? "transfer.offer-received.v1" : "transfer.prepared.v1", kinds[0]);
        Assert.Contains(node.Code == "xa" ? "transfer.certificate-receipted.v1" : "transfer.certificate-received.v1", kinds);
        Assert.Equal(kinds.Count, (int)given["counts"]!["all"]!["total"]!);
        Assert.Equal(403, (int)given["outcomes"]!["purpose"]!["status"]!);

        var folder = Directory.CreateTempSubdirectory("mlat-fhir-");
        try
        {
            List<JsonNode> all = [given["metadata"]!, .. given["pages"]!.AsObject().SelectMany(pages => pages.Value!.AsArray()).Select(page => page!), .. given["pages"]!.AsObject().SelectMany(pages => Resources(pages.Value!))];
            var files = all.Select((resource, n) => (Path: Path.Combine(folder.FullName, $"{n}.json"), Text: resource.ToJsonString())).ToList();
            foreach (var file in files) await File.WriteAllTextAsync(file.Path, file.Text);
            var verdicts = JsonNode.Parse(await Run("judge.mjs", [Path.Combine(Servers.Repository, "contracts", "fhir"), .. files.Select(file => file.Path)]))!.AsObject();
            Assert.Equal(files.Count, verdicts.Count);
            Assert.Empty(verdicts.SelectMany(verdict => verdict.Value!["medplum"]!.AsArray().Concat(verdict.Value!["fhirjs"]!.AsArray())).Select(fault => (string?)fault).Distinct());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<JsonNode> Resources(JsonNode pages) => pages.AsArray().SelectMany(page => page!["entry"]?.AsArray() ?? []).Select(entry => entry!["resource"]!);

    private static async Task<string> Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Servers.Repository, "tests/fhir-judges", script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["MLAT_FHIR_JUDGES"] = Packages },
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join('\n', (await complaints).Split('\n').Where(line => line.Length < 400).TakeLast(12)));
        return told;
    }
}
