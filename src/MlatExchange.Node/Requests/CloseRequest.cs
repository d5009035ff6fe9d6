using MlatExchange.Domain.Requests;
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

    private static Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk) => desk.On(http, id, request =>
    {
        var decision = new CloseRequest(desk.Acting(id, http, Role.Signer), desk.Now).Decide(request.State);
        if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
        var group = desk.Gather(id, request, decision, RequestDesk.Draft(request.State)!.Facts);
        return Task.FromResult(Attempt.Write(group, null, versions =>
            RequestDesk.Answer(http, 202, RequestDesk.After(request.State, decision), versions.Count > 0 ? versions[0] : request.Version)));
    });
}
