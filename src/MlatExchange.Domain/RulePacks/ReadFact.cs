using System.Collections.Frozen;

namespace MlatExchange.Domain.RulePacks;

/// <summary>A fact as findings print it, <c>path=value</c>, made once for every value of a closed set: most rules pass, and passing should cost little.</summary>
internal sealed class ReadFact
{
    private readonly FrozenDictionary<string, FixedFacts> printed;

    /// <param name="values">The closed set of codes; <c>none</c> is always among them.</param>
    public ReadFact(string path, IEnumerable<string> values) =>
        printed = values.Append("none").Distinct(StringComparer.Ordinal).ToFrozenDictionary(v => v, v => new FixedFacts($"{path}={v}"), StringComparer.Ordinal);

    /// <summary>A fact that is true, false or unknown.</summary>
    public static ReadFact Flag(string path) => new(path, ["true", "false", "unknown"]);

    public FixedFacts Of(string? code) => printed[code ?? "none"];

    public FixedFacts Of(bool? flag) => printed[flag switch { true => "true", false => "false", null => "unknown" }];

    /// <summary>The same as one text, to stand among others.</summary>
    public string Text(string? code) => printed[code ?? "none"][0];

    public string Text(bool? flag) => Of(flag)[0];
}
