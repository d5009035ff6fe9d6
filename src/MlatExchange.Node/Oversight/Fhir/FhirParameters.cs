using System.Globalization;
using MlatExchange.Domain;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>A parameter of a search.</summary>
/// <param name="Name">As it stands in the query; without modifier.</param>
/// <param name="Type">Type of search parameter in FHIR: <c>date</c>, <c>token</c> or <c>reference</c>.</param>
/// <param name="Definition">Address of its definition.</param>
/// <param name="Meaning">For the capability statement.</param>
/// <param name="Where">One value as a condition; null where the value is not of the parameter's form.</param>
internal sealed record FhirParameter(string Name, string Type, string Definition, string Meaning, Func<FhirNode, string, Func<object, string>, string?> Where);

/// <summary>Every parameter that can be searched by, for each resource. References are found by identifier, since nothing pointed at has an address.</summary>
internal static class FhirParameters
{
    private const string Hl7 = "http://hl7.org/fhir/SearchParameter/";

    private static readonly string[] Operations = [.. EventNames.Domain.Values.Select(name => name.Operation).Distinct(StringComparer.Ordinal)];

    public static readonly IReadOnlyList<FhirParameter> AuditEvent =
    [
        Date("date", "AuditEvent-date", "When it was logged"),
        Token("type", "AuditEvent-type", "What was done, ISO 21089; 110112 for a query", (system, code) => system is null || system == (code == "110112" ? FhirNames.Dicom : FhirNames.Lifecycle) ? "lifecycle" : ""),
        Token("subtype", "AuditEvent-subtype", "Operation of LED 25, or name of the event", (system, code) => system switch
        {
            null => Operations.Contains(code, StringComparer.Ordinal) ? "operation" : "kind",
            "urn:mlat-exchange:code:led-operation" => "operation",
            "urn:mlat-exchange:code:event" => "kind",
            _ => "",
        }),
        Token("action", "AuditEvent-action", "C, R, U, D or E", (system, _) => system is null or "http://hl7.org/fhir/audit-event-action" ? "action" : ""),
        new("outcome", "token", Hl7 + "AuditEvent-outcome", "0, or 4 where something was found to be wrong", (_, text, value) => Split(text) is var (system, code) && code is "0" or "4" or "8" or "12"
            ? system is null or "http://hl7.org/fhir/audit-event-outcome" ? $"outcome = {value(short.Parse(code, CultureInfo.InvariantCulture))}" : "false"
            : null),
        Token("purpose", "urn:mlat-exchange:fhir:search:audit-event-purpose:1", "Purpose of the request, or of the consultation", (system, _) => system switch
        {
            null => "purpose",
            "urn:mlat-exchange:code:request-purpose" => "counterpart is not null and purpose",
            "urn:mlat-exchange:code:consultation-purpose" => "counterpart is null and purpose",
            _ => "",
        }),
        new("agent", "reference", Hl7 + "AuditEvent-agent", "Jurisdiction or official, by identifier", Agent),
        new("entity", "reference", Hl7 + "AuditEvent-entity", "Transfer, consultation or leaf, by identifier", Entity),
    ];

    public static readonly IReadOnlyList<FhirParameter> Provenance =
    [
        Date("recorded", "Provenance-recorded", "When it was logged"),
        Date("when", "Provenance-when", "When it happened: when it was logged"),
        new("agent", "reference", Hl7 + "Provenance-agent", "Jurisdiction or official, by identifier", Agent),
        new("target", "reference", Hl7 + "Provenance-target", "Transfer, by identifier", Entity),
        new("entity", "reference", Hl7 + "Provenance-entity", "Leaf or signed act, by identifier", Entity),
    ];

    /// <summary>Of every resource. A resource never changes, so it was last updated when it was logged.</summary>
    public static readonly IReadOnlyList<FhirParameter> Every =
    [
        Date("_lastUpdated", "Resource-lastUpdated", "When it was logged"),
        new("_id", "token", Hl7 + "Resource-id", "Id of the event", (_, text, value) => Guid.TryParseExact(text, "D", out var id) ? $"event_id = {value(id)}" : "false"),
    ];

    private static FhirParameter Date(string name, string definition, string meaning) =>
        new(name, "date", Hl7 + definition, meaning, (_, text, value) => FhirDate.TryParse(text, out var date) ? date.On("recorded", value) : null);

    /// <param name="column">Given system and code: the column, perhaps after further conditions; empty where nothing has that system.</param>
    private static FhirParameter Token(string name, string definition, string meaning, Func<string?, string, string> column) => new(
        name, "token", definition.StartsWith("urn:", StringComparison.Ordinal) ? definition : Hl7 + definition, meaning,
        (_, text, value) => Split(text) is var (system, code) && code.Length > 0 ? column(system, code) is { Length: > 0 } found ? $"({found} = {value(code)})" : "false" : null);

    private static string? Agent(FhirNode node, string text, Func<object, string> value) => Split(text) switch
    {
        (_, "") => null,
        ("urn:mlat-exchange:id:jurisdiction", var code) => code == node.Jurisdiction ? "counterpart is not null" : $"counterpart = {value(code)}",
        ("urn:mlat-exchange:id:official", var pseudonym) => $"official = {value(pseudonym)}",
        (null, { Length: 2 } code) => code == node.Jurisdiction ? "counterpart is not null" : $"counterpart = {value(code)}",
        (null, var pseudonym) => $"official = {value(pseudonym)}",
        _ => "false",
    };

    private static string? Entity(FhirNode node, string text, Func<object, string> value) => Split(text) switch
    {
        (_, "") => null,
        ("urn:mlat-exchange:id:transfer" or "urn:mlat-exchange:id:consultation" or null, var subject) => $"subject = {value(subject)}",
        ("urn:mlat-exchange:id:act", var digest) => $"act = {value(digest)}",
        ("urn:mlat-exchange:id:log-leaf", var leaf) => leaf.StartsWith(node.LogOrigin + "#", StringComparison.Ordinal) && long.TryParse(leaf[(node.LogOrigin.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? $"idx = {value(index)}"
            : "false",
        _ => "false",
    };

    // system|code, or code alone. |code means a code without a system, and none here is.
    private static (string? System, string Code) Split(string text)
    {
        var at = text.IndexOf('|', StringComparison.Ordinal);
        return at < 0 ? (null, text) : (text[..at], text[(at + 1)..]);
    }
}
