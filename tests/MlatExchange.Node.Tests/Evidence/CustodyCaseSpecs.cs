using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Tests.Oversight;
using MlatExchange.Node.Tests.Oversight.Fhir;
using MlatExchange.Node.Transfers;

namespace MlatExchange.Node.Tests.Evidence;

/// <summary>The chain of custody in CASE/UCO: the approved example, and what public libraries (npm, pinned in tests/evidence-judges) say of it and of every fault planted in it.</summary>
public sealed class CustodyCaseSpecs
{
    private const string Transfer = "mWq0cKqfS0m2d3Jb4sJ5Hw", Act = "case-investigation:InvestigativeAction", Record = "case-investigation:ProvenanceRecord";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 120, TimeSpan.Zero);

    private static readonly Official Holder = new(new("Zk3hQ8mT0yqWcVxN5rLb1A"), "requesting-prosecutor", "xa-judge");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Folder = Path.Combine(FhirExamples.Checkout(), "contracts", "evidence");

    [Fact]
    public void The_example_is_the_approved_one_and_names_nobody()
    {
        var (path, text) = (Path.Combine(Folder, "custody-case.example.json"), Graph().ToJsonString(Indented) + "\n");
        if (Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1") File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
        var nodes = Graph()["@graph"]!.AsArray();
        Assert.Equal(7, nodes.Count(node => node!["@type"]!.GetValue<string>() == Act));
        Assert.Equal(7, nodes.Count(node => node!["@type"]!.GetValue<string>() == Record));
        Assert.All(nodes.Where(node => node!["@type"]!.GetValue<string>().StartsWith("uco-identity:", StringComparison.Ordinal)), node => Assert.Null(node!["uco-core:name"]));
    }

    [Fact]
    public void Public_libraries_find_the_example_good_and_every_planted_fault()
    {
        var packages = Environment.GetEnvironmentVariable("MLAT_EVIDENCE_JUDGES") is { Length: > 0 } set ? set : Path.Combine(FhirExamples.Checkout(), ".run", "evidence-judges");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(packages, "node_modules", "rdf-validate-shacl")) && Directory.Exists(Path.Combine(packages, "node_modules", "jsonld")),
            "npm packages jsonld and rdf-validate-shacl are not installed (deploy/test does it where npm is, or set MLAT_EVIDENCE_JUDGES to a folder that has them)");
        Dictionary<string, Action<JsonArray>> faults = new()
        {
            ["an act without a performer"] = nodes => First(nodes, Act).Remove("uco-action:performer"),
            ["an act that two performed"] = nodes => First(nodes, Act)["uco-action:performer"] = new JsonArray(nodes.Where(node => Is(node, "uco-identity:Identity") || Is(node, "uco-identity:Organization")).Select(Ref).ToArray()),
            ["an act at no time"] = nodes => First(nodes, Act).Remove("uco-action:endTime"),
            ["a time that is a text"] = nodes => First(nodes, Act)["uco-action:startTime"] = "yesterday",
            ["an act without its record"] = nodes => First(nodes, Act).Remove("uco-action:result"),
            ["an act that results in an item"] = nodes => First(nodes, Act)["uco-action:result"] = Ref(First(nodes, "uco-observable:ObservableObject")),
            ["an act done with nothing"] = nodes => First(nodes, Act).Remove("uco-action:instrument"),
            ["an act done nowhere"] = nodes => First(nodes, Act).Remove("uco-action:location"),
            ["a record without an exhibit number"] = nodes => First(nodes, Record).Remove("case-investigation:exhibitNumber"),
            ["a record with two exhibit numbers"] = nodes => First(nodes, Record)["case-investigation:exhibitNumber"] = new JsonArray("A-1", "A-2"),
            ["a record without markings"] = nodes => First(nodes, Record).Remove("uco-core:objectMarking"),
            ["a record derived from an act"] = nodes => First(nodes, Record)["case-investigation:wasDerivedFrom"] = Ref(First(nodes, Act)),
            ["a name"] = nodes => First(nodes, "uco-identity:Identity")["uco-core:name"] = "Somebody",
            ["a place in words"] = nodes => First(nodes, "uco-location:SimpleAddressFacet")["uco-location:country"] = "the cellar",
            ["a marking that says nothing"] = nodes => First(nodes, "uco-marking:StatementMarking").Remove("uco-marking:statement"),
            ["a size in words"] = nodes => First(nodes, "uco-observable:ContentDataFacet")["uco-observable:sizeInBytes"] = "large",
            ["a blank act"] = nodes => First(nodes, Act).Remove("@id"),
            ["another version"] = nodes => First(nodes, "uco-core:Bundle")["uco-core:specVersion"] = "0.9",
            ["a member of no vocabulary"] = nodes => First(nodes, Act)["suspect"] = "Somebody",
        };
        var folder = Directory.CreateTempSubdirectory("mlat-case-");
        try
        {
            List<string> files = [Write(folder, "good", _ => { })];
            files.AddRange(faults.Select(fault => Write(folder, fault.Key, fault.Value)));
            var verdicts = Judge(packages, files);
            Assert.Equal(files.Count, verdicts.Count);
            Assert.Equal("[]", verdicts[0].GetProperty("faults").GetRawText());
            Assert.True(verdicts[0].GetProperty("triples").GetInt32() > 200 && verdicts[0].GetProperty("expanded").GetInt32() > 20);
            Assert.Equal([], verdicts.Skip(1).Where(verdict => verdict.GetProperty("faults").GetArrayLength() == 0).Select(verdict => Path.GetFileName(verdict.GetProperty("file").GetString())));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static JsonObject Graph()
    {
        CustodyStep Step(string record, string previous, CustodyAct act, string? purpose = null) =>
            new(Digest(record), previous, "mailbox", act, "opened-copy/AAECAwQFBgcICQoLDA0ODw", Start.AddHours(2), "XA-01", "mlat/1", "EEV 5(4)(b)", purpose, act == CustodyAct.PassedOn ? new("XC", "xc-central") : null);
        EvidenceItem item = new(
            "mailbox", "i1", 4096, Digest("item"), "", "application/mbox", "content", "LED6a", "restricted", Digest("a"), Digest("b"), Given.Terms(30), ["UseOnlyFor", "NoOnward"], "cli", null, Digest("sealing"));
        var use = TransferUse.Fold(
        [
            new HoldingEvent.OfferReceived(Transfer, Guid.Empty, "XB", new(Digest("offer"), Digest("conditions"), Digest("terms")), [item], Start.AddDays(7), Start.AddDays(28), Start),
            new HoldingEvent.ShareReceived(Digest("share"), Start), new HoldingEvent.ItemFetched("mailbox", 4096, Start),
            new UseEvent.ItemActed(Step("opened", Digest("share"), CustodyAct.Opened), Holder, Start), new UseEvent.ItemActed(Step("analysed", Digest("opened"), CustodyAct.Analysed, "establish-the-facts"), Holder, Start),
            new UseEvent.ItemDisclosed(Step("passed", Digest("analysed"), CustodyAct.PassedOn, "establish-the-facts"), Holder, Start), new HoldingEvent.CiphertextDeleted(1, Start),
        ]);
        return new CaseGraph(use, [.. use.Custody.Links.Select(link => new ShownLink(link, null))], "XA", "EEV 5").ToJson();
    }

    private static string Write(DirectoryInfo folder, string name, Action<JsonArray> change)
    {
        var graph = Graph();
        change(graph["@graph"]!.AsArray());
        var path = Path.Combine(folder.FullName, name + ".json");
        File.WriteAllText(path, graph.ToJsonString());
        return path;
    }

    private static List<JsonElement> Judge(string packages, IReadOnlyList<string> files)
    {
        using var judge = Process.Start(new ProcessStartInfo("node", [Path.Combine(FhirExamples.Checkout(), "tests/evidence-judges/case.mjs"), Path.Combine(Folder, "custody-case.shapes.json"), .. files])
        {
            RedirectStandardOutput = true, Environment = { ["MLAT_EVIDENCE_JUDGES"] = packages },
        })!;
        var lines = judge.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        judge.WaitForExit();
        Assert.Equal(0, judge.ExitCode);
        return [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static bool Is(JsonNode? node, string type) => node!["@type"]!.GetValue<string>() == type;

    private static JsonObject First(JsonArray nodes, string type) => nodes.First(node => Is(node, type))!.AsObject();

    private static JsonNode Ref(JsonNode? node) => new JsonObject { ["@id"] = node!["@id"]!.GetValue<string>() };

    private static string Digest(string of) => Digests.OfBytes(System.Text.Encoding.UTF8.GetBytes(of));
}
