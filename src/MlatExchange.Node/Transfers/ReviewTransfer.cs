using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Transfers;

/// <param name="Outcome"><c>still-necessary</c> or <c>no-longer-necessary</c>.</param>
/// <param name="Reason">In words; kept in the vault.</param>
public sealed record ReviewBody(string Outcome, string Reason);

/// <summary><c>POST /api/transfers/{id}/reviews</c>: a named official says whether the evidence is still needed (2AP 14(5)).</summary>
public static class ReviewTransferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/reviews", Handle).For(Role.RequestingProsecutor, Role.Signer)
        .WithTags("Transfers").WithSummary("Review whether the evidence is still needed").WithExample("""{"outcome":"still-necessary","reason":"The trial opens in March."}""");

    private static async Task<IResult> Handle(HttpContext http, string id, TransferDesk desk)
    {
        var (body, refused) = await StrictBody.Read<ReviewBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (body.Outcome is not ("still-necessary" or "no-longer-necessary")) return Problem.Of([new MemberFault("/outcome", "unknown-code", "still-necessary or no-longer-necessary.")]);
        var outcome = body.Outcome == "still-necessary" ? ReviewOutcome.StillNecessary : ReviewOutcome.NoLongerNecessary;
        return await desk.OnHeld(http, id, (loaded, known, request) =>
        {
            var by = desk.Work.Acting(RequestDesk.KeyOf(known.Holding.Offer.Request), http, Role.RequestingProsecutor);
            var decision = new ReviewTransfer(outcome, by, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty) group.Seal($"transfer/{id}/reason/{loaded.Version + 1}", Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, loaded.Version, version =>
                TransferDesk.Answer(http, 202, TransferDesk.After(loaded.State, decision).Name, version)));
        });
    }
}
