using System.Text.Json;

namespace MlatExchange.Protocol.Jose;

/// <summary>Reads a protected header: strict JSON with exactly the members of the profile, all strings but <c>epk</c>.</summary>
internal static class JoseHeader
{
    /// <summary>Longest header in characters of base64url; the profile's own have fewer than 500.</summary>
    public const int MaxLength = 1024;

    /// <summary>
    /// The header, or null and why not. <paramref name="critical"/>: <c>crit</c> stands there although no profile has it; the caller refuses it in its own
    /// step. The document is pooled: dispose of it.
    /// </summary>
    public static JsonDocument? TryRead(ReadOnlySpan<char> part, ReadOnlySpan<string> members, int step, out bool critical, out JoseFault? fault)
    {
        critical = false;
        if (part.Length > MaxLength || !Base64Url.TryDecode(part, out var bytes))
        {
            fault = new JoseFault(step, part.Length > MaxLength ? JoseRule.TooLarge : JoseRule.Encoding);
            return null;
        }
        if (!StrictJson.TryParse(bytes, out var header, out var json))
        {
            fault = json.Rule == JsonRule.DuplicateMember
                ? new JoseFault(json.Step, JoseRule.DuplicateMember, json.JsonPointer)
                : new JoseFault(step, JoseRule.HeaderJson, json.JsonPointer);
            return null;
        }
        fault = Check(header.RootElement, members, step, out critical);
        if (fault is null)
        {
            return header;
        }
        header.Dispose();
        return null;
    }

    /// <summary>Whether a text may stand in a header as <c>typ</c> or <c>cty</c>: it then needs no escape.</summary>
    public static bool IsToken(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or '/');

    private static JoseFault? Check(JsonElement header, ReadOnlySpan<string> members, int step, out bool critical)
    {
        critical = false;
        if (header.ValueKind != JsonValueKind.Object)
        {
            return new JoseFault(step, JoseRule.HeaderJson);
        }
        var found = 0;
        foreach (var member in header.EnumerateObject())
        {
            if (IsOneOf(member, members))
            {
                found++;
                if (member.Value.ValueKind != (member.NameEquals("epk"u8) ? JsonValueKind.Object : JsonValueKind.String))
                {
                    return new JoseFault(step, JoseRule.HeaderJson, "/" + member.Name);
                }
            }
            else if (member.NameEquals("crit"u8))
            {
                critical = true;
            }
            else
            {
                return new JoseFault(step, JoseRule.HeaderMembers, JsonFault.At(JsonRule.Shape, "/" + member.Name).JsonPointer);
            }
        }
        foreach (var name in members)
        {
            if (found < members.Length && !header.TryGetProperty(name, out _))
            {
                return new JoseFault(step, JoseRule.HeaderMembers, "/" + name);
            }
        }
        return null;
    }

    private static bool IsOneOf(JsonProperty member, ReadOnlySpan<string> members)
    {
        foreach (var name in members)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }
        return false;
    }
}
