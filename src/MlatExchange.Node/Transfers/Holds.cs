using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Transfers;

/// <param name="Reason">In words, with the legal basis; kept in the vault.</param>
public sealed record ReasonBody(string Reason);

/// <summary><c>POST /api/transfers/{id}/holds</c> places a legal hold, <c>DELETE …/holds/{hold}</c> lifts it. While one stands nothing is destroyed.</summary>
public static class HoldEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/transfers/{id}/holds", (HttpContext http, string id, TransferDesk desk) => Handle(http, id, Guid.CreateVersion7(), desk, place: true))
            .For(Role.RequestingProsecutor, Role.Signer, Role.Judge).WithTags("Transfers").WithSummary("Place a legal hold").WithExample("""{"reason":"An appeal is pending."}""");
        routes.MapDelete("/api/transfers/{id}/holds/{hold:guid}", (HttpContext http, string id, Guid hold, TransferDesk desk) => Handle(http, id, hold, desk, place: false))
            .For(Role.RequestingProsecutor, Role.Signer, Role.Judge).WithTags("Transfers").WithSummary("Lift a legal hold");
    }

    private static async Task<IResult> Handle(HttpContext http, string id, Guid hold, TransferDesk desk, bool place)
    {
        var (body, refused) = place ? await StrictBody.Read<ReasonBody>(http) : (new ReasonBody("lifted"), null);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.OnHeld(http, id, (loaded, known, request) =>
        {
            var by = desk.Work.Acting(RequestDesk.KeyOf(known.Holding.Offer.Request), http, Role.RequestingProsecutor);
            Decision<HoldingEvent> decision = place ? new PlaceHold(hold, by, desk.Work.Now).Decide(loaded.State) : new LiftHold(hold, by, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty && place) group.Seal($"transfer/{id}/reason/{loaded.Version + 1}", Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, loaded.Version, version =>
            {
                http.Tag(version);
                return Results.Json(new { hold, state = TransferDesk.After(loaded.State, decision).Name, version }, statusCode: 202);
            }));
        });
    }
}
