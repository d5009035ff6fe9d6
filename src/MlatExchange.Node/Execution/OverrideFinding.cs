using System.Text;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Execution;

/// <summary><c>POST /api/received/{id}/overrides</c>: an executing prosecutor sets one of the own flags aside with reasons.</summary>
public static class OverrideFindingEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/overrides", Handle).For(Role.ExecutingProsecutor)
        .WithTags("Received").WithSummary("Set an own flag aside with reasons").WithExample("""{"rule":"range-width","reason":"The account was dormant for most of the range."}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk)
    {
        var (body, refused) = await StrictBody.Read<OverrideBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.On(http, id, (request, inHand) =>
        {
            var by = desk.Work.Acting(ReceivedDesk.KeyOf(id), http, Role.ExecutingProsecutor);
            var decision = new OverrideFinding(body.Rule, by, desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, request, inHand.Dossier.Received, decision, by);
            if (!group.IsEmpty) group.Seal(ReceivedDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, request.Version, version =>
                ReceivedDesk.Answer(http, 200, ReceivedDesk.After(request.State, decision), version)));
        });
    }
}
