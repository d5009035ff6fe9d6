using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Forms;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary>
/// <c>POST /api/requests/{id}/approval</c>: a second official approves. The first approval fixes the exact bytes of the request act, overrides included; the signer signs
/// those bytes or none.
/// </summary>
public static class ApproveTransmissionEndpoint
{
    private static readonly Rule NoEvidenceKey = new("evidence-key-missing", "The trust list names no evidence key of the issuing authority, so nothing could be sealed to it.", "design");

    private static readonly Rule AssessAgain = new("assessment-outdated", "The rules now come to another result than the assessment on file: assess again.", "design");

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/approval", Handle).For(Role.Approver)
        .WithTags("Requests").WithSummary("Approve, with four eyes; fixes the bytes to be signed");

    private static Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, Assessing assessing, CaseForms forms) => desk.On(http, id, async request =>
    {
        var by = desk.Acting(id, http, Role.Approver);
        if (ApproveTransmission.Refusal(request.State, by) is { } refusal) return Attempt.Answer(Problem.Of(refusal));
        var draft = RequestDesk.Draft(request.State)!;
        Fixed? made = null;
        if (request.State is AssistanceRequest.Assessed assessed)
        {
            if (Stated(assessing, assessed) is not { } stated) return Attempt.Answer(Problem.Of(AssessAgain));
            made = await Fix(desk, id, assessed, stated, http.RequestAborted);
            if (made is null) return Attempt.Answer(Problem.Of(NoEvidenceKey));
        }
        var act = made?.Act ?? ((AssistanceRequest.Approved)request.State).Act;
        var decision = new ApproveTransmission(act, by, desk.Work.Now).Decide(request.State);
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        if (made is not null && request.State is AssistanceRequest.Assessed { Assessment: var held }
            && forms.Refusal(draft.Facts, forms.OfPayload(made.Payload, made.Disclosures, draft.Facts, held, [], signed: false, "en")) is { } blank) return Attempt.Answer(blank);
        var group = desk.Gather(id, request, decision, draft.Facts);
        if (made is not null)
            group.Seal(RequestDesk.PayloadOf(id, draft.Revision), made.Payload)
                .Seal(RequestDesk.DisclosuresOf(id, draft.Revision), JsonSerializer.SerializeToUtf8Bytes(made.Disclosures));
        return Attempt.Write(group, request.Version, version =>
            RequestDesk.Answer(http, 200, RequestDesk.After(request.State, decision), version));
    });

    /// <summary>Every finding, passes included, so that the other side can compare rule by rule; null when the rules no longer come to what is on file (a pack ran out meanwhile).</summary>
    private static StatedAssessment? Stated(Assessing assessing, AssistanceRequest.Assessed request)
    {
        var (facts, own) = (request.Draft.Facts, request.Assessment.Summary);
        var result = assessing.Run(facts, Side.Requesting, facts.Addressee.Jurisdiction);
        return result is not null && AssessmentSummary.Of(result) is var again && again.SameRun(own) && again.Outcome == own.Outcome
            ? StatedAssessment.Of(result, [.. request.Assessment.Overrides.Order(StringComparer.Ordinal)])
            : null;
    }

    private sealed record Fixed(FixedAct Act, byte[] Payload, IReadOnlyList<string> Disclosures);

    private static async Task<Fixed?> Fix(RequestDesk desk, Guid id, AssistanceRequest.Assessed request, StatedAssessment stated, CancellationToken cancellation)
    {
        var (facts, at, trust) = (request.Draft.Facts, desk.Work.Now, desk.Work.Trust());
        var issuer = trust.Authority(facts.Issuer.Jurisdiction, facts.Issuer.Authority)!;
        if (issuer.NewestEvidenceKey(at) is not { } evidenceKey) return null;
        var entered = await desk.Work.Vault.Open(RequestDesk.ContentOf(id, request.Draft.Revision), cancellation) ?? throw new InvalidOperationException("The entered request is not in the vault.");
        var content = RequestContent.Parse(entered, facts.Issuer.Jurisdiction).Value!;
        var mode = Validation.ModeFor(request.Assessment.Summary) ?? ValidationMode.None;
        var validator = RequestAct.Validator(trust, facts, mode);
        var (body, disclosures) = RequestAct.Body(desk.Work.Random, content, stated, mode, validator, evidenceKey.Key.Thumbprint);
        var core = new ActCore(issuer.Entity, [trust.Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority)!.Entity], WireId.New(desk.Work.Random), at);
        var payload = ActPayload.Write(core, body);
        return new(new FixedAct(core.Act, Digest.Of(payload).ToString(), at.ToUnixTimeSeconds(), evidenceKey.Key.Thumbprint, mode, validator), payload, disclosures);
    }
}
