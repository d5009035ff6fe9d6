using System.Text;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <param name="Question">In words; kept in the vault and disclosed to the issuing authority.</param>
/// <param name="Items">References of the items it is about; left out for the request as a whole.</param>
public sealed record ClarificationRequestBody(string Question, IReadOnlyList<string>? Items = null);

/// <summary><c>POST /api/received/{id}/clarifications</c>: asks the sender before going on; where the law says so the clock stands still until the answer.</summary>
public static class AskClarificationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/clarifications", Handle).For(Role.ExecutingProsecutor)
        .WithTags("Received").WithSummary("Ask the issuing authority; the clock stands still where the law says so").WithExample("""{"question":"Which of the two accounts is meant?","items":["i1"]}""");

    /// <summary>Where the question or the answer number <paramref name="n"/> lies.</summary>
    public static string TextOf(string side, Guid id, int n, string what) => $"{side}/{id}/clarification/{n}/{what}";

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk)
    {
        var (body, refused) = await StrictBody.Read<ClarificationRequestBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Question) is { } fault) return Problem.Of([fault with { Pointer = "/question" }]);
        return await desk.On(http, id, async (request, inHand) =>
        {
            var (work, received) = (desk.Work, inHand.Dossier.Received);
            var by = work.Acting(ReceivedDesk.KeyOf(id), http, Role.ExecutingProsecutor);
            var decision = new AskClarification(body.Items ?? [], by, work.Now).Decide(request.State);
            return await desk.Write(http, id, request, received, decision, by, async group =>
            {
                group.Seal(TextOf("received", id, inHand.Dossier.Clarifications.Count, "question"), Encoding.UTF8.GetBytes(body.Question));
                var (texts, disclosures) = Disclosures.Make(work.Random, "question", body.Question);
                var words = CaseWord.Of(
                    MessageKind.ClarificationRequest, received.Act, received.ActDigest,
                    ("items", body.Items is { Count: > 0 } items ? CaseWord.Refs(items) : null), ("texts", CaseWord.Texts(texts)));
                await work.Send(group, received.Thread, http.RequestAborted, ReceivedDesk.Message(id, request, received, words) with { Disclosures = disclosures });
            });
        });
    }
}
