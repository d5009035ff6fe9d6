using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Domain.Forms;

/// <summary>
/// Everything a form may be filled from, as one JSON object with a member for each place a value can come from, so that a value's pointer says where it is from:
/// <c>act</c> (payload of the signed request, or of the draft), <c>disclosed</c> (values beside it: <c>selectors</c>, <c>identities</c>, <c>texts</c>), <c>computed</c> (what
/// the rules come to, <see cref="FormAnswers"/>), <c>trust</c> (authorities as the trust lists name them), <c>node</c> (what this node recorded).
/// </summary>
/// <param name="Values">The object.</param>
/// <param name="Signed">False for a draft, which is printed with a mark.</param>
/// <param name="RulePack">Name of the pack behind <c>computed</c>; null where nothing was assessed.</param>
/// <param name="Overrides">Slugs of the findings that an official has set aside.</param>
public sealed record FormDossier(JsonElement Values, bool Signed, string? RulePack, IReadOnlyCollection<string> Overrides)
{
    /// <summary>Members a pointer may begin with.</summary>
    public static readonly IReadOnlySet<string> Roots = new HashSet<string>(StringComparer.Ordinal) { "act", "disclosed", "computed", "trust", "node" };

    /// <param name="act">Payload of the signed request, or <see cref="Draft"/>.</param>
    /// <param name="disclosed">Values beside it, or <see cref="Entered"/>.</param>
    /// <param name="result">The rules applied to the request; null where there is no pack.</param>
    public static FormDossier Of(
        JsonNode act, JsonNode disclosed, RequestFacts facts, AssessmentResult? result, JsonObject trust, JsonObject node, bool signed, IReadOnlyCollection<string> overrides)
    {
        var values = new JsonObject { ["act"] = act, ["disclosed"] = disclosed, ["computed"] = FormAnswers.Of(facts, result), ["trust"] = trust, ["node"] = node };
        return new(values.Deserialize<JsonElement>(), signed, result?.RulePack, overrides);
    }

    /// <summary>What the payload of the request would say so far.</summary>
    /// <param name="validation"><c>none</c>, <c>before</c> or <c>within-48h</c>; null before an assessment.</param>
    public static JsonObject Draft(RequestContent content, string? validation, string? validatingAuthority) => new()
    {
        ["request"] = JsonNode.Parse(CanonicalFacts.Bytes(content.Facts)),
        ["reference"] = content.Reference,
        ["statute"] = content.Statute,
        ["validation"] = validation,
        ["validatingAuthority"] = validatingAuthority,
    };

    /// <summary>What was entered beside the facts, by the names under which it would be disclosed.</summary>
    public static JsonObject Entered(RequestContent content) => new()
    {
        ["selectors"] = new JsonObject(content.Selectors.Select(s => KeyValuePair.Create(s.Item, (JsonNode?)new JsonObject { ["identifier"] = s.Identifier, ["service"] = s.Service }))),
        ["identities"] = new JsonObject(content.Identities.Select(i => KeyValuePair.Create(i.Person, (JsonNode?)new JsonObject(i.Details.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)))))),
        ["texts"] = new JsonObject
        {
            ["lessIntrusiveConsidered"] = content.Texts.LessIntrusiveConsidered,
            ["urgencyGrounds"] = content.Texts.UrgencyGrounds,
            ["facts"] = content.Texts.Facts is { } facts ? new JsonObject { ["text"] = facts.Text, ["language"] = facts.Language } : null,
            ["custodian"] = content.Texts.Custodian,
            ["offenceDescription"] = content.Texts.OffenceDescription,
        },
    };

    /// <summary>What was disclosed beside a signed request, by the object that names it, such as <c>selectors</c>.</summary>
    public static JsonObject Disclosed(IEnumerable<(string At, string Name, JsonElement Value)> values)
    {
        var grouped = new JsonObject();
        foreach (var (at, name, value) in values)
        {
            var holder = at.TrimStart('/');
            if (grouped[holder] is not JsonObject within) grouped[holder] = within = [];
            within[name] = JsonSerializer.SerializeToNode(value);
        }

        return grouped;
    }

    /// <summary>Member <c>trust</c>: authorities as the trust lists name them; null for one that is not listed.</summary>
    public static JsonObject Trust(JsonObject? issuer, JsonObject? addressee, JsonObject? validator) => new() { ["issuer"] = issuer, ["addressee"] = addressee, ["validator"] = validator };

    /// <summary>One of them.</summary>
    public static JsonObject Authority(string jurisdiction, string kind, string entity) => new() { ["jurisdiction"] = jurisdiction, ["kind"] = kind, ["entity"] = entity };

    /// <summary>The value at a pointer without its leading slash; null where nothing or null stands there.</summary>
    internal JsonElement? At(string pointer)
    {
        var at = Values;
        foreach (var step in pointer.Split('/'))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
                at = at[index];
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }

        return at.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : at;
    }

    /// <summary>A plain value as a code.</summary>
    internal static string Code(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}
