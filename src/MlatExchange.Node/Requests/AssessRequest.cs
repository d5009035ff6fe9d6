using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Requests;

/// <summary><c>POST /api/requests/{id}/assessment</c>: runs the rules of the instrument and answers with every finding.</summary>
public static class AssessRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/assessment", Handle).For(Role.Drafter, Role.Assessor)
        .WithTags("Requests").WithSummary("Run the rules of the instrument");

    private static Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, Assessing assessing) => desk.On(http, id, request =>
    {
        if (RequestDesk.Draft(request.State) is not { } draft) return Task.FromResult(Attempt.Answer(Problem.NotFound()));
        var role = Caller.Of(http.User).Has(Role.Assessor) ? Role.Assessor : Role.Drafter;
        if (assessing.Run(draft.Facts, Side.Requesting, draft.Facts.Addressee.Jurisdiction, language: Languages.Of(http)) is not { } result)
            return Task.FromResult(Attempt.Answer(Problem.Of(Assessing.NoPack)));
        var decision = new RecordAssessment(result, desk.Acting(id, http, role), desk.Work.Now).Decide(request.State);
        if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
        return Task.FromResult(Attempt.Write(desk.Gather(id, request, decision, draft.Facts, result.PackDigest), request.Version, version =>
        {
            http.Tag(version);
            return Results.Json(AssessmentView.Of(result));
        }));
    });
}
