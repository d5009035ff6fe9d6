using MlatExchange.Domain.Assessment;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Cli.Verification;

/// <summary>A bundle, in sentences.</summary>
internal static class BundleFinding
{
    internal static Finding Of(BundleFile bundle, TrustAnchors anchors, TrustSnapshot today)
    {
        var verdict = BundleVerification.Verify(bundle, anchors, today, Check);
        if (verdict.Accepted is not { } accepted)
        {
            var failure = verdict.Failure!;
            return new(verdict.Class, $"step {(int)failure.Step}, {Steps.NameOf(failure.Step)}: {failure.Rule} at '{failure.JsonPointer}'.", [], []);
        }
        if (verdict.Class == VerdictClass.Invalid)
        {
            return new(verdict.Class, $"the message holds, but a receipt does not: '{verdict.Failure!.JsonPointer}'.", [.. Message(bundle, accepted)], []);
        }
        var summary = verdict.Class == VerdictClass.Doubtful
            ? $"everything held when it was received, but keys are said to have been in other hands at that time: {string.Join(", ", verdict.Doubtful.Select(key => $"{key.Use} of {key.Entity}"))}."
            : "everything holds.";
        return new(verdict.Class, summary, [.. Message(bundle, accepted), .. verdict.Receipts.Select(receipt => Receipt(receipt!))], [.. NotProven(bundle, accepted, verdict)]);
    }

    /// <summary>A request's facts must be readable by the same reader that the rules use.</summary>
    internal static IReadOnlyList<Fault> Check(Act act) => act.Body is ActBody.Request request
        ? [.. RequestFactsReader.Read(request.Facts, "/request").Faults.Select(fault => new Fault(fault.Pointer, fault.Rule, fault.Sentence))]
        : [];

    private static IEnumerable<string> Message(BundleFile bundle, Verdict.Accepted accepted)
    {
        var core = accepted.Message.Core;
        yield return $"{core.Iss} signed a message of kind {accepted.Opened.Kind.Slug} to {core.Aud}, dated {WireTime.Text(core.IssuedAt)}: {accepted.Opened.Digest}.";
        foreach (var finding in accepted.Log)
        {
            yield return $"It is in the log {finding.Checkpoint.Origin} under a checkpoint of {finding.Checkpoint.Size} leaves.";
        }
        if (accepted.Act is { } act)
        {
            var custody = accepted.Trust.Keys.FirstOrDefault(key => key.Use == KeyUse.Act)?.Custody;
            yield return $"{act.Issuer} signed the {act.Kind.Slug} {act.Digest}; its key is in the custody of the {(custody == Custody.Node ? "node" : "authority")}.";
            if (act.Body is ActBody.Request request)
            {
                yield return $"The assessment signed with it: pack {request.Assessment.RulePack} ({request.Assessment.PackDigest}), outcome {request.Assessment.Outcome}.";
            }
        }
        yield return $"{bundle.Disclosures.Count} disclosed values are the ones that were signed.";
        yield return $"Trust: list {accepted.Trust.Chain.Seq} of {accepted.Trust.Chain.Anchor} ({accepted.Trust.Chain.List}).";
    }

    private static string Receipt(Verdict.Accepted receipt) =>
        receipt.Message.Body is MessageBody.ReceiptOf { Receipt: ReceiptKind.Delivery } delivery
            ? $"{receipt.Message.Core.Iss} received it at {WireTime.Text(delivery.At)} and logged it: it is in both logs."
            : $"{receipt.Message.Core.Iss} answered it with a receipt of kind {((MessageBody.ReceiptOf)receipt.Message.Body).Receipt}.";

    private static IEnumerable<string> NotProven(BundleFile bundle, Verdict.Accepted accepted, BundleVerdict verdict)
    {
        yield return $"That it was received at {WireTime.Text(bundle.ReceivedAt)}: that is the holder's word, and the instant that all was judged at.";
        yield return "Its place in the dialogue: the rest of the thread is not in this file.";
        if (verdict.Receipts.Count == 0)
        {
            yield return "That it was delivered: there is no receipt.";
        }
        if (accepted.Trust.Keys.Any(key => key.Custody == Custody.Node))
        {
            yield return "That the authority itself willed the act: an administrator of its node could have signed it.";
        }
        yield return "What two authorities agree outside the system, what both drop before logging, and copies beyond our keys.";
        yield return "That what was encrypted stays secret against computers that do not exist yet.";
    }
}
