using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <param name="Decision"><c>granted</c> or <c>refused</c>.</param>
/// <param name="Reason">In words; kept in the vault. Needed for a refusal.</param>
public sealed record ValidationBody(string Decision, string? Reason = null);

/// <summary>
/// <c>POST /api/requests/{id}/validation</c>: a judge of the validating authority grants or refuses by an act of the authority's own key, over the digest of the request act.
/// The rules are run again with the validator's competence.
/// </summary>
public static class ValidateRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/validation", Handle).For(Role.Judge)
        .WithTags("Requests").WithSummary("Validate a signed request, or refuse to").WithExample("""{"decision":"granted"}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, Assessing assessing)
    {
        var (body, refused) = await StrictBody.Read<ValidationBody>(http);
        if (refused is not null) return refused;
        if (body!.Decision is not ("granted" or "refused")) return Problem.Of([new MemberFault("/decision", "unknown-code", "granted or refused.")]);
        var outcome = body.Decision == "granted" ? ValidationOutcome.Granted : ValidationOutcome.Refused;
        if ((outcome == ValidationOutcome.Refused || body.Reason is not null) && Reasons.Fault(body.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.On(http, id, async request =>
        {
            var signed = request.State switch
            {
                AssistanceRequest.AwaitingValidation s => s.Request,
                AssistanceRequest.Sent s => s.Request,
                AssistanceRequest.ValidationRefused s => s.Request,
                _ => null,
            };
            var by = desk.Acting(id, http, Role.Judge);
            if (signed is null) return Attempt.Answer(Problem.Of(new RecordValidation(outcome, "", "", null, by, desk.Work.Now).Decide(request.State).RefusedBy!));
            var facts = signed.Draft.Facts;
            var validator = desk.Work.Trust().Authority(facts.Issuer.Jurisdiction, by.Authority)!;
            var payload = ActPayload.Write(
                new ActCore(validator.Entity, [desk.Work.Trust().Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority)!.Entity], WireId.New(desk.Work.Random), desk.Work.Now,
                    new IssuerRef(validator.Jurisdiction, validator.Code, validator.Kind)),
                new ActBody.Validation(new ActRef(signed.Act.Act, Protocol.Jose.Digest.Parse(signed.ActDigest)), body.Decision));
            if (desk.Work.SignAct(ActKind.Validation, payload, by.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            var result = outcome == ValidationOutcome.Granted
                ? assessing.RunUnder(signed.Assessment.Summary.PackDigest, facts, Side.Requesting, facts.Addressee.Jurisdiction, AuthorityKinds.Find(validator.Kind))
                : null;
            if (outcome == ValidationOutcome.Granted && result is null) return Attempt.Answer(Problem.Of(Assessing.PackGone));
            var decision = new RecordValidation(outcome, act.Digest.ToString(), signed.ActDigest, result, by, desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var group = desk.Gather(id, request, decision, facts, signed.Assessment.Summary.PackDigest);
            if (!group.IsEmpty)
            {
                group.Seal($"request/{id}/validation/{request.Version + 1}", Encoding.UTF8.GetBytes(act.Jws));
                if (body.Reason is not null) group.Seal(RequestDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
                await Leave(desk, id, request, signed, act, decision, group, http.RequestAborted);
            }
            return Attempt.Write(group, request.Version, version =>
                RequestDesk.Answer(http, 202, RequestDesk.After(request.State, decision), version));
        });
    }

    /// <summary>Granted before transmission: request and validation leave together, in this order. In an emergency the validation travels alone, granted or refused.</summary>
    private static async Task Leave(
        RequestDesk desk, Guid id, Loaded<AssistanceRequest> request, SignedRequest signed, Act validation, Decision<RequestEvent> decision, Group group, CancellationToken cancellation)
    {
        var pack = signed.Assessment.Summary.PackDigest;
        var ofValidation = new Outgoing(new MessageBody.Carrier(MessageKind.Validation), signed.Draft.Facts.Addressee.Jurisdiction, RequestDesk.KeyOf(id))
        {
            Case = request.Stream,
            Acts = [validation],
            Codes = CaseCodes.Of(signed.Draft.Facts, signed.Draft.Facts.Addressee.Jurisdiction, pack),
        };
        if (request.State is AssistanceRequest.Sent) await desk.Work.Send(group, signed.Draft.Thread, cancellation, ofValidation);
        else if (decision.Events.OfType<RequestEvent.Sent>().Any())
        {
            var stored = await desk.Work.Vault.Open(RequestDesk.ActOf(id), cancellation) ?? throw new InvalidOperationException("The signed act is not in the vault.");
            var act = ThreadActs.Read(Encoding.UTF8.GetString(stored));
            await desk.Work.Send(
                group, signed.Draft.Thread, cancellation,
                [await RequestMessage.Make(desk, id, request.Stream, signed.Draft, pack, act, cancellation), ofValidation, .. NotifyEnforcement.With(id, request, signed.Draft.Facts, act, decision)]);
        }
    }
}
