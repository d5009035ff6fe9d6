using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Forms;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Http;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Forms;

/// <summary><c>GET /api/received/{id}/form</c>: the form of the instrument from the signed request as it came; <c>?form=eio-annex-b</c> the confirmation of its receipt.</summary>
public static class ReceivedFormEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/received/{id:guid}/form", Handle).For(Role.Case)
        .WithTags("Received").WithSummary("The form of the instrument, as a page, PDF or JSON");

    private static Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, CaseForms forms, FormAnswer answer) => ReadReceivedEndpoint.Opened(http, id, desk, async (state, _) =>
    {
        var received = state.Dossier.Received;
        return await Dossier(http, id, desk, forms, state.Dossier) is { } dossier
            ? await answer.Of(http, forms.Requested(received.Facts), dossier)
            : Problem.Gone("case-key-destroyed", "The case's key was destroyed, and with it what the form would show.");
    });

    private static async Task<FormDossier?> Dossier(HttpContext http, Guid id, ReceivedDesk desk, CaseForms forms, Dossier dossier)
    {
        var (received, vault) = (dossier.Received, desk.Work.Vault);
        var acts = await ThreadActs.Load(vault, await desk.Work.Thread(received.Thread, http.RequestAborted), http.RequestAborted);
        if (!acts.TryGetValue(Digest.Parse(received.ActDigest), out var act) || await vault.Open(ReceivedDesk.DisclosedOf(id), http.RequestAborted) is not { } opened) return null;
        var values = JsonSerializer.Deserialize<JsonElement>(opened).GetProperty("values").EnumerateArray()
            .Select(value => (value.GetProperty("at").GetString()!, value.GetProperty("name").GetString()!, value.GetProperty("value")));
        return forms.OfReceived(
            JsonObject.Create(act.Payload)!, values, received.Facts, dossier.Own?.PackDigest ?? received.Stated.PackDigest, received.Sender, received.ValidatingAuthority,
            [.. received.Stated.Overrides, .. dossier.Overrides], Recorded(dossier), Languages.Of(http));
    }

    private static JsonObject Recorded(Dossier dossier) => (JsonObject)JsonSerializer.SerializeToNode(new
    {
        ReceivedAt = dossier.Received.At,
        dossier.AcknowledgedAt,
        dossier.Received.ActDigest,
        Validation = dossier.ValidationSaid is null ? null : new { Outcome = dossier.ValidationSaid },
    }, EventJson.Options)!;
}
