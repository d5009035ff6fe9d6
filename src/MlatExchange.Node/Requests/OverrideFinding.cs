using System.Text;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Requests;

/// <param name="Rule">Slug of a rule that flags.</param>
/// <param name="Reason">In words; kept in the vault.</param>
public sealed record OverrideBody(string Rule, string Reason);

/// <summary><c>POST /api/requests/{id}/overrides</c>: a named official sets one flag aside with reasons; a block never.</summary>
public static class OverrideFindingEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/overrides", Handle).For(Role.Assessor)
        .WithTags("Requests").WithSummary("Set a flag aside with reasons").WithExample("""{"rule":"range-width","reason":"The account was dormant for most of the range."}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk)
    {
        var (body, refused) = await StrictBody.Read<OverrideBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.On(http, id, request =>
        {
            var decision = new OverrideFinding(body.Rule, desk.Acting(id, http, Role.Assessor), desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, request, decision, RequestDesk.Draft(request.State)!.Facts);
            if (!group.IsEmpty) group.Seal(RequestDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, request.Version, version =>
                RequestDesk.Answer(http, 200, RequestDesk.After(request.State, decision), version)));
        });
    }
}
