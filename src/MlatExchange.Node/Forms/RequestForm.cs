using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Forms;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Requests;

namespace MlatExchange.Node.Forms;

/// <summary><c>GET /api/requests/{id}/form</c>: the form of the instrument, filled from the signed request; before the signature from what stands there, and marked so.</summary>
public static class RequestFormEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/requests/{id:guid}/form", Handle).For(Role.Case)
        .WithTags("Requests").WithSummary("The form of the instrument, as a page, PDF or JSON");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, CaseForms forms, FormAnswer answer)
    {
        var request = await desk.Load(id, http.RequestAborted);
        if (RequestDesk.Draft(request.State) is not { } draft) return Problem.NotFound();
        if (!RequestDesk.MayTouch(Caller.Of(http.User), request.State, draft)) return Problem.OtherAuthority();
        if (await Dossier(http, id, desk, forms, request.State, draft) is not { } dossier) return Problem.Gone("case-key-destroyed", "The case's key was destroyed, and with it what the form would show.");
        return await answer.Of(http, forms.Requesting(draft.Facts), dossier);
    }

    private static async Task<FormDossier?> Dossier(HttpContext http, Guid id, RequestDesk desk, CaseForms forms, AssistanceRequest state, Draft draft)
    {
        var (vault, language, signed) = (desk.Work.Vault, Languages.Of(http), RequestDesk.Signed(state));
        var assessment = signed?.Assessment ?? (state as AssistanceRequest.Approved)?.Assessment;
        if (assessment is null)
        {
            if (await vault.Open(RequestDesk.ContentOf(id, draft.Revision), http.RequestAborted) is not { } entered) return null;
            return forms.OfDraft(RequestContent.Parse(entered, draft.Facts.Issuer.Jurisdiction).Value!, (state as AssistanceRequest.Assessed)?.Assessment, language);
        }

        if (await vault.Open(RequestDesk.PayloadOf(id, draft.Revision), http.RequestAborted) is not { } payload
            || await vault.Open(RequestDesk.DisclosuresOf(id, draft.Revision), http.RequestAborted) is not { } disclosures) return null;
        return forms.OfPayload(payload, JsonSerializer.Deserialize<string[]>(disclosures)!, draft.Facts, assessment, signed is null ? [] : Recorded(state, signed), signed is not null, language);
    }

    private static JsonObject Recorded(AssistanceRequest state, SignedRequest signed)
    {
        var dispatch = (state as AssistanceRequest.Dispatched)?.Dispatch;
        var said = state is AssistanceRequest.ValidationRefused ? ValidationOutcome.Refused : dispatch?.Validation;
        return (JsonObject)JsonSerializer.SerializeToNode(new
        {
            signed.SignedAt,
            signed.ActDigest,
            dispatch?.SentAt,
            Validation = said is null ? null : new { Outcome = said, At = dispatch?.ValidatedAt },
        }, EventJson.Options)!;
    }
}
