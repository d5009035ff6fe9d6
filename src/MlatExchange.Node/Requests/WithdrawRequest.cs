using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

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
        var slug = body.Ground ?? "no-longer-needed";
        if (!Enum.GetValues<WithdrawalGround>().ToDictionary(Slug).TryGetValue(slug, out var ground))
            return Problem.Of([new MemberFault("/ground", "unknown-code", "A ground of withdrawal.")]);
        return await desk.On(http, id, async request =>
        {
            var by = desk.Acting(id, http, Role.Signer);
            var made = request.State is AssistanceRequest.Sent sent ? Make(desk, sent.Request, slug, body.Reason) : null;
            if (request.State is AssistanceRequest.Sent && made is null) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            var decision = new Withdraw(ground, made?.Act.Digest.ToString(), by, desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            if (RequestDesk.Draft(request.State) is not { } draft) return Attempt.Answer(RequestDesk.Answer(http, 202, request.State, request.Version));
            var group = desk.Gather(id, request, decision, draft.Facts);
            if (!group.IsEmpty)
            {
                group.Seal(RequestDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
                if (made is not null)
                    await desk.Work.Send(group, draft.Thread, http.RequestAborted, new Outgoing(new MessageBody.Carrier(MessageKind.Withdrawal), draft.Facts.Addressee.Jurisdiction, RequestDesk.KeyOf(id))
                    {
                        Case = request.Stream,
                        Acts = [made.Act],
                        Disclosures = made.Disclosures,
                        Codes = CaseCodes.Of(draft.Facts, draft.Facts.Addressee.Jurisdiction),
                    });
            }
            return Attempt.Write(group, request.Version, version =>
                RequestDesk.Answer(http, 202, RequestDesk.After(request.State, decision), version));
        });
    }

    private sealed record Made(Act Act, IReadOnlyList<string> Disclosures);

    private static Made? Make(RequestDesk desk, SignedRequest signed, string ground, string reason)
    {
        var facts = signed.Draft.Facts;
        var issuer = desk.Work.Trust().Authority(facts.Issuer.Jurisdiction, facts.Issuer.Authority)!;
        var (texts, disclosures) = Disclosures.Make(desk.Work.Random, [new("reason", JsonSerializer.SerializeToElement(reason))]);
        var payload = ActPayload.Write(
            new ActCore(issuer.Entity, [desk.Work.Trust().Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority)!.Entity], WireId.New(desk.Work.Random), desk.Work.Now,
                new IssuerRef(issuer.Jurisdiction, issuer.Code, issuer.Kind)),
            new ActBody.Withdrawal(new ActRef(signed.Act.Act, Digest.Parse(signed.ActDigest)), ground, Texts: texts));
        return desk.Work.SignAct(ActKind.Withdrawal, payload, issuer.Code) is { } act ? new(act, disclosures) : null;
    }

    private static string Slug(WithdrawalGround ground) => JsonNamingPolicy.KebabCaseLower.ConvertName(ground.ToString());
}
