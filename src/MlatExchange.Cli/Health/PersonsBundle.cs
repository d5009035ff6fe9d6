using System.Globalization;
using System.Text.Json;

namespace MlatExchange.Cli.Health;

/// <summary>A bundle of R4 about one person: its entries, and how they point to each other.</summary>
internal sealed class PersonsBundle
{
    private readonly Dictionary<string, Entry> byReference = new(StringComparer.Ordinal);

    /// <summary>One entry.</summary>
    internal sealed record Entry(string Type, JsonElement Resource, string Pointer);

    internal List<Entry> Entries { get; } = [];

    internal Entry? Patient { get; private set; }

    /// <summary>Reads a bundle whose structure was checked.</summary>
    internal static PersonsBundle Read(JsonElement bundle, List<HealthFault> faults)
    {
        var read = new PersonsBundle();
        var index = -1;
        foreach (var item in bundle.TryGetProperty("entry", out var entries) ? entries.EnumerateArray().ToArray() : [])
        {
            index++;
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/entry/{index}");
            if (!item.TryGetProperty("resource", out var resource))
            {
                faults.Add(new(HealthRule.UnknownResource, pointer));
                continue;
            }
            var entry = new Entry(StructureCheck.TypeOf(resource)!, resource, $"{pointer}/resource");
            read.Entries.Add(entry);
            if (entry.Type == "Patient" && read.Patient is not null)
            {
                faults.Add(new(HealthRule.SeveralPatients, entry.Pointer));
            }
            read.Patient ??= entry.Type == "Patient" ? entry : null;
            string?[] names = [Text(item, "fullUrl"), Text(resource, "id") is { } id ? $"{entry.Type}/{id}" : null];
            foreach (var name in names.OfType<string>().Distinct(StringComparer.Ordinal))
            {
                if (!read.byReference.TryAdd(name, entry)) faults.Add(new(HealthRule.SameIdTwice, pointer));
            }
        }
        if (read.Patient is null)
        {
            faults.Add(new(HealthRule.NoPatient, "/entry"));
        }
        return read;
    }

    /// <summary>The entry that a Reference points to: an absolute one by fullUrl, a relative one by type and id (R4 2.36.4.1); null where it is not here.</summary>
    internal Entry? Target(JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.Object || Text(reference, "reference") is not { } text)
        {
            return null;
        }
        var plain = text.IndexOf("/_history/", StringComparison.Ordinal) is var history and >= 0 ? text[..history] : text;
        return byReference.GetValueOrDefault(plain);
    }

    /// <summary>Whether it is about the bundle's Patient, and about nobody else beside.</summary>
    internal bool IsOfThePerson(Entry entry, AllowedResource allowed) => allowed.Person is null
        ? entry == Patient
        : entry.Resource.TryGetProperty(allowed.Person, out var person) && IsPatient(person)
            && (!entry.Resource.TryGetProperty("focus", out var others) || others.EnumerateArray().All(IsPatient));

    private bool IsPatient(JsonElement reference) => Target(reference) is { } target && target == Patient;

    private static string? Text(JsonElement value, string member) => value.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
