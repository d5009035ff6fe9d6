using System.Text.Json;
using MlatExchange.Domain;

namespace MlatExchange.Specs;

/// <summary>
/// Given what happened, when a command comes, then these events or the rule that forbids it. Each run also prints itself as plain sentences, which
/// are approved as <c>contracts/specifications.txt</c>.
/// </summary>
public abstract class Spec<TState, TEvent>(TState initial, Func<TState, TEvent, TState> evolve)
    where TState : class
    where TEvent : class
{
    protected Past Given(params TEvent[] history) => new(this, history);

    /// <summary>What a rule's breach comes to.</summary>
    protected static NotPermitted NotPermitted(Rule rule) => new(rule);

    /// <summary>History that a command meets.</summary>
    public sealed class Past(Spec<TState, TEvent> spec, IReadOnlyList<TEvent> history)
    {
        /// <summary>The state that the history leads to.</summary>
        public TState State => history.Aggregate(spec.Start, spec.Step);

        /// <summary>The command is printed from the record that <paramref name="decide"/> is a method of.</summary>
        public Outcome When(Func<TState, Decision<TEvent>> decide) => new(spec, history, decide.Target!, State, decide(State));
    }

    /// <summary>What the command came to.</summary>
    public sealed class Outcome(Spec<TState, TEvent> spec, IReadOnlyList<TEvent> history, object command, TState before, Decision<TEvent> decision)
    {
        /// <summary>Exactly these events; none when it held already.</summary>
        public void Then(params TEvent[] expected)
        {
            Assert.Null(decision.RefusedBy);
            Assert.Equal(expected.Select(NameAndJson), decision.Events.Select(NameAndJson));
            _ = decision.Events.Aggregate(before, spec.Step);
            SpecificationText.Add(history, command, expected.Length == 0 ? ["nothing: it holds already"] : expected.Select(SpecificationText.Sentence));
        }

        /// <summary>Forbidden by this rule, and nothing is written.</summary>
        public void Then(NotPermitted no)
        {
            Assert.Equal(no.Rule, decision.RefusedBy);
            Assert.Empty(decision.Events);
            SpecificationText.Add(history, command, [$"not permitted ({no.Rule.Slug}): {no.Rule.Sentence} [{no.Rule.Source}]"]);
        }

        /// <summary>Allowed, and the state is then <paramref name="name"/> by <paramref name="nameOf"/>.</summary>
        public void ThenState(Func<TState, string> nameOf, string name)
        {
            Assert.Null(decision.RefusedBy);
            Assert.Equal(name, nameOf(decision.Events.Aggregate(before, spec.Step)));
            SpecificationText.Add(history, command, [$"the state is {name}"]);
        }
    }

    private TState Start => initial;

    /// <summary>Events are folded as they would be read back, and none may pass without leaving a trace.</summary>
    private TState Step(TState state, TEvent happened)
    {
        var stored = Json(happened);
        var readBack = (TEvent)JsonSerializer.Deserialize(stored, happened.GetType(), EventJson.Options)!;
        Assert.Equal(stored, Json(readBack));
        var after = evolve(state, readBack);
        Assert.NotSame(state, after);
        SpecificationText.Seen(happened);
        return after;
    }

    private static string NameAndJson(TEvent happened) => $"{happened.GetType().Name} {Json(happened)}";

    private static string Json(TEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), EventJson.Options);
}
