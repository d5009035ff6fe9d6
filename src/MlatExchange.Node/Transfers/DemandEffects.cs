using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <summary>What the other side says that ends or suspends the use of a transfer: remedies, orders to destroy, and the holder's answer that a legal hold stands.</summary>
public sealed class DemandEffects(UseEffects effects, CaseWork work)
{
    public async Task<Effect> Ordered(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, body) = (message.Acts[0], (ActBody.DestructionOrder)message.Acts[0].Body);
        if (OfferOf(message) is not { } offer || offer.Issuer != act.Issuer) return new Effect.Refused("not-the-offering-authority");
        if (EnumCode.Read<ErasureGround>(body.Ground) is not { } ground || !Erasure.AtOnce(ground)) return new Effect.Refused(UseRules.NotSuppliersGround.Slug);
        return await effects.On(message, body.Transfer, "reason", used => used.Use.OfferAct == offer.Digest.ToString()
            ? new ReceiveDemand(act.Digest.ToString(), ground, body.LegalReference, body.NotBefore, message.At).Decide(used.Use)
            : new NotPermitted(TransferRules.NoSuchTransfer), cancellation);
    }

    public async Task<Effect> Remedy(AcceptedMessage message, CancellationToken cancellation)
    {
        var (act, digest) = (message.Acts[0], message.Acts[0].Digest.ToString());
        if (OfferOf(message) is not { Body: ActBody.TransferOffer offered } offer) return new Effect.Refused("transfer-unknown");
        if (offer.Issuer != act.Issuer && !offer.Addressees.Contains(act.Issuer)) return new Effect.Refused("not-an-authority-of-the-case");
        var (lodged, person, outcome, reference) = (Text(act, "lodged"), Text(act, "person"), Text(act, "outcome"), Text(act, "legalReference"));
        Func<UsedTransfer, Decision<UseEvent>>? decide = Text(act, "event") == "lodged" && person is not null && reference is not null
            ? used => new NoteRemedy(digest, person, act.Payload.GetProperty("suspensive").GetBoolean(), reference, message.At).Decide(used.Use)
            : lodged is not null && reference is not null && EnumCode.Read<RemedyOutcome>(outcome ?? "") is { } known
            ? used => new NoteRemedyDecision(lodged, digest, known, reference, message.At).Decide(used.Use)
            : null;
        return decide is null ? new Effect.Refused("remedy-incomplete") : await effects.On(message, offered.Transfer, "reason", decide, cancellation);
    }

    /// <summary>Whether a delay notice is the holder's: one to the requested side speaks of an order to destroy, never of the execution of the request.</summary>
    public bool Concerns(AcceptedMessage message) => message.Thread.History.Case?.StartsWith("received-", StringComparison.Ordinal) == true;

    public async Task<Effect> Deferred(AcceptedMessage message, CancellationToken cancellation)
    {
        var order = CaseWord.Member(message, "inReplyTo")!.Value.GetProperty("digest").GetString()!;
        var acts = await ThreadActs.Load(work.Vault, message.Thread, cancellation);
        if (acts.GetValueOrDefault(Digest.Parse(order))?.Names is not { } names || acts.GetValueOrDefault(names.Digest)?.Body is not ActBody.TransferOffer offer) return new Effect.Refused("order-unknown");
        return await effects.On(message, offer.Transfer, "reason", used => new NoteDeferral(order, CaseWord.Member(message, "until")?.GetDateTimeOffset(), message.At).Decide(used.Use), cancellation);
    }

    private static Act? OfferOf(AcceptedMessage message) => message.Acts[0].Names is { } names ? message.Known.GetValueOrDefault(names.Digest) : null;

    private static string? Text(Act act, string member) => act.Payload.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
