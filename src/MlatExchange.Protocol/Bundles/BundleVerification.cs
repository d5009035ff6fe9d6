using System.Text.Json;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Protocol.Bundles;

/// <summary>
/// Verifies a bundle offline: steps 5 to 17 of the message and of its receipts as of the time of receipt, under pinned anchors. What only the
/// holder could know, the rest of the thread and whether the message was seen before, is taken from the message and so not proven.
/// </summary>
public static class BundleVerification
{
    /// <summary>Verifies.</summary>
    /// <param name="bundle">The file.</param>
    /// <param name="anchors">Pinned anchors.</param>
    /// <param name="today">The newest lists that the verifier has: what they say of keys since.</param>
    /// <param name="check">Check of act bodies by the rules' own reader.</param>
    public static BundleVerdict Verify(BundleFile bundle, TrustAnchors anchors, TrustSnapshot today, ActCheck check)
    {
        var then = bundle.Lists.Count == 0 ? today : TrustSnapshot.Build(anchors, bundle.Lists, bundle.ReceivedAt);
        var earlier = new Dictionary<Digest, Act>();
        foreach (var text in bundle.Earlier)
        {
            if (ReadEarlier(text, then) is not { } act)
            {
                return BundleVerdict.Failed(new(Step.Content, "earlier-act", "/earlier"));
            }
            earlier[act.Digest] = act;
        }
        var envelope = new SealedEnvelope(bundle.Message, bundle.Acts, bundle.Shares, bundle.Disclosures, bundle.Logged);
        var verdict = Judge(envelope, bundle.ReceivedAt, then, earlier, check, out var failure);
        if (verdict is not Verdict.Accepted accepted)
        {
            return BundleVerdict.Failed(failure!, verdict);
        }
        var receipts = bundle.Receipts.Select(receipt => Receipt(receipt, accepted, then, check)).ToList();
        if (receipts.Contains(null))
        {
            return new(VerdictClass.Invalid, accepted, new(Step.Content, "receipt", $"/receipts/{receipts.IndexOf(null)}"), receipts, []);
        }
        UsedKey[] doubtful =
        [
            .. receipts.Append(accepted).SelectMany(one => one!.Trust.DoubtfulUnder(today, one.Opened.SignedAt ?? bundle.ReceivedAt)).Distinct(),
        ];
        return new(doubtful.Length > 0 ? VerdictClass.Doubtful : VerdictClass.Valid, accepted, null, receipts, doubtful);
    }

    private static Verdict? Judge(
        SealedEnvelope unverified, DateTimeOffset receivedAt, TrustSnapshot trust, IReadOnlyDictionary<Digest, Act> earlier, ActCheck check, out StepFailure? failure)
    {
        if (!CompactJws.TryRead(unverified.Message, out var jws, out _) || Addressee(jws.Payload) is not var (issuer, audience))
        {
            failure = new(Step.Shape, "message", "/message");
            return null;
        }
        if (trust.Node(issuer) is null)
        {
            failure = new(Step.Key, "no-trust-list", "/iss");
            return null;
        }
        var opening = OpenMessage.Open(unverified, new OpeningFacts(trust, audience, new Dictionary<string, EcKey>(), null, receivedAt));
        if (opening is not Opening.Opened { Message: var opened })
        {
            failure = ((Opening.Refused)opening).Failure;
            return null;
        }
        var thread = opened.Core is not { } core ? ThreadFacts.None
            : new ThreadFacts(core is { Seq: > 1, Prev: { } prev } ? new Link(core.Seq - 1, prev) : null, core.Seen?.Digest, null);
        var verdict = JudgeMessage.Run(opened, new JudgingFacts(trust, receivedAt, null, thread, earlier, null, check));
        failure = verdict.FailedAt ?? (verdict is Verdict.Accepted ? null : new(Step.Dialogue, verdict.Name));
        return verdict;
    }

    private static Verdict.Accepted? Receipt(BundledReceipt bundled, Verdict.Accepted message, TrustSnapshot trust, ActCheck check)
    {
        var envelope = new SealedEnvelope(bundled.Message, [], [], [], bundled.Logged);
        return Judge(envelope, bundled.ReceivedAt, trust, new Dictionary<Digest, Act>(), check, out _) is Verdict.Accepted { Message.Body: MessageBody.ReceiptOf receipt } accepted
            && receipt.Of.Digest == message.Opened.Digest
            && accepted.Message.Core.Iss == message.Message.Core.Aud
            && accepted.Message.Core.Aud == message.Message.Core.Iss
                ? accepted
                : null;
    }

    private static Act? ReadEarlier(string text, TrustSnapshot trust)
    {
        if (!CompactJws.TryRead(text, out var jws, out _) || ActKind.OfTyp(jws.Type) is not { } kind || !StrictJson.TryParse(jws.Payload, out var document, out _))
        {
            return null;
        }
        using (document)
        {
            var act = Act.Read(text, jws.KeyId, kind, document.RootElement.Clone()).Act;
            return act is not null && trust.FindKey(act.Issuer, act.Kid, KeyUse.Act) is { } key && jws.IsSignedBy(key.Key) ? act : null;
        }
    }

    private static (string Issuer, string Audience)? Addressee(ReadOnlyMemory<byte> payload)
    {
        if (!StrictJson.TryParse(payload, out var document, out _))
        {
            return null;
        }
        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object && Text(document.RootElement, "iss") is { } issuer && Text(document.RootElement, "aud") is { } audience
                ? (issuer, audience)
                : null;
        }
    }

    private static string? Text(JsonElement payload, string member) =>
        payload.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
