using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Requests;

/// <param name="Reason">In words; kept in the vault and disclosed to the executing authority.</param>
/// <param name="Ground"><c>no-longer-needed</c> (the default), <c>issued-in-error</c>, <c>validation-refused</c> or <c>validation-lapsed</c>.</param>
public sealed record WithdrawalBody(string Reason, string? Ground = null);

/// <summary><c>POST /api/requests/{id}/withdrawal</c>: what has not left is given up; what has left is withdrawn by a signed act.</summary>
public static class WithdrawRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/withdrawal", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Take a request back").WithExample("""{"reason":"The suspect was identified by other means.","ground":"no-longer-needed"}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk)
    {
        var (body, refused) = await StrictBody.Read<WithdrawalBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (EnumCode.Read<WithdrawalGround>(body.Ground ?? "no-longer-needed") is not { } ground)
            return Problem.Of([new MemberFault("/ground", "unknown-code", "A ground of withdrawal.")]);
        return await desk.On(http, id, async request =>
        {
            var by = desk.Acting(id, http, Role.Signer);
            var made = request.State is AssistanceRequest.Sent sent ? WithdrawalAct.Make(desk.Work, sent.Request, ground, body.Reason) : null;
            if (request.State is AssistanceRequest.Sent && made is null) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            var decision = new Withdraw(ground, made?.Act.Digest.ToString(), by, desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            if (RequestDesk.Draft(request.State) is not { } draft) return Attempt.Answer(RequestDesk.Answer(http, 202, request.State, request.Version));
            var group = desk.Gather(id, request, decision, draft.Facts);
            if (!group.IsEmpty)
            {
                if (made is not null) await made.Send(desk.Work, group, id, request, draft, body.Reason, http.RequestAborted);
                else group.Seal(RequestDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
            }
            return Attempt.Write(group, request.Version, version =>
                RequestDesk.Answer(http, 202, RequestDesk.After(request.State, decision), version));
        });
    }
}
