using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>
/// The issuing authority signs the bytes fixed at the first approval, or nothing. The request leaves in the same append, except where a validation
/// must come before; an emergency under EEV 4(5) leaves at once.
/// </summary>
/// <param name="PayloadDigest">SHA-256 of the bytes about to be signed; must be the approved one.</param>
/// <param name="ActDigest">SHA-256 over the JWS signing input, known before the signature is made.</param>
/// <param name="Key">RFC 7638 thumbprint of the issuing authority's act key.</param>
public sealed record SignRequest(string PayloadDigest, string ActDigest, string Key, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Approved s when By.Authority != s.Draft.Facts.Issuer.Authority => new NotPermitted(RequestRules.IssuingAuthorityOnly),
        AssistanceRequest.Approved s when PayloadDigest != s.Act.PayloadDigest => new NotPermitted(RequestRules.OtherBytes),
        AssistanceRequest.Approved { Act.Validation: ValidationMode.Before } => [Signed],
        AssistanceRequest.Approved s => [Signed, .. Departure.Of(s.Draft.Facts, s.Assessment.Summary, At)],
        AssistanceRequest.Assessed s when s.Assessment.Summary.IncurableBlocks.Any() => new NotPermitted(AssessmentRules.BlockStands),
        AssistanceRequest.AwaitingValidation s when s.Request.ActDigest == ActDigest => [],
        AssistanceRequest.Sent s when s.Request.ActDigest == ActDigest => [],
        _ => RequestRules.OutOfOrder(request),
    };

    private RequestEvent.ActSigned Signed => new(ActDigest, Key, By, At);
}
