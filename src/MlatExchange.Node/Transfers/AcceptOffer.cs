using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <param name="TransferKey">Public P-256 JWK, fresh for this transfer, made on the requesting prosecutor's machine.</param>
public sealed record AcceptanceBody(JsonElement TransferKey);

/// <summary><c>POST /api/transfers/{id}/acceptance</c>: the requesting authority accepts conditions and terms by signature; only then does the supplier release its share.</summary>
public static class AcceptOfferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/acceptance", Handle).For(Role.Signer)
        .WithTags("Transfers").WithSummary("Accept conditions and terms by signature").WithExample("""{"transferKey":{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}}""");

    private static async Task<IResult> Handle(HttpContext http, string id, TransferDesk desk)
    {
        var (body, refused) = await StrictBody.Read<AcceptanceBody>(http);
        if (refused is not null) return refused;
        if (!EcPublicKey.TryImport(body!.TransferKey, out var transferKey)) return Problem.Of([new MemberFault("/transferKey", "not-a-key", "A public P-256 JWK of kty, crv, x and y.")]);
        return await desk.OnHeld(http, id, async (loaded, known, request) =>
        {
            var (work, offer) = (desk.Work, known.Holding.Offer);
            var by = work.Acting(RequestDesk.KeyOf(offer.Request), http, Role.Signer);
            var facts = request.Request.Draft.Facts;
            var offered = await OfferAct(work, request.Request.Draft.Thread, offer.Offer.ActDigest, http.RequestAborted);
            var payload = ActPayload.Write(
                work.Core(facts.Issuer.Jurisdiction, facts.Issuer.Authority, offered.Issuer),
                new ActBody.ConditionsAccepted(id, offered.Ref, Digest.Parse(offer.Offer.ConditionsDigest), Digest.Parse(offer.Offer.TermsDigest), transferKey));
            if (work.SignAct(ActKind.ConditionsAccepted, payload, facts.Issuer.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            var decision = new AcceptOffer(act.Digest.ToString(), transferKey.Thumbprint, request, by, work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty)
                await work.Send(group, request.Request.Draft.Thread, http.RequestAborted, new Outgoing(new MessageBody.Carrier(MessageKind.ConditionsAccepted), offer.Supplier, RequestDesk.KeyOf(offer.Request))
                {
                    Case = Domain.Requests.AssistanceRequest.StreamName(offer.Request),
                    Acts = [act],
                    Codes = TransferDesk.Codes(request, offer.Supplier, offer.Items),
                });
            return Attempt.Write(group, loaded.Version, version =>
                TransferDesk.Answer(http, 202, TransferDesk.After(loaded.State, decision).Name, version));
        });
    }

    /// <summary>The offer act, read back from the thread.</summary>
    internal static async Task<Act> OfferAct(CaseWork work, string thread, string digest, CancellationToken cancellation)
    {
        var acts = await ThreadActs.Load(work.Vault, await work.Thread(thread, cancellation), cancellation);
        return acts.TryGetValue(Digest.Parse(digest), out var act) ? act : throw new InvalidOperationException("The act is not in the vault.");
    }
}
