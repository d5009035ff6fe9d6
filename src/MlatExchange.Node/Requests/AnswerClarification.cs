using System.Text;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <param name="Answer">In words; kept in the vault and disclosed to the executing authority.</param>
public sealed record ClarificationBody(string Answer);

/// <summary><c>POST /api/requests/{id}/clarifications</c>: answers the question of the executing side that waits longest.</summary>
public static class AnswerClarificationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/clarifications", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Answer the executing authority's question").WithExample("""{"answer":"The account ending in 4711."}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk)
    {
        var (body, refused) = await StrictBody.Read<ClarificationBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Answer) is { } fault) return Problem.Of([fault with { Pointer = "/answer" }]);
        return await desk.On(http, id, async request =>
        {
            var by = desk.Acting(id, http, Role.Signer);
            var decision = new AnswerClarification(by, desk.Work.Now).Decide(request.State);
            return await desk.Write(http, id, request, decision, async (group, signed) =>
            {
                var sent = (AssistanceRequest.Sent)request.State;
                var asked = AnswerClarification.Open(sent)!;
                var n = sent.Dispatch.Clarifications.TakeWhile(question => question.Message != asked).Count();
                group.Seal(AskClarificationEndpoint.TextOf("request", id, n, "answer"), Encoding.UTF8.GetBytes(body.Answer));
                var (texts, disclosures) = Disclosures.Make(desk.Work.Random, "answer", body.Answer);
                var words = CaseWord.Of(MessageKind.Clarification, signed.Act.Act, signed.ActDigest, ("answers", asked), ("texts", CaseWord.Texts(texts)));
                await desk.Work.Send(group, signed.Draft.Thread, http.RequestAborted, RequestDesk.Message(id, request, signed.Draft.Facts, words) with { Disclosures = disclosures });
            });
        });
    }
}
