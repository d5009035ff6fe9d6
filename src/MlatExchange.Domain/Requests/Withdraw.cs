using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>The issuing authority takes the request back. What has not left is given up; what has left is withdrawn by a signed act.</summary>
/// <param name="Ground">The reason in words goes to the vault.</param>
/// <param name="ActDigest">Digest of the withdrawal act; not needed, and not recorded, where nothing has left.</param>
public sealed record Withdraw(WithdrawalGround Ground, string? ActDigest, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Abandoned or AssistanceRequest.Withdrawn => [],
        AssistanceRequest.BeforeSignature s => IsIssuer(s.Draft) ? GiveUp : new NotPermitted(RequestRules.IssuingAuthorityOnly),
        AssistanceRequest.AwaitingValidation s => IsIssuer(s.Request.Draft) ? GiveUp : new NotPermitted(RequestRules.IssuingAuthorityOnly),
        AssistanceRequest.Sent s when !IsIssuer(s.Request.Draft) => new NotPermitted(RequestRules.IssuingAuthorityOnly),
        AssistanceRequest.Sent s when !Holds(s) => new NotPermitted(RequestRules.GroundDoesNotHold),
        AssistanceRequest.Sent when ActDigest is null => new NotPermitted(RequestRules.WithdrawalActFirst),
        AssistanceRequest.Sent => [new RequestEvent.Withdrawn(Ground, ActDigest, By, At)],
        _ => RequestRules.OutOfOrder(request),
    };

    private Decision<RequestEvent> GiveUp => Ground is WithdrawalGround.NoLongerNeeded or WithdrawalGround.IssuedInError
        ? [new RequestEvent.Withdrawn(Ground, null, By, At)]
        : new NotPermitted(RequestRules.GroundDoesNotHold);

    private bool IsIssuer(Draft draft) => By.Authority == draft.Facts.Issuer.Authority;

    private bool Holds(AssistanceRequest.Sent sent) => Ground switch
    {
        WithdrawalGround.ValidationRefused => sent.Dispatch.Validation == ValidationOutcome.Refused,
        WithdrawalGround.ValidationLapsed => sent.Dispatch.Validation is null && At > sent.ValidationDue,
        _ => true,
    };
}
