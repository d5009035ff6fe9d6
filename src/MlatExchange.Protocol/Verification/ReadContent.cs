using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Protocol.Verification;

/// <summary>What step 14 read.</summary>
internal sealed record Content(
    Message Message, Act? Act, TrustedKey? ActKey, IReadOnlyList<Disclosed> ActDisclosures, IReadOnlyList<Disclosed> Disclosures);

/// <summary>
/// Step 14: the payload has the shape of its kind; the envelope holds exactly the acts and shares that signed digests name; each act is signed by a key
/// of its issuer; disclosures resolve; the record is the one that the receiver computes.
/// </summary>
internal static class ReadContent
{
    public static StepFailure? Read(OpenedMessage opened, JudgingFacts facts, out Content? content)
    {
        content = null;
        var (message, faults) = Message.Read(opened.Jws.Text, opened.Jws.KeyId, opened.Kind, opened.Payload);
        if (message is null)
            return StepFailure.Of(Step.Content, faults[0]);
        content = new Content(message, null, null, [], []);
        var envelope = opened.Envelope;
        if (envelope.Acts.Count != message.Acts.Count)
            return Fail("acts-differ", "/acts");
        if (envelope.Acts.Count == 1)
        {
            if (ReadAct(envelope.Acts[0], message, facts, out var act, out var key) is { } failure)
                return failure;
            content = content with { Act = act, ActKey = key };
        }

        var payloads = content.Act is { } carried ? new[] { message.Payload, carried.Payload } : [message.Payload];
        if (Disclosures.Resolve(payloads, envelope.Disclosures, out var disclosed) is { } undisclosed)
            return StepFailure.Of(Step.Content, undisclosed);
        content = content with { Disclosures = disclosed[0], ActDisclosures = payloads.Length == 2 ? disclosed[1] : [] };
        if (DisclosedValues.Check(content.Act, content.ActDisclosures, content.Disclosures) is { } value)
            return StepFailure.Of(Step.Content, value);
        if (!SharesOf(message, content.Act).SequenceEqual(envelope.Shares.Select(share => Digest.Of(System.Text.Encoding.ASCII.GetBytes(share)))))
            return Fail("shares-differ", "/shares");
        return message.Body switch
        {
            MessageBody.ReceiptOf receipt => ReceiptFault(message, receipt),
            MessageBody.KeyRelease release => ReleaseFault(release, facts) ?? RecordFault(content, facts),
            _ => RestFault(content, facts) ?? RecordFault(content, facts),
        };
    }

    private static StepFailure? ReadAct(string text, Message message, JudgingFacts facts, out Act? act, out TrustedKey? key)
    {
        (act, key) = (null, null);
        var kind = message.Kind.Carries!;
        if (!CompactJws.TryRead(text, kind.Typ, out var jws, out var fault))
            return Fail("act-" + StepFailure.Slug(fault.Rule), "/acts/0" + fault.JsonPointer);
        if (jws.Digest != message.Acts[0])
            return Fail("acts-differ", "/acts/0");
        if (!StrictJson.TryParse(jws.Payload, out var document, out var broken))
            return Fail("act-" + StepFailure.Slug(broken.Rule), "/acts/0" + broken.JsonPointer);
        JsonElement payload;
        using (document)
            payload = document.RootElement.Clone();
        (act, var faults) = Act.Read(text, jws.KeyId, kind, payload);
        if (act is null)
            return StepFailure.Of(Step.Content, faults[0], "/acts/0");
        key = facts.Trust.FindKey(act.Issuer, act.Kid, KeyUse.Act);
        if (key is null)
            return Fail("act-key-unknown", "/acts/0/iss");
        if (!jws.IsSignedBy(key.Key))
            return Fail("act-signature", "/acts/0");
        return facts.Check(act) is [var first, ..] ? StepFailure.Of(Step.Content, first, "/acts/0") : null;
    }

    /// <summary>Digests of the shares that this message must bring, in order.</summary>
    private static IEnumerable<Digest> SharesOf(Message message, Act? act) => (message.Body, act?.Body) switch
    {
        (MessageBody.KeyRelease release, _) => release.Items.Select(item => item.ReleasedShare),
        (_, ActBody.TransferOffer offer) => offer.Items.Select(item => item.WrappedShare),
        _ => [],
    };

