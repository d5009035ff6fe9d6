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

/// <param name="Ground">Code of the ground, such as <c>immunity-or-privilege</c>.</param>
/// <param name="Citation">Article it rests on, such as <c>EEV 12(1)(a)</c>.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the issuing authority.</param>
public sealed record ObjectionBody(string Ground, string Citation, string Reason);

/// <summary>
/// <c>POST /api/received/{id}/objection</c>: the enforcing authority raises a ground for refusal by an act under its own key, within 10 days, or 96 hours in an emergency
/// (EEV 12(1)).
/// </summary>
public static class ObjectToRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/objection", Handle).For(Role.Signer)
        .WithTags("Received").WithSummary("Raise a ground for refusal after the fact")
        .WithExample("""{"ground":"immunity-or-privilege","citation":"EEV 12(1)(a)","reason":"The account belongs to a member of parliament."}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<ObjectionBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (!Slugs.Is(body.Ground)) return Problem.Of([new MemberFault("/ground", "wrong-form", "A code in kebab case.")]);
        if (body.Citation.Length is 0 or > 64) return Problem.Of([new MemberFault("/citation", "text-length", "1 to 64 characters.")]);
        return await desk.On(http, id, async (request, inHand) =>
        {
            var (work, received) = (desk.Work, inHand.Dossier.Received);
            var by = work.Acting(ReceivedDesk.KeyOf(id), http, Role.Signer);
            var issuer = work.Trust().Authority(received.Sender, received.Facts.Issuer.Authority) ?? throw new InvalidOperationException("The issuing authority is not in the trust list.");
            var (texts, disclosures) = Disclosures.Make(work.Random, "reason", body.Reason);
            var payload = ActPayload.Write(
                work.Core(received.Facts.Addressee.Jurisdiction, inHand.Dossier.Authority, issuer.Entity),
                new ActBody.Objection(new ActRef(received.Act, Digest.Parse(received.ActDigest)), body.Ground, body.Citation, texts));
            if (work.SignAct(ActKind.Objection, payload, by.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            var term = ReceivedTerms.Of(inHand, tables).FirstOrDefault(t => t.Deadline.Rule.Id is "eev-grounds" or "eev-grounds-emergency");
            var decision = new ObjectToRequest(act.Digest.ToString(), body.Ground, body.Citation, term is not null, term?.Deadline.Due, by, work.Now).Decide(request.State);
            return await desk.Leave(http, id, request, received, decision, by, act, disclosures, body.Reason);
        });
    }
}
