using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>Case 08 to its end: a child's forensic findings, brought down to the option asked for on the clinic's side of the border, opened on the other, and nowhere in clear between.</summary>
[Collection(ScenarioWithXc.Name)]
public class HealthEvidence(XaAndXc nodes)
{
    /// <summary>What identifies the child, her family and the physician in the clinic's export.</summary>
    private static readonly string[] Planted = ["Quillfeather", "Maribelle", "77120934", "Larkspur", "Thornwick", "2014-05-17", "0142377", "Ossington", "Petronella", "Barnabas"];

    [Fact]
    public async Task Findings_of_a_victim_are_minimised_sealed_accepted_under_their_conditions_and_opened()
    {
        var file = CaseFile.Load("08");
        var (item, person) = (file.Request["items"]![0]!, file.Request["persons"]![0]!);
        var export = Path.Combine(Servers.Repository, "contracts", "evidence", "health", "bundle.example.json");
        Assert.All(Planted, value => Assert.Contains(value, File.ReadAllText(export), StringComparison.Ordinal));
        var terms = new JsonObject
        {
            ["retention"] = file.Request["retention"]!.DeepClone(),
            ["conditions"] = new JsonArray([.. file.Request["conditions"]!.AsArray().Select(condition => Without(condition!.AsObject(), "items"))]),
        };

        var story = new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder(), file, "https://node.xc.example");
        await story.Decided();
        await story.DescribedHealth(
            export, terms.ToJsonString(), "--handling", "victim", "--subject-category", (string)person["category"]!, "--person", (string)person["ref"]!, "--option", (string)item["options"]![0]!,
            "--from", (string)item["from"]!, "--to", (string)item["to"]!, "--legal-basis", "BILATERAL:XA-XC 7", "--legal-basis", "national XA Criminal Procedure Code 81c");
        await story.Upload();
        await story.Offer();
        await story.Accept();
        await story.Obtained();
        await story.Opens();

        var held = (await story.AtHolder())!.Value.ToString();
        foreach (var shown in new[] { "health", "LED6c", "victim", "SpecialCategory", "NoOnward", "ReportUse", "Confidential" }) Assert.Contains(shown, held, StringComparison.Ordinal);

        var opened = await File.ReadAllTextAsync(story.Plain());
        var told = opened + await story.HealthReport() + held + await story.AtSupplier();
        Assert.DoesNotContain(Planted, value => told.Contains(value, StringComparison.OrdinalIgnoreCase));
        var resources = JsonNode.Parse(opened)!["entry"]!.AsArray().Select(entry => entry!["resource"]!).ToList();
        Assert.Equal("v1", (string?)Assert.Single(resources, resource => (string?)resource["resourceType"] == "Patient")["identifier"]![0]!["value"]);
        Assert.Equal("2026-02-10T22:05:00+01:00", (string?)resources.First(resource => (string?)resource["resourceType"] == "Observation")["effectiveDateTime"]);
        Assert.Contains(JsonDocument.Parse(await story.HealthReport()).RootElement.GetProperty("removed").EnumerateArray(), line => line.GetProperty("path").GetString() == "Patient.name");
    }

    private static JsonObject Without(JsonObject condition, string member)
    {
        var copy = condition.DeepClone().AsObject();
        copy.Remove(member);
        return copy;
    }
}
