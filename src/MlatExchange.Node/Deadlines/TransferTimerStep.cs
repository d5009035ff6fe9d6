using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Transfers;

namespace MlatExchange.Node.Deadlines;

/// <summary>What is due in a transfer: at the supplier it stops or lapses; at the holder it lapses, falls due for destruction, and the destruction is ordered.</summary>
public sealed class TransferTimerStep(TransferDesk desk, UseDesk use, Pseudonyms pseudonyms, IConfiguration settings)
{
    public async Task Supplied(string transfer, CancellationToken cancellation)
    {
        var loaded = await desk.Supplied(transfer, cancellation);
        if (TransferDesk.Package(loaded.State) is not { } package) return;
        var received = await desk.Received(package.Received, cancellation);
        if (await Breaches(transfer, cancellation)) return;
        var decision = SupplyTimer.Fire(loaded.State, received, desk.Work.Now);
        await desk.Work.Journal.TryAppend(desk.Gather(transfer, loaded, package, received, decision, timed: true), cancellation);
    }

    public async Task Held(string transfer, CancellationToken cancellation)
    {
        var loaded = await desk.Held(transfer, cancellation);
        if (loaded.State is not HeldTransfer.Known { Holding: var holding }) return;
        var request = await desk.Request(holding.Offer.Request, cancellation);
        if (await Breaches(transfer, cancellation)) return;
        var node = new Official(pseudonyms.Of(RequestDesk.KeyOf(holding.Offer.Request), "node"), "node", request.Request.Draft.Facts.Issuer.Authority);
        var decision = HoldingTimer.Fire(loaded.State, request, OrderDestructionEndpoint.ObjectionTime(settings), node, desk.Work.Now);
        await desk.Work.Journal.TryAppend(desk.Gather(transfer, loaded, holding, request, decision, node, timed: true), cancellation);
    }

    /// <summary>Records what was owed and is not there. Whatever else is due is done at the next look.</summary>
    /// <returns>Whether there was something to record.</returns>
    private async Task<bool> Breaches(string transfer, CancellationToken cancellation)
    {
        if (await use.Load(transfer, cancellation) is not { } used) return false;
        var decision = UseTimer.Fire(used.Use, desk.Work.Now);
        return decision.Events.Count > 0 && await desk.Work.Journal.TryAppend(use.Gather(used, decision), cancellation);
    }
}
