using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Execution;

namespace MlatExchange.Node.Deadlines;

/// <summary>Records the terms of a received request that ended unmet, and tells the sender what is preserved no longer.</summary>
public sealed class ReceivedTimerStep(ReceivedDesk desk, DeadlineTables tables)
{
    public async Task Run(Guid id, CancellationToken cancellation)
    {
        var request = await desk.Load(id, cancellation);
        if (request.State is not ReceivedRequest.InHand inHand) return;
        var decision = ReceivedTimer.Fire(inHand, tables, desk.Work.Now);
        var received = inHand.Dossier.Received;
        var group = desk.Gather(id, request, received, decision, timed: true);
        // The sender is told what was let go, so that both sides say the same.
        if (decision.Events.OfType<ExecutionEvent.PreservationEnded>().Any())
        {
            var after = (ReceivedRequest.InHand)ReceivedDesk.After(inHand, decision);
            await desk.Work.Send(group, received.Thread, cancellation, ReceivedDesk.Message(id, request, received, PreservationWords.Status(received, after.Dossier.Preservation.Listed)));
        }

        await desk.Work.Journal.TryAppend(group, cancellation);
    }
}
