using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Requests;

/// <summary>
/// A request leaves. Where its assessment says that the enforcing authority must be notified, the notification leaves with it (EEV 8(1): at the same time), so that there is no
/// order of which the authority does not know.
/// </summary>
internal static class Departure
{
    public static RequestEvent[] Of(RequestFacts facts, AssessmentSummary assessment, DateTimeOffset at) =>
        assessment.NotifyEnforcingAuthority == true && EnforcementNotice.Covered(facts) is { Count: > 0 } items
            ? [new RequestEvent.Sent(at), new RequestEvent.EnforcementNotified(facts.Addressee.Authority, items, at)]
            : [new RequestEvent.Sent(at)];
}
