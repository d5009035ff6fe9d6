using System.Text.Json;

namespace MlatExchange.Cli.Health;

/// <summary>What came out of a bundle.</summary>
/// <param name="Bundle">The bundle to seal, UTF-8; null where it was refused.</param>
/// <param name="Faults">Why it was refused, all at once; empty where it was not.</param>
/// <param name="Kept">Resources that stay, by type.</param>
/// <param name="Removed">What was removed and why.</param>
public sealed record MinimisedHealth(byte[]? Bundle, IReadOnlyList<HealthFault> Faults, IReadOnlyDictionary<string, int> Kept, IReadOnlyList<Removal> Removed);

/// <summary>
/// A FHIR R4 bundle about one person, brought down to what was asked for. Pure: the same bundle, list, question and number of days give the same bytes. Steps: structure of R4, one person, options and
/// period, elements, what survives, provenance.
/// </summary>
public static class MinimiseHealth
{
    /// <param name="bundle">Read strictly: valid UTF-8, no member twice, not too deep.</param>
    /// <param name="asked">Its options are in the profile.</param>
    public static MinimisedHealth Of(JsonElement bundle, HealthProfile profile, HealthAsked asked)
    {
        var r4 = R4Structure.Embedded;
        var faults = new List<HealthFault>(StructureCheck.Of(r4, bundle));
        var persons = faults.Count == 0 ? PersonsBundle.Read(bundle, faults) : null;
        if (persons is null || faults.Count > 0)
        {
            return Refused(faults);
        }
        var removals = new Removals();
        foreach (var member in bundle.EnumerateObject().Where(member => member.Name is not ("resourceType" or "type" or "entry"))) removals.Add($"Bundle.{member.Name}", RemovalRule.NotAsked);
        var kept = KeptResources.Of(persons, profile, asked, faults, removals);
        if (faults.Count > 0)
        {
            return Refused(faults);
        }
        var minimisation = new Minimisation(r4, profile, asked, persons, kept, faults, removals);
        var resources = kept.ConvertAll(minimisation.Resource);
        faults.AddRange(SurvivingIdentifiers.In(minimisation.Open, persons));
        if (SurvivingIdentifiers.Tells(asked.Person, persons))
        {
            faults.Add(new(HealthRule.IdentifierSurvives, ""));
        }
        if (kept.TrueForAll(resource => resource.Entry.Type == "Patient"))
        {
            faults.Add(new(HealthRule.NothingLeft, "/entry"));
        }
        return faults.Count > 0
            ? Refused(faults)
            : new(
                JsonSerializer.SerializeToUtf8Bytes(HealthBundle.Of(profile, asked, kept, resources)),
                [],
                kept.GroupBy(resource => resource.Entry.Type, StringComparer.Ordinal).OrderBy(type => type.Key, StringComparer.Ordinal).ToDictionary(type => type.Key, type => type.Count()),
                removals.All);
    }

    private static MinimisedHealth Refused(List<HealthFault> faults) => new(null, faults, new Dictionary<string, int>(), []);
}
