using System.Collections;
using System.Runtime.CompilerServices;

namespace MlatExchange.Domain;

/// <summary>A rule of procedure or law, as a value: the same slug and sentence reach the API, the pages and the audit.</summary>
/// <param name="Slug">Stable identifier in kebab case, such as <c>four-eyes</c>.</param>
/// <param name="Sentence">One sentence an official understands.</param>
/// <param name="Source">Article, section or "design" for a safeguard of this system.</param>
public sealed record Rule(string Slug, string Sentence, string Source);

/// <summary>The answer to a command that makes no sense in the present state: nothing is written, the caller gets a problem with the rule's slug.</summary>
public sealed record NotPermitted(Rule Rule);

/// <summary>What a command comes to: the events to append (none when it already holds), or the rule that forbids it.</summary>
[CollectionBuilder(typeof(Decision), nameof(Decision.Of))]
public sealed record Decision<TEvent> : IEnumerable<TEvent>
{
    internal Decision(IReadOnlyList<TEvent> events, Rule? refusedBy) => (Events, RefusedBy) = (events, refusedBy);

    /// <summary>Events in the order to append; empty when refused or already done.</summary>
    public IReadOnlyList<TEvent> Events { get; }

    /// <summary>The rule that forbids the command, or null when it is allowed.</summary>
    public Rule? RefusedBy { get; }

    public static implicit operator Decision<TEvent>(NotPermitted no) => new([], no.Rule);

    public IEnumerator<TEvent> GetEnumerator() => Events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Builds a <see cref="Decision{TEvent}"/> from a collection expression.</summary>
public static class Decision
{
    public static Decision<TEvent> Of<TEvent>(ReadOnlySpan<TEvent> events) => new(events.ToArray(), null);
}
