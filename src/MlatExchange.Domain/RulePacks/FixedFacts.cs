using System.Collections;

namespace MlatExchange.Domain.RulePacks;

/// <summary>Facts that are one object for every request that states them, so that what a rule says of them can be kept and said again.</summary>
internal sealed class FixedFacts(params string[] facts) : IReadOnlyList<string>
{
    public int Count => facts.Length;

    public string this[int index] => facts[index];

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)facts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
