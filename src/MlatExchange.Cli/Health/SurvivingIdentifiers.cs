using System.Text.Json;

namespace MlatExchange.Cli.Health;

/// <summary>
/// The last look before sealing: nothing by which the bundle itself knows someone (names, numbers, addresses of the patient, relatives and staff) may stand where a value was kept. The allow-list removes
/// them already; this finds one that was written where it does not belong, such as a number as a measured value.
/// </summary>
internal static class SurvivingIdentifiers
{
    private const int ShortestWord = 3;
    private const int ShortestNumber = 5;
    private static readonly HashSet<string> People = ["Patient", "Person", "RelatedPerson", "Practitioner"];
    private static readonly HashSet<string> Telling = ["name", "identifier", "telecom", "address", "contact"];
    private static readonly HashSet<string> Values = ["value", "text", "family", "given", "line", "city", "district", "postalCode"];

    internal static IEnumerable<HealthFault> In(IEnumerable<(string Pointer, string Text)> open, PersonsBundle bundle)
    {
        var known = Of(bundle);
        return open.Where(leaf => known.Any(value => Shows(leaf.Text, value))).Select(leaf => new HealthFault(HealthRule.IdentifierSurvives, leaf.Pointer));
    }

    /// <summary>Whether a text says something by which the bundle knows someone: then it is no pseudonym.</summary>
    internal static bool Tells(string text, PersonsBundle bundle) => Of(bundle).Any(value => text.Contains(value, StringComparison.OrdinalIgnoreCase));

    private static HashSet<string> Of(PersonsBundle bundle)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in bundle.Entries)
        {
            foreach (var member in entry.Resource.EnumerateObject().Where(member => People.Contains(entry.Type) ? Telling.Contains(member.Name) : member.NameEquals("identifier")))
            {
                Collect(member.Value, known, told: false);
            }
        }
        return known;
    }

    private static void Collect(JsonElement value, HashSet<string> known, bool told)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Collect(member.Value, known, Values.Contains(member.Name));
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Collect(item, known, told);
                break;
            case JsonValueKind.String when told && value.GetString() is { Length: >= ShortestWord } text:
                known.Add(text);
                break;
            default:
                break;
        }
    }

    // A number is compared whole, or every measured value would look like somebody's.
    private static bool Shows(string text, string value) => value.All(char.IsAsciiDigit)
        ? value.Length >= ShortestNumber && text == value
        : text.Contains(value, StringComparison.OrdinalIgnoreCase);
}
