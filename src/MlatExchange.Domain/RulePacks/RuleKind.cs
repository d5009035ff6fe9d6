using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>
/// What a rule checks: a closed set, so that a pack is data and nothing in it can be run. A new kind of rule is a change of code, reviewed as
/// such; a new number, article or list is a new version of a pack.
/// </summary>
public abstract partial record RuleKind
{
    private RuleKind()
    {
    }

    /// <summary>What its sentences may come to, and the placeholders each may use.</summary>
    internal abstract IReadOnlyList<Variant> Variants { get; }

    /// <summary>Whether a rule of this kind needs a scope of items.</summary>
    internal virtual bool NeedsScope => false;

    /// <summary>Applies the rule. Never called when the rule has a scope and no item is in it.</summary>
    internal abstract Verdict Apply(Question question);

    /// <summary>What the whole result takes from a rule that has nothing to check.</summary>
    internal virtual Verdict Idle => new(Truth.True, "pass");
}

/// <summary>Three values: what is not known is neither.</summary>
internal enum Truth
{
    False,
    Unknown,
    True,
}

/// <summary>One thing a rule can say, with the placeholders its sentence may use.</summary>
internal sealed record Variant(string Name, params IReadOnlyList<string> Placeholders);

/// <summary>What a rule came to, before it is put in words.</summary>
/// <param name="Variant">Which of the rule's sentences says it.</param>
internal readonly record struct Verdict(Truth Truth, string Variant)
{
    /// <summary>Items that fail or are unknown.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary><c>path=value</c> of what was read.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    public IReadOnlyList<(string Name, string Value)> Values { get; init; } = [];

    /// <summary>Article that decided, where finer than the rule's own.</summary>
    public string? Source { get; init; }

    /// <summary>Less sure than the rule itself, where what decided is.</summary>
    public Certainty? Certainty { get; init; }

    public string? Branch { get; init; }

    public bool? Notify { get; init; }

    public string? DualCriminality { get; init; }

    /// <summary>The order rests on an emergency and still lacks its validation.</summary>
    public bool Watch { get; init; }
}
