#if USE_FIRELY
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>Only in a build with the package Hl7.Fhir.R4: its strict reader takes what is written, and finds what is bad.</summary>
public sealed class FirelySpecs
{
    private static readonly JsonSerializerOptions Strict = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    public static TheoryData<string> Definitions => [.. new[] { "profiles", "extensions", "code-systems", "value-sets" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(FhirExamples.Folder, folder)).Select(file => $"{folder}/{Path.GetFileName(file)}")).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_model_is_that_of_the_package() => Assert.Equal("Hl7.Fhir.R4", typeof(AuditEvent).Assembly.GetName().Name);

    [Theory]
    [MemberData(nameof(FhirExamplesSpecs.Files), MemberType = typeof(FhirExamplesSpecs))]
    public void What_is_written_is_read_without_complaint_and_written_again_as_it_stands(string file) =>
        Assert.Equal(FhirExamples.Written[file], FhirExamples.Text(JsonSerializer.Deserialize<Resource>(FhirExamples.Written[file], Strict)!));

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Profiles_extensions_and_codes_are_read_without_complaint(string file) =>
        Assert.NotNull(JsonSerializer.Deserialize<Resource>(File.ReadAllText(Path.Combine(FhirExamples.Folder, file)), Strict));

    /// <summary>All but an instant without zone, which this reader lets through.</summary>
    public static TheoryData<string> Bad => [.. BadResources.OfR4.Select(row => row.Data).Where(fault => fault != "r4: an instant without zone")];

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_resource_is_refused(string fault) =>
        Assert.Throws<DeserializationFailedException>(() => JsonSerializer.Deserialize<Resource>(BadResources.With(fault), Strict));
}
#endif
