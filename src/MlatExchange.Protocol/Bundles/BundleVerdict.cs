using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Protocol.Bundles;

/// <summary>What an offline verification comes to, in four words.</summary>
public enum VerdictClass
{
    /// <summary>Everything that the file claims is proven.</summary>
    Valid,

    /// <summary>Proven as of its time, but a key it rests on is said to have been in other hands at that time.</summary>
    Doubtful,

    /// <summary>Something that is needed to judge it is missing; what is there is in order.</summary>
    Incomplete,

    /// <summary>Something in it is not what it claims to be.</summary>
    Invalid,
}

/// <summary>The verifier's own verdict on a bundle.</summary>
/// <param name="Class">The worst of all parts.</param>
/// <param name="Message">The verdict on the message; null when it failed before a sender was known.</param>
/// <param name="Failure">The step that failed, of the message or of whatever else failed first.</param>
/// <param name="Receipts">The verdicts on the receipts, in their order; null for one that is not a receipt of this message or failed before a sender was known.</param>
/// <param name="Doubtful">Keys that it rests on and that are doubtful today.</param>
public sealed record BundleVerdict(
    VerdictClass Class, Verdict? Message, StepFailure? Failure, IReadOnlyList<Verdict.Accepted?> Receipts, IReadOnlyList<UsedKey> Doubtful)
{
    /// <summary>The message, when it was accepted.</summary>
    public Verdict.Accepted? Accepted => Message as Verdict.Accepted;

    internal static BundleVerdict Failed(StepFailure failure, Verdict? message = null) =>
        new(IsGap(failure) ? VerdictClass.Incomplete : VerdictClass.Invalid, message, failure, [], []);

    /// <summary>A failure that another file could mend: a trust list or an act that is not there.</summary>
    private static bool IsGap(StepFailure failure) => failure is { Step: Step.Content, Rule: "act-not-known" } or { Step: Step.Key, Rule: "trust-list-expired" or "no-trust-list" };
}
