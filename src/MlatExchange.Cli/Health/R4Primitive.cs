using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlatExchange.Cli.Health;

/// <summary>Formats of the primitives (FHIR R4, section 2.24).</summary>
internal static partial class R4Primitive
{
    internal static bool IsDate(string type) => type is "date" or "dateTime" or "instant";

    internal static bool IsNumber(string type) => type is "decimal" or "integer" or "positiveInt" or "unsignedInt";

    internal static bool IsWellFormed(string type, JsonElement value) => type switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "decimal" => value.ValueKind == JsonValueKind.Number && value.GetRawText().Length <= 40,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "positiveInt" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0,
        "unsignedInt" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0,
        _ => value.ValueKind == JsonValueKind.String && IsText(type, value.GetString()!),
    };

    private static bool IsText(string type, string text) => type switch
    {
        "date" or "dateTime" => ClinicalTime.TryRead(text, out var time) && (type == "dateTime" || time.Clock.Length == 0),
        "instant" => ClinicalTime.TryRead(text, out var time) && time.Clock.Length > 0,
        "time" => Time().IsMatch(text),
        "code" => Code().IsMatch(text),
        "id" => Id().IsMatch(text),
        "oid" => Oid().IsMatch(text),
        "uuid" => Uuid().IsMatch(text),
        "uri" or "url" or "canonical" => Uri().IsMatch(text),
        "base64Binary" => Base64().IsMatch(text),
        _ => text.Length > 0 && !string.IsNullOrWhiteSpace(text),
    };

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[^\s]+(\s[^\s]+)*\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\Aurn:oid:[0-2](\.(0|[1-9][0-9]*))+\z")]
    private static partial Regex Oid();

    [GeneratedRegex(@"\Aurn:uuid:[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\z")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\A\S+\z")]
    private static partial Regex Uri();

    [GeneratedRegex(@"\A[A-Za-z0-9+/=\s]+\z")]
    private static partial Regex Base64();
}
