using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>
/// <c>GET /exchange/transfers/{id}/items/{ref}</c>: serves a range of sealed bytes to the holder's node. Every serving is granted by an event first, and not one byte
/// leaves before that event is in the log.
/// </summary>
public static class ServeEvidenceEndpoint
{
    public static string PathOf(string transfer, string item) => $"/exchange/transfers/{transfer}/items/{item}";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/exchange/transfers/{id}/items/{itemRef}", Handle).AllowAnonymous().DisableRequestTimeout()
        .WithTags("Exchange").WithSummary("Sealed bytes for the counterpart's node; by fetch token and fresh proof");

    private static async Task<IResult> Handle(
        HttpContext http, string id, string itemRef, TransferDesk desk, EvidenceFiles files, FetchTokens tokens, NodeIdentity node, IEventStore store, LogReader log, LogBell bell)
    {
        if (!SealingContext.IsTransfer(id) || !SealingContext.IsItemRef(itemRef)) return Problem.NotFound();
        var authorization = http.Request.Headers.Authorization.ToString();
        var (token, rule) = tokens.Check(
            authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization[7..] : "", http.Request.Headers[FetchTokens.ProofHeader].ToString(),
            http.Request.Path, http.Request.Headers.Range.ToString(), node.Entity, desk.Work.Trust());
        if (token is null) return Problem.Of(StatusCodes.Status401Unauthorized, rule, "The fetch token or its proof does not hold for this request.");
        if (token.Transfer != id || token.Ref != itemRef) return Problem.Of(StatusCodes.Status403Forbidden, "token-of-other-item", "The fetch token is for another item.");

        for (var attempt = 0; attempt < 6; attempt++)
        {
            var loaded = await desk.Supplied(id, http.RequestAborted);
            if (Acceptance(loaded.State) is not var (package, acceptance) || acceptance.ActDigest != token.Accepted.ToString()) return Problem.NotFound();
            var received = await desk.Received(package.Received, http.RequestAborted);
            var sender = received.Dossier.Received.Sender;
            if (desk.Work.Trust().NodeOf(sender)?.Entity != token.Iss) return Problem.NotFound();
            if (!SupplyTimer.Stands(received)) return Problem.Gone("request-withdrawn", "The request was withdrawn, or an objection stands.");
            // Read after the transfer itself: an incident that came in between makes the append below fail.
            if ((await desk.Use(id, http.RequestAborted)).Withheld is { } withheld) return Problem.Of(withheld);
            if (package.Items.FirstOrDefault(item => item.Ref == itemRef)?.Digest is not { } digest || await files.Length(id, digest, http.RequestAborted) is not { } total) return Problem.NotFound();
            if (ByteRange.Of(http, total) is not { } range) return ByteRange.Outside(http, total);
            var decision = new GrantFetch(itemRef, range.From, range.Length, total, desk.Work.Now).Decide(loaded.State);
            if (decision.RefusedBy is { } refused) return Problem.Of(refused);
            var append = desk.Gather(id, loaded, package, received, decision).ToAppend();
            if (await store.Append(append, http.RequestAborted) is not AppendOutcome.Appended) continue;
            await UntilLogged(append.Streams[0].Events[^1].Id, log, bell, http.RequestAborted);
            await using var source = await files.Open(id, digest, range.From, range.Length, http.RequestAborted);
            await range.Send(http, source, total);
            return Results.Empty;
        }
        return Problem.Contended();
    }

    private static (SupplyEvent.Prepared, SupplyEvent.AcceptanceReceived)? Acceptance(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Accepted s => (s.Package, s.Acceptance),
        SuppliedTransfer.Released s => (s.Package, s.Acceptance),
        _ => null,
    };

    private static async Task UntilLogged(Guid eventId, LogReader log, LogBell bell, CancellationToken cancellation)
    {
        while (true)
        {
            var next = bell.NextPublished;
            if (await log.Prove(eventId, cancellationToken: cancellation) is not null) return;
            await LogBell.Wait(next, TimeSpan.FromMilliseconds(200), cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
