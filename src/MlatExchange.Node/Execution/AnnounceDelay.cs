using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <param name="Ground">Code of the reason, such as <c>volume</c>.</param>
/// <param name="Until">By when the authority expects to be done.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the issuing authority.</param>
public sealed record DelayBody(string Ground, DateTimeOffset Until, string Reason);

/// <summary><c>POST /api/received/{id}/delay</c>: the executing authority says that it cannot keep the term that runs, why and until when (EIO 12(5)-(6)).</summary>
public static class AnnounceDelayEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/delay", Handle).For(Role.ExecutingProsecutor, Role.Signer)
        .WithTags("Received").WithSummary("Say that the term that runs cannot be kept, why and until when")
        .WithExample("""{"ground":"volume","until":"2099-01-31T12:00:00.000Z","reason":"The provider holds two years of logs."}""");

    /// <summary>Where the reason of notice number <paramref name="n"/> lies.</summary>
    public static string ReasonOf(string side, Guid id, int n) => $"{side}/{id}/delay/{n}";

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<DelayBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (!Slugs.Is(body.Ground)) return Problem.Of([new MemberFault("/ground", "wrong-form", "A code in kebab case.")]);
        return await desk.On(http, id, async (request, inHand) =>
        {
            var (work, received) = (desk.Work, inHand.Dossier.Received);
            var by = desk.Executing(http, id);
            var decision = new AnnounceDelay(body.Ground, body.Until, ReceivedTerms.Owed(inHand, tables), by, work.Now).Decide(request.State);
            return await desk.Write(http, id, request, received, decision, by, async group =>
            {
                group.Seal(ReasonOf("received", id, inHand.Dossier.Delays.Count), Encoding.UTF8.GetBytes(body.Reason));
                var (texts, disclosures) = Disclosures.Make(work.Random, "reason", body.Reason);
                var words = CaseWord.Of(
                    MessageKind.DelayNotice, received.Act, received.ActDigest,
                    ("ground", body.Ground), ("until", WireTime.Text(body.Until)), ("texts", CaseWord.Texts(texts)));
                await work.Send(group, received.Thread, http.RequestAborted, ReceivedDesk.Message(id, request, received, words) with { Disclosures = disclosures });
            });
        });
    }
}
