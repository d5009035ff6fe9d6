using System.Text;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <param name="Reason">In words; kept in the vault and disclosed to the enforcing authority.</param>
public sealed record EnforcementBody(string Reason);

/// <summary><c>POST /api/requests/{id}/enforcement</c>: the order was not complied with in time, and the enforcing authority is asked to enforce it (EEV 16(1)).</summary>
public static class AskEnforcementEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/enforcement", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Ask for the enforcement of an order that was not complied with in time").WithExample("""{"reason":"The provider has not answered."}""");

    /// <summary>Where the reason lies.</summary>
    /// <param name="side"><c>request</c> or <c>received</c>.</param>
    public static string ReasonOf(string side, Guid id) => $"{side}/{id}/enforcement";

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<EnforcementBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.On(http, id, async request =>
        {
            var by = desk.Acting(id, http, Role.Signer);
            var decision = new AskEnforcement(RequestTerms.Unproduced(request.State, tables, desk.Work.Now), by, desk.Work.Now).Decide(request.State);
            return await desk.Write(http, id, request, decision, async (group, sent) =>
            {
                foreach (var asked in decision.Events.OfType<RequestEvent.EnforcementAsked>())
                {
                    group.Seal(ReasonOf("request", id), Encoding.UTF8.GetBytes(body.Reason));
                    var (texts, disclosures) = Disclosures.Make(desk.Work.Random, "reason", body.Reason);
                    var words = CaseWord.Of(
                        MessageKind.EnforcementRequest, sent.Act.Act, sent.ActDigest, ("authority", asked.Authority), ("items", CaseWord.Refs(asked.Items)), ("texts", CaseWord.Texts(texts)));
                    await desk.Work.Send(group, sent.Draft.Thread, http.RequestAborted, RequestDesk.Message(id, request, sent.Draft.Facts, words) with { Disclosures = disclosures });
                }
            });
        });
    }
}
