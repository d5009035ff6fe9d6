using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Requests;

/// <summary>The issuing authority asks the enforcing authority to enforce an order that was not complied with in time (EEV 16(1)).</summary>
/// <param name="Unmet">Whether a term to produce ended unmet; looked up by the caller in <see cref="RequestTerms"/>.</param>
public sealed record AskEnforcement(bool Unmet, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Sent s when By.Authority != s.Request.Draft.Facts.Issuer.Authority => new NotPermitted(RequestRules.IssuingAuthorityOnly),
        AssistanceRequest.Sent { Request.Draft.Facts.Instrument: not "EEV" } => new NotPermitted(RequestRules.EnforcementNotForeseen),
        AssistanceRequest.Sent { Dispatch.Enforcement: not null } => [],
        AssistanceRequest.Sent s when !Unmet || Items(s).Count == 0 => new NotPermitted(RequestRules.NotLate),
        AssistanceRequest.Sent s => [new RequestEvent.EnforcementAsked(s.Dispatch.ForwardedTo ?? s.Request.Draft.Facts.Addressee.Authority, Items(s), By, At)],
        _ => RequestRules.OutOfOrder(request),
    };

    /// <summary>What is to be produced and was not refused.</summary>
    private static List<string> Items(AssistanceRequest.Sent request) =>
    [
        .. request.Request.Draft.Facts.Items
            .Where(item => item.Measure == Codes.Produce && !(request.Dispatch.Decisions.TryGetValue(item.Ref, out var decided) && decided.Outcome == ItemOutcome.Refused))
            .Select(item => item.Ref),
    ];
}
