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
/// <param name="Ground"><c>holder-decision</c> (the default), <c>review</c>, <c>court-order</c>, <c>objection</c>, <c>validation-refused</c>, <c>request-withdrawn</c> or <c>term-ended</c>.</param>
public sealed record DestructionBody(string Reason, string? Ground = null);

/// <summary><c>POST /api/transfers/{id}/destruction</c>: the holder orders the destruction. The order is logged, held open for objection, then carried out and certified by itself.</summary>
public static class OrderDestructionEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/destruction", Handle).For(Role.RequestingProsecutor, Role.Signer)
        .WithTags("Transfers").WithSummary("Order the destruction of a transfer").WithExample("""{"reason":"The charge was dropped.","ground":"holder-decision"}""");

    /// <summary>How long an order stays open for objection, unless its ground leaves no choice: 72 hours unless set otherwise.</summary>
    public static TimeSpan ObjectionTime(IConfiguration settings) => TimeSpan.FromSeconds(settings.GetValue("Erasure:NotBeforeSeconds", 72 * 3600.0));

    private static async Task<IResult> Handle(HttpContext http, string id, TransferDesk desk, IConfiguration settings)
    {
        var (body, refused) = await StrictBody.Read<DestructionBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (EnumCode.Read<ErasureGround>(body.Ground ?? "holder-decision") is not { } named)
            return Problem.Of([new MemberFault("/ground", "unknown-code", "A ground of erasure.")]);
        return await desk.OnHeld(http, id, (loaded, known, request) =>
        {
            var by = desk.Work.Acting(RequestDesk.KeyOf(known.Holding.Offer.Request), http, Role.RequestingProsecutor);
            var decision = new OrderDestruction(named, ObjectionTime(settings), by, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty) group.Seal($"transfer/{id}/reason/{loaded.Version + 1}", Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, loaded.Version, version =>
                TransferDesk.Answer(http, 202, TransferDesk.After(loaded.State, decision).Name, version)));
        });
    }
}
