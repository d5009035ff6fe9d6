using System.Text;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Requests;

/// <summary><c>PUT /api/requests/{id}</c>: replaces what was entered; assessment, overrides and approvals of the version before are void.</summary>
public static class ReviseRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/requests/{id:guid}", Handle).For(Role.Drafter)
        .WithTags("Requests").WithSummary("Change a request that is not signed").WithExample(Example.Request);

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, NodeSettings node)
    {
        var (body, refused) = await StrictBody.Read(http);
        if (refused is not null) return refused;
        var text = Encoding.UTF8.GetBytes(body.GetRawText());
        var reading = RequestContent.Parse(text, node.Jurisdiction);
        if (reading.Value is not { } content) return Problem.Of(reading.Faults);
        if (Caller.Of(http.User).Authority != content.Facts.Issuer.Authority) return Problem.OtherAuthority();
        if (DraftRequestEndpoint.Unknown(desk, content) is { Count: > 0 } unknown) return Problem.Of(unknown);
        return await desk.On(http, id, request =>
        {
            var revision = (RequestDesk.Draft(request.State)?.Revision ?? 0) + 1;
            var decision = new ReviseRequest(content.Facts, revision, desk.Acting(id, http, Role.Drafter), desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, request, decision, content.Facts).Seal(RequestDesk.ContentOf(id, revision), text);
            return Task.FromResult(Attempt.Write(group, request.Version, version => RequestDesk.Answer(http, 200, RequestDesk.After(request.State, decision), version)));
        });
    }
}
