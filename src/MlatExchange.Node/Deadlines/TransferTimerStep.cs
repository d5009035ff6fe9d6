using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Transfers;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Deadlines;

/// <summary>What is due in a transfer: at the supplier it stops or lapses; at the holder it lapses, falls due for destruction, and the destruction is ordered.</summary>
public sealed class TransferTimerStep(TransferDesk desk, UseDesk use, Pseudonyms pseudonyms, IConfiguration settings)
{
    public async Task Supplied(string transfer, CancellationToken cancellation)
    {
        var loaded = await desk.Supplied(transfer, cancellation);
        if (TransferDesk.Package(loaded.State) is not { } package) return;
        var received = await desk.Received(package.Received, cancellation);
        var used = await use.Load(transfer, cancellation);
        if (await Breaches(used, cancellation)) return;
        var decision = SupplyTimer.Fire(loaded.State, received, desk.Work.Now, used?.Use.Demand);
        await desk.Work.Journal.TryAppend(desk.Gather(transfer, loaded, package, received, decision, timed: true), cancellation);
    }

    public async Task Held(string transfer, CancellationToken cancellation)
    {
        var loaded = await desk.Held(transfer, cancellation);
        if (loaded.State is not HeldTransfer.Known { Holding: var holding }) return;
        var request = await desk.Request(holding.Offer.Request, cancellation);
        var used = await use.Load(transfer, cancellation);
        if (await Breaches(used, cancellation) || await Deferred(loaded.State, used, cancellation)) return;
        var node = new Official(pseudonyms.Of(RequestDesk.KeyOf(holding.Offer.Request), "node"), "node", request.Request.Draft.Facts.Issuer.Authority);
        var decision = HoldingTimer.Fire(loaded.State, request, OrderDestructionEndpoint.ObjectionTime(settings), node, desk.Work.Now, used?.Use.Demand);
        await desk.Work.Journal.TryAppend(desk.Gather(transfer, loaded, holding, request, decision, node, timed: true), cancellation);
    }

    /// <summary>Records what was owed and is not there. Whatever else is due is done at the next look.</summary>
    /// <returns>Whether there was something to record.</returns>
    private async Task<bool> Breaches(UsedTransfer? used, CancellationToken cancellation)
    {
        if (used is null) return false;
        var decision = UseTimer.Fire(used.Use, desk.Work.Now);
        return decision.Events.Count > 0 && await desk.Work.Journal.TryAppend(use.Gather(used, decision), cancellation);
    }

    /// <summary>Tells the supplier once that a legal hold stands against its order to destroy.</summary>
    /// <returns>Whether there was something to tell.</returns>
    private async Task<bool> Deferred(HeldTransfer held, UsedTransfer? used, CancellationToken cancellation)
    {
        if (used?.Use.Demand is not { } demand || held is not HeldTransfer.Known { Holding.HoldEnds: var until } || !HoldingTimer.Owes(held, demand)) return false;
        var group = use.Gather(used, new DeferDestruction(until, desk.Work.Now).Decide(used.Use));
        if (group.IsEmpty) return false;
        var order = (await AcceptOfferEndpoint.OfferAct(desk.Work, used.Thread, demand.Act, cancellation)).Ref;
        var words = CaseWord.Of(MessageKind.DelayNotice, order.Act, demand.Act, ("ground", "legal-hold"), ("until", until is { } end ? WireTime.Text(end) : null));
        await desk.Work.Send(group, used.Thread, cancellation, UseDesk.Message(used, words, []));
        return await desk.Work.Journal.TryAppend(group, cancellation);
    }
}
