using MlatExchange.Domain.Requests;

namespace MlatExchange.Domain.Transfers;

/// <summary>The requesting authority accepts conditions and terms by a signed act that repeats their digests.</summary>
/// <param name="ActDigest">SHA-256 over the conditions-accepted act's signing input, known before the signature is made.</param>
/// <param name="TransferKey">RFC 7638 thumbprint of the fresh key made by the prosecutor's tool.</param>
/// <param name="Answered">The request that the offer answers, as it stands at the version that the append names.</param>
public sealed record AcceptOffer(string ActDigest, string TransferKey, AssistanceRequest Answered, Official By, DateTimeOffset At)
{
    public Decision<HoldingEvent> Decide(HeldTransfer transfer) => transfer switch
    {
        HeldTransfer.Accepted s => s.Acceptance.TransferKey == TransferKey ? [] : new NotPermitted(TransferRules.AlreadyAccepted),
        HeldTransfer.UnderRetention => new NotPermitted(TransferRules.AlreadyAccepted),
        HeldTransfer.Offered when Answered is not AssistanceRequest.Sent => new NotPermitted(TransferRules.RequestDoesNotStand),
        HeldTransfer.Offered when By.Authority != ((AssistanceRequest.Sent)Answered).Request.Draft.Facts.Issuer.Authority =>
            new NotPermitted(TransferRules.RequestingAuthorityOnly),
        HeldTransfer.Offered s when At > s.Holding.Offer.ReleaseBy => new NotPermitted(TransferRules.OfferExpired),
        HeldTransfer.Offered => [new HoldingEvent.Accepted(ActDigest, TransferKey, By, At)],
        _ => TransferRules.OutOfOrder(transfer),
    };
}
