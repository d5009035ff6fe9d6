using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Retention;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Transfers;

namespace MlatExchange.Node.Requests;

/// <summary><c>POST /api/requests/{id}/closure</c>: nothing more is expected of the request; its key is ordered to be destroyed.</summary>
public static class CloseRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/closure", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Close a request");

    private static Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, KeyStore keys, IConfiguration settings) => desk.On(http, id, async request =>
    {
        if (request.State is AssistanceRequest.Closed or AssistanceRequest.ClosedUnsent) return Attempt.Answer(RequestDesk.Answer(http, 202, request.State, request.Version));
        var sent = request.State as AssistanceRequest.Dispatched;
        var transfers = sent?.Dispatch.Transfers ?? [];
        var open = await Open(desk, transfers, http.RequestAborted);
        var (by, now) = (desk.Acting(id, http, Role.Signer), desk.Work.Now);
        var decision = new CloseRequest(open, by, now).Decide(request.State);
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var facts = RequestDesk.Draft(request.State)!.Facts;
        var group = desk.Gather(id, request, decision, facts);
        var order = new ErasureOrder(
            [.. facts.Items.Select(item => item.DataCategory).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], facts.Items.Count, by, ErasureGround.CaseClosed,
            facts.Retention.LegalReference, Erasure.NotBefore(ErasureGround.CaseClosed, now, OrderDestructionEndpoint.ObjectionTime(settings)));
        var codes = CaseCodes.Of(facts, facts.Addressee.Jurisdiction, sent?.Request.Assessment.Summary.PackDigest);
        // Certified transfers have no key any more; one that lapsed may still have what came with its offer.
        foreach (var key in transfers.Select(TransferDesk.KeyOf).Where(key => keys.Find(key) is not null).Prepend(RequestDesk.KeyOf(id)))
            await EndKeyStep.Order(desk.Work.Journal, group, new(key, order, now), codes, http.RequestAborted);
        return Attempt.Write(group, request.Version, version =>
            RequestDesk.Answer(http, 202, RequestDesk.After(request.State, decision), version), by.Id.Value);
    });

    private static async Task<int> Open(RequestDesk desk, IReadOnlyList<string> transfers, CancellationToken cancellation)
    {
        var open = 0;
        foreach (var transfer in transfers)
        {
            var held = await desk.Work.Journal.Load<HeldTransfer, HoldingEvent>(TransferEvent.StreamName(transfer), HeldTransfer.Initial, HeldTransfer.Evolve, cancellation);
            if (held.State is not (HeldTransfer.Certified or HeldTransfer.Lapsed)) open++;
        }
        return open;
    }
}
