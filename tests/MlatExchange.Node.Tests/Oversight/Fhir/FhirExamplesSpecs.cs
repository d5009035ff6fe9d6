using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Oversight.Fhir;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>What FHIR is told is what is approved, the same in a build with the package Hl7.Fhir.R4 and in one without it.</summary>
public sealed partial class FhirExamplesSpecs
{
    public static TheoryData<string> Files => [.. FhirExamples.Written.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_resource_is_the_approved_one(string file)
    {
        if (Environment.GetEnvironmentVariable("MLAT_WRITE_CONTRACTS") == "1") File.WriteAllText(FhirExamples.PathOf(file), FhirExamples.Written[file]);
        Assert.True(File.Exists(FhirExamples.PathOf(file)), $"contracts/fhir/examples/{file} is missing; MLAT_WRITE_CONTRACTS=1 writes it");
        Assert.Equal(File.ReadAllText(FhirExamples.PathOf(file)), FhirExamples.Written[file]);
    }

    [Fact]
    public void There_is_no_other_example() =>
        Assert.Equal(FhirExamples.Written.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(FhirExamples.PathOf("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_kind_of_event_of_transfers_and_consultations_is_told() => Assert.Equal(
        EventNames.Domain.Where(kind => kind.Key.IsAssignableTo(typeof(TransferEvent)) || kind.Key.IsAssignableTo(typeof(OversightEvent))).Select(kind => kind.Value.Name).Order(StringComparer.Ordinal),
        Told.ByKind.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Legal_basis_purpose_categories_conditions_and_terms_of_the_record_are_all_found_again()
    {
        Assert.All(Told.All().Where(telling => telling.Record is not null), telling => Assert.All(telling.Resources, resource =>
        {
            var record = telling.Record!;
            using var json = JsonDocument.Parse(FhirJson.Write(resource));
            var (basis, evidence, purposes) = resource is AuditEvent
                ? (json.RootElement, json.RootElement.GetProperty("entity")[0], json.RootElement.GetProperty("purposeOfEvent"))
                : (json.RootElement, json.RootElement, json.RootElement.GetProperty("reason"));
            Assert.Equal(record.LegalBasis, Extensions(basis, FhirNames.LegalBasis).Select(found => found.GetProperty("valueString").GetString()!));
            Assert.Equal([record.Purpose!], purposes.EnumerateArray().Select(found => found.GetProperty("coding")[0].GetProperty("code").GetString()!));
            Assert.Equal(record.DataCategories, Codes(evidence, FhirNames.DataCategory));
            Assert.Equal(record.SubjectCategories, Codes(evidence, FhirNames.SubjectCategory));
            Assert.Equal(record.Conditions, Codes(evidence, FhirNames.Condition));
            var terms = Extensions(evidence, FhirNames.RetentionTerm).Select(Term).ToList();
            Assert.Equal(record.Terms, terms);
            Assert.Equal(record.Retention, terms[0]);
            Assert.Equal(2, record.Terms.Count);
        }));
    }

    [Fact]
    public void Nothing_planted_in_items_headers_or_bodies_comes_out()
    {
        var told = Told.All().ToList();
        Assert.Contains(told, telling => telling.Event is SupplyEvent.Prepared { Items: [{ MediaType: Told.Marker, Tool: Told.Marker, Digest: Told.Marker }, ..] });
        Assert.All(told.SelectMany(telling => telling.Resources), resource => Assert.DoesNotContain(Told.Marker, FhirExamples.Text(resource), StringComparison.Ordinal));
    }

    /// <summary>A person can hide only in words: each text is a code, a name of a system, an id, a digest, an instant, a number, or a citation of law in its one place.</summary>
    [Fact]
    public void Every_text_is_a_code_an_id_a_digest_an_instant_or_a_citation()
    {
        var citations = 0;
        foreach (var (file, text) in FhirExamples.Written)
        {
            using var json = JsonDocument.Parse(text);
            foreach (var (path, value) in Texts(json.RootElement, ""))
            {
                if (Form().IsMatch(value)) continue;
                Assert.True(value is "XB Act 9" or "EEV 5(4)(b)" or "EEV 12", $"{file}{path} is neither: {value}");
                Assert.Matches("/extension/[0-9]+/valueString$|/extension/[0-9]+/extension/[0-9]+/valueString$|/detail/[0-9]+/valueString$", path);
                citations++;
            }
        }
        Assert.True(citations > 100);
    }

    [Fact]
    public void Small_counts_of_a_consultation_stay_closed_as_in_the_leaf()
    {
        var told = Told.All().Where(telling => telling.Place.Kind == "consultation.transfers-consulted.v1").Select(telling => FhirExamples.Text(telling.Resources[0])).ToList();
        Assert.Equal([true, false], told.Select(text => text.Contains("\"count\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Indented_or_not_it_is_the_same_document() => Assert.All(Told.All().SelectMany(telling => telling.Resources), resource =>
    {
        using var compact = JsonDocument.Parse(FhirJson.Write(resource));
        using var indented = JsonDocument.Parse(FhirJson.Write(resource, indented: true));
        Assert.True(JsonElement.DeepEquals(compact.RootElement, indented.RootElement));
        Assert.DoesNotContain('\n', Encoding.UTF8.GetString(FhirJson.Write(resource)));
    });

    private static IEnumerable<JsonElement> Extensions(JsonElement of, string url) =>
        of.GetProperty("extension").EnumerateArray().Where(extension => extension.GetProperty("url").GetString() == url);

    private static IEnumerable<string> Codes(JsonElement of, string url) => Extensions(of, url).Select(extension => extension.GetProperty("valueCoding").GetProperty("code").GetString()!);

    private static Domain.Assessment.RetentionTerms Term(JsonElement extension)
    {
        var parts = extension.GetProperty("extension").EnumerateArray().ToDictionary(part => part.GetProperty("url").GetString()!, StringComparer.Ordinal);
        return new(
            parts["maximumDays"].GetProperty("valueInteger").GetInt32(),
            parts["trigger"].GetProperty("valueCoding").GetProperty("code").GetString()!,
            parts.TryGetValue("reviewEveryDays", out var review) ? review.GetProperty("valueInteger").GetInt32() : null,
            parts["disposal"].GetProperty("valueCoding").GetProperty("code").GetString()!,
            parts["legalReference"].GetProperty("valueString").GetString()!);
    }

    internal static IEnumerable<(string Path, string Value)> Texts(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value, $"{path}/{member.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, n) => Texts(item, $"{path}/{n}")),
        JsonValueKind.String => [(path, element.GetString()!)],
        _ => [],
    };

    [GeneratedRegex("""
        ^(?:urn:mlat-exchange:[a-z:0-9-]+|urn:mlat-exchange:instrument:EEV|http://(?:terminology\.hl7\.org|dicom\.nema\.org)/[A-Za-z0-9/-]+|https://node\.xa\.example|node\.xa\.example/log/2026\#[0-9]+
        |[A-Za-z][A-Za-z0-9-]{0,39}(?:\.[a-z0-9-]+\.v1)?|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_-]{22}|(?:hmac-)?sha-256:[A-Za-z0-9_-]{43}|[0-9]+
        |20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|\+00:00))$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Form();
}
