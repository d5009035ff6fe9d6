using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Requests;

/// <summary><c>POST /api/requests/{id}/closure</c>: nothing more is expected of the request.</summary>
public static class CloseRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/closure", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Close a request");

    private static Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk) => desk.On(http, id, async request =>
    {
        var open = request.State is AssistanceRequest.Dispatched dispatched ? await Open(desk, dispatched.Dispatch.Transfers, http.RequestAborted) : 0;
        var decision = new CloseRequest(open, desk.Acting(id, http, Role.Signer), desk.Work.Now).Decide(request.State);
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var group = desk.Gather(id, request, decision, RequestDesk.Draft(request.State)!.Facts);
        return Attempt.Write(group, request.Version, version =>
            RequestDesk.Answer(http, 202, RequestDesk.After(request.State, decision), version));
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
