using System.Collections.Frozen;
using System.Text.Json;

namespace MlatExchange.Domain;

/// <summary>Members of a closed set as codes, in kebab-case, as <see cref="EventJson"/> writes them. Case counts.</summary>
public static class EnumCode
{
    public static string Of<T>(T member)
        where T : struct, Enum => Set<T>.Codes[member];

    /// <summary>The member with this code; null when the set has none.</summary>
    public static T? Read<T>(string code)
        where T : struct, Enum => Set<T>.Members.TryGetValue(code, out var member) ? member : null;

    /// <summary>All codes of the set, in the order of its members.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    private static class Set<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Codes = Enum.GetValues<T>().ToFrozenDictionary(member => member, member => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString()));

        public static readonly FrozenDictionary<string, T> Members = Codes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
