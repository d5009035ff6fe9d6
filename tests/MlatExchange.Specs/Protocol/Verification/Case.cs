using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>One vector before it is written: what was done to a message, what is known of its thread, and what verification must say.</summary>
internal sealed record Case(string Name, string About, Draft Draft, Expected Expect)
{
    public World World { get; init; } = World.Usual;

    public string TrustFile { get; init; } = "trust.json";

    public string? Counterpart { get; init; }

    public Digest? SameId { get; init; }

    public ThreadFacts Thread { get; init; } = ThreadFacts.None;

    public IReadOnlyList<Act> Acts { get; init; } = [];

    public SignedNote? Last { get; init; }
}

/// <summary>What verification must say; null members where no step failed.</summary>
internal sealed record Expected(string Verdict, int? Step = null, string? StepName = null, string? Rule = null, string? Pointer = null, bool TakesPlace = false, string? Answer = null)
{
    public static Expected Accepted(string? answer = "delivery") => new("accepted", TakesPlace: true, Answer: answer);

    /// <summary>Refused before anything is known of the sender: quarantine.</summary>
    public static Expected Quarantined(int step, string rule, string pointer = "") =>
        new("quarantined", step, MlatExchange.Protocol.Verification.Steps.All[step - 1].Name, rule, pointer);

    public static Expected Rejected(int step, string rule, string pointer, bool takesPlace = true, string? answer = "non-delivery") =>
        new("rejected", step, MlatExchange.Protocol.Verification.Steps.All[step - 1].Name, rule, pointer, takesPlace, answer);

    public static Expected Equivocation(int step, string pointer, string? answer = "non-delivery") =>
        new("equivocation", step, MlatExchange.Protocol.Verification.Steps.All[step - 1].Name, "equivocation", pointer, false, answer);
}
