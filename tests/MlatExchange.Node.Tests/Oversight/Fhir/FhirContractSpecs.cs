using System.Text.Json;
using System.Text.RegularExpressions;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Oversight.Fhir;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>The page, the profiles and the codes in <c>contracts/fhir</c> say what the code does.</summary>
public sealed partial class FhirContractSpecs
{
    private static readonly string Page = File.ReadAllText(Path.Combine(FhirExamples.Folder, "README.md"));

    /// <summary>Name of a code system and the codes that the node can use of it.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> Systems = new(StringComparer.Ordinal)
    {
        ["led-operation"] = ["collection", "alteration", "consultation", "disclosure", "combination", "erasure"],
        ["event"] = EventNames.Domain.Where(kind => kind.Key.IsAssignableTo(typeof(TransferEvent)) || kind.Key.IsAssignableTo(typeof(OversightEvent))).Select(kind => kind.Value.Name),
        ["data-category"] = Codes.DataCategories,
        ["subject-category"] = Codes.PersonCategories,
        ["condition"] = Codes.ConditionTypes,
        ["retention-trigger"] = Codes.Triggers,
        ["disposal"] = Codes.Disposals,
        ["request-purpose"] = Codes.Purposes,
        ["consultation-purpose"] = Purposes.Codes,
        ["authority-kind"] = Codes.IssuerKinds,
        ["official-role"] = Role.All.Append("node"),
    };

    [Fact]
    public void Every_code_system_lists_the_codes_of_the_domain_and_has_a_value_set_of_all_of_them()
    {
        Assert.Equal(Systems.Keys.Append("authority").Order(StringComparer.Ordinal), Names("code-systems"));
        Assert.Equal(Systems.Keys.Order(StringComparer.Ordinal), Names("value-sets"));
        Assert.All(Systems, system =>
        {
            using var defined = Read("code-systems", system.Key);
            using var set = Read("value-sets", system.Key);
            Assert.Equal($"urn:mlat-exchange:code:{system.Key}", Text(defined, "url"));
            Assert.Equal(Text(defined, "valueSet"), Text(set, "url"));
            Assert.Equal(Text(defined, "url"), set.RootElement.GetProperty("compose").GetProperty("include")[0].GetProperty("system").GetString());
            var concepts = defined.RootElement.GetProperty("concept").EnumerateArray().ToList();
            Assert.Equal(system.Value.Order(StringComparer.Ordinal), concepts.Select(concept => concept.GetProperty("code").GetString()!).Order(StringComparer.Ordinal));
            Assert.All(concepts, concept => Assert.NotEmpty(concept.GetProperty("definition").GetString()!));
            Assert.Equal(concepts.Count, defined.RootElement.GetProperty("count").GetInt32());
        });
    }

    [Fact]
    public void Every_profile_and_extension_in_use_is_defined_and_none_else()
    {
        string[] profiles = [FhirNames.TransferAuditEvent, FhirNames.ConsultationAuditEvent, FhirNames.TransferProvenance];
        string[] extensions = [FhirNames.LegalBasis, FhirNames.DataCategory, FhirNames.SubjectCategory, FhirNames.Condition, FhirNames.RetentionTerm];
        Assert.Equal(profiles.Order(StringComparer.Ordinal), Urls("profiles"));
        Assert.Equal(extensions.Order(StringComparer.Ordinal), Urls("extensions"));
        var used = FhirExamples.Written.Values.SelectMany(text => Urn().Matches(text).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(profiles.Concat(extensions).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Value_sets_that_profiles_bind_are_there()
    {
        var bound = new[] { "profiles", "extensions" }.SelectMany(folder => Names(folder).Select(name => File.ReadAllText(Path.Combine(FhirExamples.Folder, folder, name + ".json"))))
            .SelectMany(text => Bound().Matches(text).Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        Assert.True(bound.Count >= 8);
        Assert.Empty(bound.Except(Systems.Keys));
    }

    [Fact]
    public void The_page_shows_a_whole_example_as_it_stands()
    {
        using var shown = JsonDocument.Parse(Page.Split("```json\n")[1].Split("\n```")[0]);
        using var written = JsonDocument.Parse(FhirExamples.Written["AuditEvent-transfer.accepted.v1.json"]);
        Assert.True(JsonElement.DeepEquals(written.RootElement, shown.RootElement));
    }

    [Fact]
    public void The_page_tells_of_each_kind_of_event_what_is_written() => Assert.Equal(
        Told.ByKind.Keys.Select(Row).Order(StringComparer.Ordinal),
        Page.Split('\n').Where(line => line.StartsWith("| `transfer.", StringComparison.Ordinal) || line.StartsWith("| `consultation.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_names_every_detail_that_a_transfer_of_any_kind_has()
    {
        // Besides these, which single kinds of events have.
        string[] single = ["trigger", "review", "next-review", "copy", "copy-state", "due-since", "legal-reference", "not-before", "unrecoverable-from", "conditions-digest", "terms-digest", "share-digest"];
        var details = FhirExamples.Written.Values.SelectMany(text => Detail().Matches(text).Select(match => match.Groups[1].Value)).Distinct().Except(single).ToList();
        Assert.True(details.Count > 15);
        Assert.All(details, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    private static string Row(string kind)
    {
        using var json = JsonDocument.Parse(FhirExamples.Written[$"AuditEvent-{kind}.json"]);
        var root = json.RootElement;
        var began = root.GetProperty("agent").EnumerateArray().Single(agent => agent.GetProperty("requestor").GetBoolean()).GetProperty("type").GetProperty("coding")[0].GetProperty("code").GetString() switch
        {
            "110153" => "supplier",
            "110152" => "holder",
            "110150" => "timer",
            _ => "official",
        };
        return $"| `{kind}` | {root.GetProperty("type").GetProperty("code").GetString()} | {root.GetProperty("action").GetString()} | {root.GetProperty("outcome").GetString()} | {began} | " +
            (FhirExamples.Written.ContainsKey($"Provenance-{kind}.json") ? "yes |" : " |");
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(Path.Combine(FhirExamples.Folder, folder), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Urls(string folder) => Names(folder).Select(name =>
    {
        using var definition = Read(folder, name);
        return Text(definition, "url");
    }).Order(StringComparer.Ordinal);

    private static JsonDocument Read(string folder, string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(FhirExamples.Folder, folder, name + ".json")));

    private static string Text(JsonDocument document, string member) => document.RootElement.GetProperty(member).GetString()!;

    [GeneratedRegex("urn:mlat-exchange:fhir:[a-z-]+:[0-9]+")]
    private static partial Regex Urn();

    [GeneratedRegex("\"urn:mlat-exchange:codes:([a-z-]+)\"")]
    private static partial Regex Bound();

    [GeneratedRegex("\"type\": \"([a-z-]+)\",\n\\s+\"valueString\"")]
    private static partial Regex Detail();
}
