using System.Collections.Frozen;
using System.Text.Json;

namespace MlatExchange.Domain.Assessment;

/// <summary>What the single condition of a type may say.</summary>
public enum ConditionValue
{
    None,
    Words,

    /// <summary>A day, or a term that runs from the release of the key.</summary>
    DayOrTerm,
}

/// <summary>A type of condition on use (2AP Article 14), read from <c>contracts/conditions/conditions.json</c>.</summary>
/// <param name="Source">The article.</param>
/// <param name="Certainty">How sure the source is: <c>V</c>, <c>V2</c>, or <c>M</c>, to be confirmed by counsel.</param>
/// <param name="Needed">Whether the condition has to say its value.</param>
/// <param name="EnforcedBy">Where software acts by itself; none where it cannot.</param>
/// <param name="EvidencedBy">What shows afterwards whether it was kept.</param>
public sealed record ConditionType(
    string Type, string Source, string Certainty, ConditionValue Value, bool Needed, IReadOnlyList<string> EnforcedBy, IReadOnlyList<string> EvidencedBy, string En, string Fr);

/// <summary>Every type of condition, as the file that this was built with lists them.</summary>
public static class ConditionTypes
{
    private static readonly HashSet<string> Values = [.. EnumCode.All<ConditionValue>()], Certainties = ["V", "V2", "M"];

    /// <summary>In the order of the file.</summary>
    public static IReadOnlyList<ConditionType> All { get; } = Embedded();

    private static readonly FrozenDictionary<string, ConditionType> ByType = All.ToFrozenDictionary(type => type.Type, StringComparer.Ordinal);

    /// <summary>The type with this name; null when there is none.</summary>
    public static ConditionType? Of(string type) => ByType.GetValueOrDefault(type);

    /// <summary>Reads and checks the whole file.</summary>
    public static Reading<IReadOnlyList<ConditionType>> Load(ReadOnlyMemory<byte> utf8)
    {
        var faults = new List<MemberFault>();
        if (JsonFile.Open(utf8, "A table of conditions", 8, faults) is not { } element) return new(null, faults);
        var root = new StrictObject(element, "", faults, complete: false);
        root.OptionalText("$schema", 300);
        var types = new List<ConditionType>();
        foreach (var o in root.Objects("conditions", 1, 100))
        {
            types.Add(new(
                o.Text("type", 64), o.Formed("source", Form.Printed(80)), o.Code("certainty", Certainties), EnumCode.Read<ConditionValue>(o.Code("value", Values)) ?? ConditionValue.None, o.Flag("needed"),
                o.Texts("enforcedBy", 16, 64), o.Texts("evidencedBy", 16, 64), o.Text("en", 200), o.Text("fr", 200)));
            if (types.Count(type => type.Type == types[^1].Type) > 1) o.Fault("type", "duplicate-slug", "Another condition has this name.");
            if (types[^1].EvidencedBy.Count == 0) o.Fault("evidencedBy", "missing-member", "A condition that nothing shows the keeping of is no condition.");
            o.Close();
        }
        root.Close();
        return faults.Count > 0 ? new(null, faults) : new(types, faults);
    }

    private static IReadOnlyList<ConditionType> Embedded()
    {
        using var stream = typeof(ConditionTypes).Assembly.GetManifestResourceStream("conditions.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Load(bytes).Value ?? throw new JsonException("The table of conditions that this was built with has a fault.");
    }
}