    private static StepFailure? ReceiptFault(Message message, MessageBody.ReceiptOf receipt) => true switch
    {
        _ when receipt.Transcript != Transcript.Of(message.Core.Iss, message.Core.Aud, message.Core.Prev, message.Core.Seen?.Digest)
            => Fail("transcript-differs", "/transcript"),
        _ when (receipt.Receipt == ReceiptKind.Delivery) != (receipt.Logged is not null) => Fail("receipt-proof", "/logged"),
        _ when receipt.Receipt == ReceiptKind.Delivery && receipt.Of.Seq > (message.Core.Seen?.Seq ?? 0) => Fail("receipt-of-unseen", "/of/seq"),
        _ when receipt.Failure is not null && receipt.Receipt != ReceiptKind.NonDelivery => Fail("receipt-failure", "/failure"),
        _ => null,
    };

    /// <summary>What an act rests on must be known and say the same transfer, items, conditions and terms.</summary>
    private static StepFailure? RestFault(Content content, JudgingFacts facts)
    {
        if (content.Act is not { } act)
            return null;
        if (content.Message.Kind == MessageKind.PreservationRequest
            && ((ActBody.Request)act.Body).Facts.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("measure").GetString() != "preserve"))
            return Fail("preserve-only", "/acts/0/request/items");
        if (!act.Addressees.Any(entity => facts.Trust.Authority(entity) is { } addressee && addressee.Jurisdiction == facts.Trust.Node(content.Message.Core.Aud)?.Jurisdiction))
            return Fail("addressee-not-here", "/acts/0/addressees");
        if (act.Names is not { } names)
            return null;
        if (!facts.Acts.TryGetValue(names.Digest, out var basis) || basis.Id != names.Act)
            return Fail("act-not-known", $"/acts/0/{act.Kind.Names}");
        return (act.Body, basis.Body) switch
        {
            (ActBody.ConditionsAccepted accepted, ActBody.TransferOffer offer) => true switch
            {
                _ when accepted.Transfer != offer.Transfer => Fail("transfer-differs", "/acts/0/transfer"),
                _ when accepted.ConditionsDigest != OfferDigests.Conditions(offer.Items) => Fail("conditions-differ", "/acts/0/conditionsDigest"),
                _ when accepted.TermsDigest != OfferDigests.Terms(offer.Items) => Fail("terms-differ", "/acts/0/termsDigest"),
                _ => null,
            },
            (ActBody.DestructionOrder order, ActBody.TransferOffer offer) => Within(order.Transfer, order.Items, offer),
            (ActBody.DestructionCertificate certificate, ActBody.TransferOffer offer) => Within(certificate.Transfer, certificate.Items.Select(item => item.Ref), offer),
            (ActBody.Decision decision, ActBody.Request request) => Asked(decision.Items.Select(item => item.Ref), request),
            (ActBody.TransferOffer offer, ActBody.Request request) => Asked(offer.Items.Select(item => item.RequestItem), request),
            _ => null,
        };
    }

    private static StepFailure? Within(string transfer, IEnumerable<string> items, ActBody.TransferOffer offer) => true switch
    {
        _ when transfer != offer.Transfer => Fail("transfer-differs", "/acts/0/transfer"),
        _ when items.Except(offer.Items.Select(item => item.Ref), StringComparer.Ordinal).Any() => Fail("item-not-offered", "/acts/0/items"),
        _ => null,
    };

    private static StepFailure? Asked(IEnumerable<string> items, ActBody.Request request) =>
        items.Except(request.Facts.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ref").GetString()!), StringComparer.Ordinal).Any()
            ? Fail("item-not-asked", "/acts/0/items")
            : null;

    private static StepFailure? RecordFault(Content content, JudgingFacts facts)
    {
        var message = content.Message;
        if (!message.Kind.HasRecord)
            return null;
        var speaks = content.Act ?? facts.Acts[((MessageBody.KeyRelease)message.Body).Accepted.Digest];
        if (MessageRecord.Write(message.Kind, message.Core.IssuedAt, speaks, facts.Acts, out var record) is { } fault)
            return StepFailure.Of(Step.Content, fault, content.Act is null ? "" : "/acts/0");
        return record == message.Record ? null : Fail("record-differs", "/record");
    }

    private static StepFailure? ReleaseFault(MessageBody.KeyRelease release, JudgingFacts facts)
    {
        if (!facts.Acts.TryGetValue(release.Accepted.Digest, out var act) || act.Id != release.Accepted.Act || act.Body is not ActBody.ConditionsAccepted accepted
            || !facts.Acts.TryGetValue(accepted.Offer.Digest, out var offered) || offered.Body is not ActBody.TransferOffer offer)
            return Fail("act-not-known", "/accepted");
        if (release.Transfer != offer.Transfer)
            return Fail("transfer-differs", "/transfer");
        return release.Items.All(item => offer.Items.Any(offeredItem => offeredItem.Ref == item.Ref)) ? null : Fail("item-not-offered", "/items");
    }

    private static StepFailure Fail(string rule, string jsonPointer) => new(Step.Content, rule, jsonPointer);
}
