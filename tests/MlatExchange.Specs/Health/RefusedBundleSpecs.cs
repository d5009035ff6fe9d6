using System.Text.Json.Nodes;
using MlatExchange.Cli.Health;

namespace MlatExchange.Specs.Health;

/// <summary>What cannot be minimised is not sealed: each fault alone, at its place, by its rule.</summary>
public sealed class RefusedBundleSpecs
{
    private static readonly Dictionary<string, (HealthRule Rule, string Pointer, Action<JsonObject> Break)> Faults = new()
    {
        ["another resource"] = (HealthRule.NotABundle, "", all => all["resourceType"] = "Patient"),
        ["a transaction"] = (HealthRule.BundleType, "/type", all => all["type"] = "transaction"),
        ["an entry without a resource"] = (HealthRule.UnknownResource, "/entry/1", all => all["entry"]![1]!.AsObject().Remove("resource")),
        ["a resource that R4 does not know"] = (HealthRule.UnknownResource, "/entry/1/resource", all => all.The("Practitioner")["resourceType"] = "Doctor"),
        ["an element of another resource"] = (HealthRule.UnknownElement, "/entry/4/resource/birthDate", all => all.The("Observation")["birthDate"] = "2014"),
        ["a member whose name may be a value"] = (HealthRule.UnknownElement, "/entry/4/resource/(member 16)", all => all.The("Observation")["Maribelle"] = true),
        ["a choice that R4 does not have"] = (HealthRule.UnknownElement, "/entry/6/resource/valueMoney", all => all.The("Observation", 2)["valueMoney"] = new JsonObject { ["value"] = 1 }),
        ["two of a choice"] = (HealthRule.Cardinality, "/entry/6/resource/valueInteger", all => all.The("Observation", 2)["valueInteger"] = 1),
        ["no status"] = (HealthRule.Missing, "/entry/6/resource/status", all => all.The("Observation", 2).Remove("status")),
        ["one where many are"] = (HealthRule.Cardinality, "/entry/0/resource/name", all => all.The("Patient")["name"] = new JsonObject { ["text"] = "x" }),
        ["many where one is"] = (HealthRule.Cardinality, "/entry/6/resource/code", all => all.The("Observation", 2)["code"] = new JsonArray(new JsonObject())),
        ["an empty list"] = (HealthRule.Missing, "/entry/0/resource/name", all => all.The("Patient")["name"] = new JsonArray()),
        ["an empty element"] = (HealthRule.Missing, "/entry/6/resource/code", all => all.The("Observation", 2)["code"] = new JsonObject()),
        ["a code that is not on R4's list"] = (HealthRule.Format, "/entry/6/resource/status", all => all.The("Observation", 2)["status"] = "Maribelle"),
        ["a day that is not"] = (HealthRule.Format, "/entry/0/resource/birthDate", all => all.The("Patient")["birthDate"] = "2014-02-30"),
        ["a time without a zone"] = (HealthRule.Format, "/entry/4/resource/effectiveDateTime", all => all.The("Observation")["effectiveDateTime"] = "2026-02-10T22:05:00"),
        ["text for a number"] = (HealthRule.Format, "/entry/6/resource/valueQuantity/value", all => all.The("Observation", 2)["valueQuantity"]!["value"] = "11.9"),
        ["a null"] = (HealthRule.Format, "/entry/0/resource/gender", all => all.The("Patient")["gender"] = null),
        ["a modifier extension"] = (HealthRule.ChangesMeaning, "/entry/4/resource/modifierExtension", all => all.The("Observation")["modifierExtension"] = new JsonArray(new JsonObject { ["url"] = "urn:not" })),
        ["implicit rules"] = (HealthRule.ChangesMeaning, "/entry/4/resource/implicitRules", all => all.The("Observation")["implicitRules"] = "urn:rules"),
        ["more beside a primitive than extensions"] = (HealthRule.UnknownElement, "/entry/0/resource/_birthDate", all => all.The("Patient")["_birthDate"] = new JsonObject { ["value"] = "x" }),
        ["no patient"] = (HealthRule.NoPatient, "/entry", all => all["entry"]!.AsArray().RemoveAt(0)),
        ["a second patient"] = (HealthRule.SeveralPatients, "/entry/15/resource", all => Add(all, """{"resourceType":"Patient","id":"brother"}""")),
        ["the same id twice"] = (HealthRule.SameIdTwice, "/entry/15", all => Add(all, """{"resourceType":"Observation","id":"obs-lab","status":"final","code":{"text":"x"}}""")),
        ["a finding of someone else"] = (HealthRule.NotOfThePerson, "/entry/6/resource", all => all.The("Observation", 2)["subject"]!["reference"] = "Patient/brother"),
        ["a finding of the same number elsewhere"] = (HealthRule.NotOfThePerson, "/entry/6/resource", all => all.The("Observation", 2)["subject"]!["reference"] = "https://other.example/Patient/pat-77120934"),
        ["a finding of nobody"] = (HealthRule.NotOfThePerson, "/entry/6/resource", all => all.The("Observation", 2).Remove("subject")),
        ["a finding about someone else beside"] = (HealthRule.NotOfThePerson, "/entry/6/resource", all => all.The("Observation", 2)["focus"] = new JsonArray(new JsonObject { ["reference"] = "RelatedPerson/petronella" })),
        ["a finding of a contained person"] = (HealthRule.NotOfThePerson, "/entry/6/resource", all =>
        {
            all.The("Observation", 2)["contained"] = new JsonArray(new JsonObject { ["resourceType"] = "Patient", ["id"] = "p" });
            all.The("Observation", 2)["subject"]!["reference"] = "#p";
        }),
        ["a finding in words alone"] = (HealthRule.CannotMinimise, "/entry/6/resource/code", all => all.The("Observation", 2)["code"] = new JsonObject { ["text"] = "haemoglobin" }),
        ["a finding by a code of the house"] = (HealthRule.CannotMinimise, "/entry/6/resource/code", all => all.The("Observation", 2)["code"]!["coding"]![0]!["system"] = "urn:clinic:codes"),
        ["a number that is no code of its system"] = (HealthRule.CannotMinimise, "/entry/6/resource/code", all => all.The("Observation", 2)["code"]!["coding"]![0]!["code"] = "718-8"),
        ["a status that is no listed code"] = (HealthRule.CannotMinimise, "/entry/11/resource/verificationStatus", all => all.The("Condition")["verificationStatus"] = new JsonObject { ["text"] = "sure" }),
        ["a patient's number as a value"] = (HealthRule.IdentifierSurvives, "/entry/6/resource/valueQuantity/value", all =>
        {
            all.The("Patient")["identifier"]![0]!["value"] = "7712093";
            all.The("Observation", 2)["valueQuantity"]!["value"] = 7712093;
        }),
        ["nothing that was asked for"] = (HealthRule.NothingLeft, "/entry", all =>
        {
            foreach (var kind in new[] { "Observation", "Condition", "DiagnosticReport", "Specimen", "Procedure", "Encounter" })
                foreach (var entry in all["entry"]!.AsArray().Where(entry => (string?)entry!["resource"]!["resourceType"] == kind).ToList()) all["entry"]!.AsArray().Remove(entry);
        }),
    };

