using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Transfers;

/// <param name="Trigger">Code of what a retention term waits for, such as <c>final-judgment</c> or <c>case-closure</c>.</param>
/// <param name="At">When it happened; not ahead.</param>
/// <param name="Reason">In words; kept in the vault.</param>
public sealed record TriggerBody(string Trigger, DateTimeOffset At, string Reason);

/// <summary><c>POST /api/transfers/{id}/triggers</c>: the holder says that what a retention term counts from has happened. From here on the day of destruction is known.</summary>
public static class RecordTriggerEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/triggers", Handle).For(Role.RequestingProsecutor)
        .WithTags("Transfers").WithSummary("Start the retention terms that wait for an event").WithExample("""{"trigger":"final-judgment","at":"2026-11-20T09:00:00.000Z","reason":"The judgment became final."}""");

    private static async Task<IResult> Handle(HttpContext http, string id, TransferDesk desk)
    {
        var (body, refused) = await StrictBody.Read<TriggerBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (!Domain.Assessment.Codes.Triggers.Contains(body.Trigger)) return Problem.Of([new MemberFault("/trigger", "unknown-code", "A trigger of a retention term.")]);
        return await desk.OnHeld(http, id, (loaded, known, request) =>
        {
            var by = desk.Work.Acting(RequestDesk.KeyOf(known.Holding.Offer.Request), http, Role.RequestingProsecutor);
            var decision = new RecordTrigger(body.Trigger, body.At.ToUniversalTime(), by, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty) group.Seal($"transfer/{id}/reason/{loaded.Version + 1}", Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, loaded.Version, version => TransferDesk.Answer(http, 202, TransferDesk.After(loaded.State, decision).Name, version)));
        });
    }
}
