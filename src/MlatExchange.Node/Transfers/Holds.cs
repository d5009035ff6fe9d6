using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Transfers;

/// <param name="Reason">In words; kept in the vault.</param>
public sealed record ReasonBody(string Reason);

/// <param name="Reason">In words; kept in the vault.</param>
/// <param name="Basis">Code: <c>appeal-pending</c>, <c>retrial-pending</c>, <c>court-order</c>, <c>defence-request</c>, <c>civil-claim</c>, <c>oversight-inquiry</c>, or <c>other-proceedings</c> where left out.</param>
/// <param name="LegalReference">The rule that allows it; where left out, the one of the retention terms.</param>
/// <param name="Authority">Code of the authority on whose word it stands; where left out, the caller's.</param>
/// <param name="Until">When it ends by itself, at most 366 days ahead; where left out, in 90 days.</param>
public sealed record HoldBody(string Reason, string? Basis = null, string? LegalReference = null, string? Authority = null, DateTimeOffset? Until = null);

/// <param name="Until">The new end, at most 366 days ahead.</param>
/// <param name="Reason">Why it is still needed; kept in the vault.</param>
public sealed record RenewalBody(DateTimeOffset Until, string Reason);

/// <summary>
/// <c>POST /api/transfers/{id}/holds</c> places a legal hold, <c>POST …/holds/{hold}/renewals</c> lets it stand longer, <c>DELETE …/holds/{hold}</c> lifts it. While one stands nothing
/// is destroyed; each ends by itself.
/// </summary>
public static class HoldEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/transfers/{id}/holds", Place).For(Role.RequestingProsecutor, Role.Signer, Role.Judge).WithTags("Transfers").WithSummary("Place a legal hold")
            .WithExample("""{"reason":"An appeal is pending.","basis":"appeal-pending","legalReference":"XA Criminal Procedure Code 98","authority":"xa-judge"}""");
        routes.MapPost("/api/transfers/{id}/holds/{hold:guid}/renewals", Renew).For(Role.RequestingProsecutor, Role.Signer, Role.Judge).WithTags("Transfers").WithSummary("Let a legal hold stand longer")
            .WithExample("""{"until":"2027-03-01T00:00:00.000Z","reason":"The appeal is heard in February."}""");
        routes.MapDelete("/api/transfers/{id}/holds/{hold:guid}", Lift).For(Role.RequestingProsecutor, Role.Signer, Role.Judge).WithTags("Transfers").WithSummary("Lift a legal hold");
    }

    private static async Task<IResult> Place(HttpContext http, string id, TransferDesk desk)
    {
        var (body, refused) = await StrictBody.Read<HoldBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (EnumCode.Read<HoldBasis>(body.Basis ?? "other-proceedings") is not { } basis) return Problem.Of([new MemberFault("/basis", "unknown-code", "A basis of a legal hold.")]);
        if (body.LegalReference is { } reference && !Citations.Is(reference)) return Problem.Of([Citations.Fault("/legalReference")]);
        if (body.Authority is { } authority && !Slugs.Is(authority)) return Problem.Of([new MemberFault("/authority", "wrong-form", "The code of an authority.")]);
        var hold = Guid.CreateVersion7();
        return await On(http, id, hold, body.Reason, desk, (transfer, by, now) => new PlaceHold(
            hold, new(basis, body.LegalReference ?? transfer.Holding.DecidingTerms.LegalReference, body.Authority ?? by.Authority, (body.Until ?? now + Usual).ToUniversalTime()), by, now).Decide(transfer));
    }

    private static async Task<IResult> Renew(HttpContext http, string id, Guid hold, TransferDesk desk)
    {
        var (body, refused) = await StrictBody.Read<RenewalBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await On(http, id, hold, body.Reason, desk, (transfer, by, now) => new RenewHold(hold, body.Until.ToUniversalTime(), by, now).Decide(transfer));
    }

    private static Task<IResult> Lift(HttpContext http, string id, Guid hold, TransferDesk desk) =>
        On(http, id, hold, null, desk, (transfer, by, now) => new LiftHold(hold, by, now).Decide(transfer));

    private static Task<IResult> On(HttpContext http, string id, Guid hold, string? reason, TransferDesk desk, Func<HeldTransfer.Known, Official, DateTimeOffset, Decision<HoldingEvent>> decide) =>
        desk.OnHeld(http, id, (loaded, known, request) =>
        {
            var by = desk.Work.Acting(RequestDesk.KeyOf(known.Holding.Offer.Request), http, Role.RequestingProsecutor);
            var decision = decide(known, by, desk.Work.Now);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty && reason is not null) group.Seal($"transfer/{id}/reason/{loaded.Version + 1}", Encoding.UTF8.GetBytes(reason));
            return Task.FromResult(Attempt.Write(group, loaded.Version, version =>
            {
                http.Tag(version);
                return Results.Json(new { hold, state = TransferDesk.After(loaded.State, decision).Name, version }, statusCode: 202);
            }));
        });
}
