using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli.Health;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Health;

public sealed class MinimisationSpecs
{
    [Fact]
    public void The_example_becomes_what_the_contract_shows()
    {
        var minimised = Examination.Minimised(Examination.Bundle());
        Assert.Equal([], minimised.Faults);
        Approved.Holds("evidence/health/minimised.example.json", Indented(minimised.Bundle!));
        Approved.Holds("evidence/health/report.example.json", Encoding.UTF8.GetString(HealthReport.Of(HealthProfile.Embedded, Examination.Asked, minimised).ToJson()) + "\n");
    }

    [Fact]
    public void Neither_the_bundle_nor_the_report_tells_a_name_a_number_or_a_word_of_the_export()
    {
        foreach (var asked in new[] { Examination.Asked, Examination.History, Examination.Asked with { Options = [.. HealthProfile.Embedded.Options.Keys], From = null } })
        {
            var bundle = Examination.Bundle().With(all => all.The("Observation", 3)["valueString"] = "moved away"); // its words name a relative, as free text may
            var minimised = Examination.Minimised(bundle, asked);
            Assert.Equal([], minimised.Faults);
            var report = HealthReport.Of(HealthProfile.Embedded, asked, minimised);
            var told = Encoding.UTF8.GetString(minimised.Bundle!) + Encoding.UTF8.GetString(report.ToJson()) + string.Join('\n', report.Words());
            Examination.TellsNothingOf(told);
        }
    }

