using System.Text.Json;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Forms;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary>
/// <c>POST /api/requests/{id}/signature</c>: the issuing authority signs the bytes that were approved. The request leaves in the same append, or waits for the validation that
/// its instrument asks for; nothing leaves before it.
/// </summary>
public static class SignRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/signature", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Sign the approved bytes and send, or await validation");

    private static Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, CaseForms forms) => desk.On(http, id, async request =>
    {
        var by = desk.Acting(id, http, Role.Signer);
        if (request.State is not AssistanceRequest.Approved approved)
        {
            // Nothing was fixed, or it is signed already: the decision says which.
            var known = request.State switch { AssistanceRequest.AwaitingValidation s => s.Request.ActDigest, AssistanceRequest.Dispatched s => s.Request.ActDigest, _ => "" };
            var answer = new SignRequest("", known, "", by, desk.Work.Now).Decide(request.State);
            return Attempt.Answer(answer.RefusedBy is { } refusal ? Problem.Of(refusal) : RequestDesk.Answer(http, 202, request.State, request.Version));
        }

        var draft = approved.Draft;
        var payload = await desk.Work.Vault.Open(RequestDesk.PayloadOf(id, draft.Revision), http.RequestAborted) ?? throw new InvalidOperationException("The approved bytes are not in the vault.");
        // Checked when the bytes were fixed, and once more now: the forms of this node may have changed since.
        var disclosed = await desk.Work.Vault.Open(RequestDesk.DisclosuresOf(id, draft.Revision), http.RequestAborted) ?? throw new InvalidOperationException("The disclosures are not in the vault.");
        if (forms.Refusal(draft.Facts, forms.OfPayload(payload, JsonSerializer.Deserialize<string[]>(disclosed)!, draft.Facts, approved.Assessment, [], signed: false, "en")) is { } blank) return Attempt.Answer(blank);
        if (desk.Work.SignAct(ActKind.Request, payload, draft.Facts.Issuer.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
        var decision = new SignRequest(Digest.Of(payload).ToString(), act.Digest.ToString(), act.Kid, by, desk.Work.Now).Decide(approved);
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var group = desk.Gather(id, request, decision, draft.Facts, approved.Assessment.Summary.PackDigest).Seal(RequestDesk.ActOf(id), System.Text.Encoding.UTF8.GetBytes(act.Jws));
        if (decision.Events.OfType<RequestEvent.Sent>().Any())
            await desk.Work.Send(
                group, draft.Thread, http.RequestAborted,
                [await RequestMessage.Make(desk, id, request.Stream, draft, approved.Assessment.Summary.PackDigest, act, http.RequestAborted), .. NotifyEnforcement.With(id, request, draft.Facts, act, decision)]);
        return Attempt.Write(group, request.Version, version => RequestDesk.Answer(http, 202, RequestDesk.After(approved, decision), version));
    });
}

/// <summary>The message that carries a request to the other side, with every value its recipient needs disclosed.</summary>
internal static class RequestMessage
{
    public static async Task<Outgoing> Make(RequestDesk desk, Guid id, string stream, Draft draft, string packDigest, Act act, CancellationToken cancellation)
    {
        var disclosed = await desk.Work.Vault.Open(RequestDesk.DisclosuresOf(id, draft.Revision), cancellation) ?? throw new InvalidOperationException("The disclosures are not in the vault.");
        // BC 29 asks for preservation alone, and a request of only such items travels under the kind of its own.
        var kind = draft.Facts.Items.All(item => item.Measure == "preserve") ? MessageKind.PreservationRequest : MessageKind.Request;
        return new Outgoing(new MessageBody.Carrier(kind), draft.Facts.Addressee.Jurisdiction, RequestDesk.KeyOf(id))
        {
            Case = stream,
            Acts = [act],
            Disclosures = JsonSerializer.Deserialize<string[]>(disclosed)!,
            Codes = CaseCodes.Of(draft.Facts, draft.Facts.Addressee.Jurisdiction, packDigest),
        };
    }
}
