using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Execution;

namespace MlatExchange.Node.Deadlines;

/// <summary>Records the terms of a received request that ended unmet.</summary>
public sealed class ReceivedTimerStep(ReceivedDesk desk, DeadlineTables tables)
{
    public async Task Run(Guid id, CancellationToken cancellation)
    {
        var request = await desk.Load(id, cancellation);
        if (request.State is not ReceivedRequest.InHand inHand) return;
        var decision = ReceivedTimer.Fire(inHand, tables, desk.Work.Now);
        await desk.Work.Journal.TryAppend(desk.Gather(id, request, inHand.Dossier.Received, decision, timed: true), cancellation);
    }
}
