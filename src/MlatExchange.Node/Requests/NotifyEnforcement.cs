using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary>The notification of the enforcing authority that leaves with a request, in the same thread and append (EEV 8(1)).</summary>
internal static class NotifyEnforcement
{
    /// <param name="act">The request act that it speaks of.</param>
    /// <param name="decision">What was decided; none where that notifies nobody.</param>
    public static IEnumerable<Outgoing> With(Guid id, Loaded<AssistanceRequest> request, RequestFacts facts, Act act, Decision<RequestEvent> decision) =>
        decision.Events.OfType<RequestEvent.EnforcementNotified>().Select(notified => RequestDesk.Message(id, request, facts, CaseWord.Of(
            MessageKind.EnforcementNotification, act.Id, act.Digest.ToString(), ("authority", notified.Authority), ("items", CaseWord.Refs(notified.Items)))));
}