    [Fact]
    public void The_pseudonym_stands_for_the_person_and_of_the_birth_date_only_the_year_stays()
    {
        var patient = Examination.Sealed(Examination.Bundle()).The("Patient");
        Assert.Equal("v1", (string?)patient["identifier"]![0]!["value"]);
        Assert.Equal("2014", (string?)patient["birthDate"]);
        Assert.Equal(["birthDate", "gender", "id", "identifier", "meta", "resourceType"], patient.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_age_over_89_does_not_stay()
    {
        var old = Examination.Bundle().With(all => all.The("Patient")["birthDate"] = "1936-07-01");
        Assert.False(Examination.Sealed(old).The("Patient").ContainsKey("birthDate"));
        Assert.Contains(new Removal("Patient.birthDate", RemovalRule.AgeOverLimit, 1), Examination.Minimised(old).Removed);

        var onset = JsonNode.Parse("""{"value": 91, "system": "http://unitsofmeasure.org", "code": "a"}""")!;
        var history = Examination.Bundle().With(all => { all.The("Condition").Remove("onsetDateTime"); all.The("Condition")["onsetAge"] = onset; });
        Assert.Contains(new Removal("Condition.onsetAge", RemovalRule.AgeOverLimit, 1), Examination.Minimised(history, Examination.History).Removed);
        onset["value"] = 12;
        Assert.Equal(12, (int?)Examination.Sealed(history, Examination.History).The("Condition")["onsetAge"]!["value"]);
    }

    [Fact]
    public void Only_the_period_and_the_categories_asked_for_stay()
    {
        var minimised = Examination.Minimised(Examination.Bundle());
        Assert.Equal(3, minimised.Kept["Observation"]);
        Assert.Equal(1, minimised.Kept["Condition"]);
        Assert.Contains(new Removal("Observation", RemovalRule.OutsidePeriod, 1), minimised.Removed);
        Assert.Contains(new Removal("Observation", RemovalRule.OtherCategory, 1), minimised.Removed);
        Assert.Contains(new Removal("Condition", RemovalRule.OtherCategory, 1), minimised.Removed);
        Assert.Contains(new Removal("Practitioner", RemovalRule.TypeNotAsked, 1), minimised.Removed);

        var undated = Examination.Bundle().With(all => all.The("Procedure").Remove("performedPeriod"));
        Assert.Contains(new Removal("Procedure", RemovalRule.OutsidePeriod, 1), Examination.Minimised(undated).Removed);
        Assert.Equal(4, Examination.Minimised(Examination.Bundle(), Examination.Asked with { From = null }).Kept["Observation"]);
    }

    [Fact]
    public void References_lead_to_what_stays_under_new_names_and_to_nothing_else()
    {
        var bundle = Examination.Sealed(Examination.Bundle());
        var there = bundle["entry"]!.AsArray().Select(entry => (string?)entry!["fullUrl"]).ToHashSet();
        var references = Leaves(bundle).Where(leaf => leaf.Path.EndsWith(".reference", StringComparison.Ordinal)).ToList();
        Assert.True(references.Count > 15);
        Assert.All(references, reference => Assert.Contains(reference.Value.GetString(), there));
        Assert.Single(bundle.The("DiagnosticReport")["result"]!.AsArray());
        Assert.Equal(there.Count, there.Select(url => url![^2..]).Distinct().Count());

        // What the resources were called leaves no trace: other names, the same bytes.
        var renamed = Examination.Bundle().ToJsonString().Replace("pat-77120934", "p", StringComparison.Ordinal).Replace("obs-lab", "x9", StringComparison.Ordinal);
        Assert.Equal(Examination.Minimised(Examination.Bundle()).Bundle, Examination.Minimised(JsonNode.Parse(renamed)!.AsObject()).Bundle);
    }

    [Fact]
    public void A_value_that_may_not_stay_leaves_a_mark()
    {
        var observations = Examination.Sealed(Examination.Bundle());
        Assert.Equal("masked", (string?)observations.The("Observation", 1)["dataAbsentReason"]!["coding"]![0]!["code"]);
        Assert.Equal("masked", (string?)observations.The("Observation")["component"]![1]!["dataAbsentReason"]!["coding"]![0]!["code"]);
        Assert.Null(observations.The("Observation", 2)["dataAbsentReason"]);
    }

    [Fact]
    public void Numbers_stay_as_precise_as_they_were_and_keep_their_comparator()
    {
        var bundle = Examination.Bundle().With(all => all.The("Observation", 2)["valueQuantity"]!["value"] = JsonNode.Parse("11.900"));
        var text = Encoding.UTF8.GetString(Examination.Minimised(bundle).Bundle!);
        Assert.Contains("\"value\":11.900,\"comparator\":\"\\u003C\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"g/dL\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_move_by_one_number_of_days_where_the_option_says_so()
    {
        var shifted = Examination.Sealed(Examination.Bundle(), Examination.History);
        Assert.Equal("2026-01-01T21:40:00+01:00", (string?)shifted.The("Encounter")["period"]!["start"]);
        Assert.Equal("2026-01-02", (string?)shifted.The("Condition")["recordedDate"]);
        Assert.Equal("2019-01", (string?)shifted.The("Condition", 1)["onsetDateTime"]);
        Assert.Equal("2014", (string?)shifted.The("Patient")["birthDate"]);
        Assert.Equal("2026-03-01T10:00:00.000Z", (string?)shifted.The("Provenance")["recorded"]);
    }

    [Fact]
    public void Whatever_stays_is_labelled_and_its_provenance_names_the_tool_and_the_legal_basis()
    {
        var bundle = Examination.Sealed(Examination.Bundle());
        var resources = bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!).ToList();
        Assert.All(resources.Append(bundle), labelled => Assert.Equal(
            ["V", "SDV", "NORDSCLCD", "HLEGAL", "PSEUDED", "REDACTED"], labelled["meta"]!["security"]!.AsArray().Select(label => (string?)label!["code"])));
        var provenance = bundle.The("Provenance");
        Assert.Equal(resources.Count - 1, provenance["target"]!.AsArray().Count);
        Assert.Equal(Examination.Asked.LegalBasis, provenance["extension"]!.AsArray().Select(basis => (string?)basis!["valueString"]));
        Assert.Equal("mlat/1", (string?)provenance["agent"]![0]!["who"]!["identifier"]!["value"]);
        Assert.False(provenance["agent"]![0]!["who"]!.AsObject().ContainsKey("display"));
    }

    [Fact]
    public void Several_options_keep_what_any_of_them_has_under_the_labels_of_all_and_shift_if_one_does()
    {
        var both = Examination.Asked with { Options = ["FORENSIC_EXAMINATION", "LABORATORY_RESULTS"] };
        var bundle = Examination.Sealed(Examination.Bundle(), both);
        Assert.Contains("R", bundle["meta"]!["security"]!.AsArray().Select(label => (string?)label!["code"]));
        Assert.StartsWith("2026-01-01T22:05", (string?)bundle.The("Observation")["effectiveDateTime"], StringComparison.Ordinal);
        var laboratory = Examination.Minimised(Examination.Bundle(), Examination.Asked with { Options = ["LABORATORY_RESULTS"] });
        Assert.Equal(["Observation", "Patient", "Specimen"], laboratory.Kept.Keys);
    }

    internal static IEnumerable<(string Path, JsonElement Value)> Leaves(JsonNode node) => Leaves(JsonSerializer.SerializeToElement(node), "");

    private static IEnumerable<(string Path, JsonElement Value)> Leaves(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Leaves(item, path)),
        _ => [(path, value)],
    };

    private static string Indented(byte[] json) => JsonNode.Parse(json)!.ToJsonString(new() { WriteIndented = true }) + "\n";
}
