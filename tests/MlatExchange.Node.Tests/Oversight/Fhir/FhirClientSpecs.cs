using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Oversight.Fhir;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>A FHIR client that is none of ours (npm fhir-kit-client) drives a node over HTTP, and the two validators judge all that it was given.</summary>
public sealed class FhirClientSpecs(DrivenNode driven) : IClassFixture<DrivenNode>
{
    private static readonly JsonSerializerOptions Lines = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_client_follows_the_links_to_every_event_of_a_transfer_once_in_either_order()
    {
        var (forward, backward) = (Resources("forward"), Resources("backward"));
        Assert.Equal(DrivenNode.Events.Select(e => Domain.EventNames.Domain[e.GetType()].Name), forward.Select(Kind));
        Assert.Equal(forward.Select(Id).Reverse(), backward.Select(Id));
        Assert.Equal(3, driven.OrSkip()["pages"]!["forward"]!.AsArray().Count);
        Assert.Equal(forward.Count, (int)driven.OrSkip()["counts"]!["all"]!["total"]!);
    }

    [Fact]
    public void Combined_conditions_hold_together()
    {
        var combined = Resources("combined");
        Assert.Equal(DrivenNode.Events.Count(e => e is HoldingEvent.ErasureStarted or HoldingEvent.KeyDestroyed or HoldingEvent.CiphertextDeleted or HoldingEvent.ErasureCompleted), combined.Count);
        Assert.Equal(combined.Count, (int)driven.OrSkip()["pages"]!["combined"]![0]!["total"]!);
        Assert.Equal(
            ["transfer.accepted.v1", "transfer.hold-placed.v1", "transfer.hold-lifted.v1", "transfer.destruction-ordered.v1", "transfer.certificate-sent.v1", "transfer.prepared.v1", "transfer.offered.v1"], Resources("official").Select(Kind));
        Assert.Empty(Resources("nothing"));
        Assert.NotEmpty(Resources("provenance"));
        Assert.Equal(Resources("provenance").Count, (int)driven.OrSkip()["counts"]!["provenance"]!["total"]!);
        Assert.Equal(2, driven.OrSkip()["posted"]!["entry"]!.AsArray().Count);
    }

    [Fact]
    public void What_is_read_is_what_was_found_and_every_page_names_its_query_and_checkpoint()
    {
        Assert.Equal([Id(Resources("forward")[0]), Id(Resources("provenance")[0])], driven.OrSkip()["reads"]!.AsArray().Select(read => Id(read!)));
        var pages = driven.OrSkip()["pages"]!["forward"]!.AsArray();
        Assert.Equal(3, pages.Select(page => (string)page!["identifier"]!["value"]!).Distinct().Count());
        Assert.Single(pages.Select(page => page!["meta"]!["tag"]!.ToJsonString()).Distinct());
        Assert.All(pages.Select(page => (string)page!["identifier"]!["value"]!), query => Assert.Contains(query, driven.Queries));
    }

    [Fact]
    public void Refusals_are_outcomes()
    {
        var outcomes = driven.OrSkip()["outcomes"]!;
        Assert.Equal((403, 400, 404, 404), (Status("purpose"), Status("unknown"), Status("missing"), Status("resource")));
        Assert.Equal("forbidden", (string)outcomes["purpose"]!["body"]!["issue"]![0]!["code"]!);
        Assert.Equal(3, outcomes["unknown"]!["body"]!["issue"]!.AsArray().Count);
        Assert.DoesNotContain("soon", outcomes["unknown"]!.ToJsonString(), StringComparison.Ordinal);

        int Status(string name) => (int)outcomes[name]!["status"]!;
    }

    [Fact]
    public async Task Both_validators_find_no_fault_in_anything_that_the_client_was_given()
    {
        var given = driven.OrSkip();
        List<JsonNode> resources = [given["metadata"]!, given["posted"]!, .. given["reads"]!.AsArray().Select(read => read!), .. given["counts"]!.AsObject().Select(pair => pair.Value!)];
        foreach (var (_, pages) in given["pages"]!.AsObject())
            foreach (var page in pages!.AsArray()) resources.Add(page!);
        resources.AddRange(given["pages"]!.AsObject().SelectMany(pages => pages.Value!.AsArray()).SelectMany(page => page!["entry"]?.AsArray() ?? []).Select(entry => entry!["resource"]!));
        resources.AddRange(given["outcomes"]!.AsObject().Select(pair => pair.Value!["body"]!));
        var folder = Directory.CreateTempSubdirectory("mlat-fhir-");
        try
        {
            var files = resources.Select((resource, n) => (Path: Path.Combine(folder.FullName, $"{n}.json"), Text: resource.ToJsonString())).ToList();
            foreach (var file in files) await File.WriteAllTextAsync(file.Path, file.Text);
            var verdicts = JsonSerializer.Deserialize<Dictionary<string, FhirVerdict>>(await FhirTools.Run("judge.mjs", [FhirExamples.Folder, .. files.Select(file => file.Path)]), JsonSerializerOptions.Web)!;
            Assert.Equal(files.Count, verdicts.Count);
            Assert.Empty(verdicts.SelectMany(verdict => verdict.Value.Medplum.Concat(verdict.Value.Fhirjs)).Distinct());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_capability_statement_is_the_approved_one()
    {
        var statement = FhirMetadata.Statement(Told.Node with { BaseUrl = "https://node.xa.example" }).ToJsonString(Lines) + "\n";
        var approved = Path.Combine(FhirExamples.Folder, "capability-statement.json");
        if (Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1") await File.WriteAllTextAsync(approved, statement);
        Assert.Equal(await File.ReadAllTextAsync(approved), statement);
    }

    private List<JsonNode> Resources(string search) =>
        [.. driven.OrSkip()["pages"]![search]!.AsArray().SelectMany(page => page!["entry"]?.AsArray() ?? []).Select(entry => entry!["resource"]!)];

    private static string Id(JsonNode resource) => (string)resource["id"]!;

    private static string Kind(JsonNode resource) => (string)resource["subtype"]![1]!["code"]!;
}

/// <summary>A node with transfers, and what the client was given by it.</summary>
public sealed class DrivenNode : IAsyncLifetime
{
    private JsonNode? given;

    internal static IReadOnlyList<HoldingEvent> Events => Given.Hold("");

    /// <summary>Ids of the recorded queries.</summary>
    public IReadOnlyList<string> Queries { get; private set; } = [];

    public JsonNode OrSkip()
    {
        Assert.SkipWhen(given is null, FhirTools.Missing);
        return given!;
    }

    public async ValueTask InitializeAsync()
    {
        if (!FhirTools.AreInstalled) return;
        await using var node = await OversightNode.Start(overHttp: true);
        var (transfer, other) = (Given.Transfer(), Given.Transfer());
        await node.Happen(transfer, 0, "XB", "EEV", Given.Hold(transfer));
        await node.Happen(other, 0, "XC", "EIO", Given.Supply(other));
        var consultation = await ConsultTransfersSpecs.Open(node);
        var headers = JsonSerializer.Serialize(new Dictionary<string, string> { ["Consultation"] = consultation, ["Test-Role"] = "oversight", ["Test-Authority"] = "xa-oversight" });
        given = JsonNode.Parse(await FhirTools.Run("drive.mjs", [$"{node.BaseUrl}/fhir", headers, transfer]));
        Queries = [.. (await node.Ledger.Store.Load($"consultation-{consultation}")).Where(stored => stored.Type == "consultation.transfers-consulted.v1").Select(stored => stored.Id.ToString())];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