    public static TheoryData<string> All => [.. Faults.Keys];

    [Theory, MemberData(nameof(All))]
    public void It_is_refused_at_its_place(string fault)
    {
        var (rule, pointer, broken) = Faults[fault];
        var minimised = Examination.Minimised(Examination.Bundle().With(broken));
        Assert.Null(minimised.Bundle);
        Assert.Equal([new(rule, pointer)], minimised.Faults);
        Assert.Empty(minimised.Removed);
    }

    [Fact]
    public void Every_rule_is_broken_somewhere_here_and_has_words()
    {
        var elsewhere = new[] { HealthRule.TooManyEntries, HealthRule.DateOutOfRange };
        Assert.Equal(Enum.GetValues<HealthRule>().Except(elsewhere), Faults.Values.Select(fault => fault.Rule).Distinct().Order());
        Assert.Equal(Enum.GetValues<HealthRule>().Length, Enum.GetValues<HealthRule>().Select(HealthWords.Of).Distinct().Count());
        Assert.Equal(Enum.GetValues<RemovalRule>().Length, Enum.GetValues<RemovalRule>().Select(HealthWords.Of).Distinct().Count());
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_text()
    {
        var bundle = Examination.Bundle().With(all => { all.The("Patient")["gender"] = "x"; all.The("Observation")["status"] = "y"; all.The("Condition").Remove("subject"); });
        Assert.Equal(["/entry/0/resource/gender", "/entry/4/resource/status", "/entry/11/resource/subject"], Examination.Minimised(bundle).Faults.Select(fault => fault.Pointer));
    }

    [Fact]
    public void A_bundle_of_too_many_entries_is_not_walked()
    {
        var bundle = Examination.Bundle().With(all => { for (var i = 0; i < 10_000; i++) Add(all, """{"resourceType":"Basic"}"""); });
        Assert.Equal([new(HealthRule.TooManyEntries, "/entry")], Examination.Minimised(bundle).Faults);
    }

    [Fact]
    public void A_date_that_cannot_be_shifted_is_refused() => Assert.Equal(
        [new(HealthRule.DateOutOfRange, "/entry/12/resource/onsetDateTime")],
        Examination.Minimised(Examination.Bundle().With(all => all.The("Condition", 1)["onsetDateTime"] = "0001-01-02"), Examination.History).Faults);

    [Fact]
    public void A_pseudonym_that_tells_who_it_is_is_refused() => Assert.Equal(
        [new(HealthRule.IdentifierSurvives, "")], Examination.Minimised(Examination.Bundle(), Examination.Asked with { Person = "girl-maribelle" }).Faults);

    private static void Add(JsonObject bundle, string resource) => bundle["entry"]!.AsArray().Add(new JsonObject { ["resource"] = JsonNode.Parse(resource) });
}
