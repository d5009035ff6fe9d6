using System.Globalization;
using System.Text.Json;

namespace MlatExchange.Cli.Health;

/// <summary>A resource that stays: with the elements that the options asked for have for it, under a new id.</summary>
/// <param name="Elements">Elements that stay.</param>
internal sealed record KeptResource(PersonsBundle.Entry Entry, string Id, IReadOnlySet<string> Elements);

/// <summary>Which resources of a bundle the options asked for have, and which of those lie in the period asked for.</summary>
internal static class KeptResources
{
    internal static List<KeptResource> Of(PersonsBundle bundle, HealthProfile profile, HealthAsked asked, List<HealthFault> faults, Removals removals)
    {
        var kept = new List<KeptResource>();
        foreach (var entry in bundle.Entries)
        {
            var allowed = asked.Options.Select(option => profile.Options[option].Resources.GetValueOrDefault(entry.Type)).OfType<AllowedResource>().ToList();
            if (allowed.Count == 0)
            {
                removals.Add(entry.Type, RemovalRule.TypeNotAsked);
            }
            else if (!bundle.IsOfThePerson(entry, allowed[0]))
            {
                faults.Add(new(HealthRule.NotOfThePerson, entry.Pointer));
            }
            else if (allowed.Where(option => IsOfCategory(entry.Resource, option)).ToList() is not { Count: > 0 } fitting)
            {
                removals.Add(entry.Type, RemovalRule.OtherCategory);
            }
            else if (!fitting.Exists(option => IsInPeriod(entry.Resource, option, asked)))
            {
                removals.Add(entry.Type, RemovalRule.OutsidePeriod);
            }
            else
            {
                kept.Add(new(entry, string.Create(CultureInfo.InvariantCulture, $"r{kept.Count + 1}"), fitting.SelectMany(option => option.Elements).ToHashSet(StringComparer.Ordinal)));
            }
        }
        return kept;
    }

    private static bool IsOfCategory(JsonElement resource, AllowedResource allowed) => (allowed.Only ?? EmptyOnly).All(only =>
        resource.TryGetProperty(only.Key, out var concepts) && concepts.EnumerateArray().Any(concept => concept.TryGetProperty("coding", out var codings)
            && codings.EnumerateArray().Any(coding => coding.TryGetProperty("code", out var code) && only.Value.Contains(code.GetString()))));

    private static bool IsInPeriod(JsonElement resource, AllowedResource allowed, HealthAsked asked)
    {
        if (allowed.When is null || (asked.From is null && asked.To is null))
        {
            return true;
        }
        var period = new ClinicalTime(asked.From ?? DateOnly.MinValue, asked.To ?? DateOnly.MaxValue, 3, "");
        return allowed.When.Any(element => Time(resource, element) is { } time && time.Overlaps(period));
    }

    private static ClinicalTime? Time(JsonElement value, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (!value.TryGetProperty(name, out value)) return null;
        }
        if (value.ValueKind == JsonValueKind.String)
        {
            return ClinicalTime.TryRead(value.GetString()!, out var time) ? time : null;
        }
        // A Period: open where it has no start or no end.
        var (start, end) = (Time(value, "start"), Time(value, "end"));
        return start is null && end is null ? null : new(start?.First ?? DateOnly.MinValue, end?.Last ?? DateOnly.MaxValue, 3, "");
    }

    private static readonly Dictionary<string, IReadOnlyList<string>> EmptyOnly = [];
}
