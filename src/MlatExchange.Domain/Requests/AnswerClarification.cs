namespace MlatExchange.Domain.Requests;

/// <summary>The issuing authority answers the question that waits longest. The answer in words goes to the vault and travels as a disclosure.</summary>
public sealed record AnswerClarification(Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Sent s when By.Authority != s.Request.Draft.Facts.Issuer.Authority => new NotPermitted(RequestRules.IssuingAuthorityOnly),
        AssistanceRequest.Sent s => Open(s) is { } asked ? [new RequestEvent.ClarificationAnswered(asked, By, At)] : new NotPermitted(RequestRules.NothingAsked),
        _ => RequestRules.OutOfOrder(request),
    };

    /// <summary>Digest of the message that asked and waits longest; null where none waits.</summary>
    public static string? Open(AssistanceRequest.Sent request) => request.Dispatch.Clarifications.FirstOrDefault(asked => asked.AnsweredAt is null)?.Message;
}
