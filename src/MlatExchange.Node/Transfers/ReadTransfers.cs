using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary><c>GET /api/transfers/{id}</c>: state, items, conditions and terms, deadlines, progress and custody, to either side's authority.</summary>
public static class ReadTransferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/transfers/{id}", Handle).For(Role.Case)
        .WithTags("Transfers").WithSummary("One transfer with items, conditions, terms and time line");

    private static async Task<IResult> Handle(HttpContext http, string id, TransferDesk desk, EvidenceFiles files, NodeIdentity node)
    {
        if (!SealingContext.IsTransfer(id)) return Problem.NotFound();
        return (await desk.Supplied(id, http.RequestAborted)).State is not SuppliedTransfer.NotPrepared
            ? await desk.OnSupplied(http, id, async (loaded, package, received) => Attempt.Answer(View(http, new
            {
                id,
                side = "supplier",
                state = loaded.State.Name,
                version = loaded.Version,
                request = package.Received,
                counterpart = package.Recipient,
                package.Items,
                conditionsInWords = InWords(package.Items),
                package.ReleaseBy,
                package.Expires,
                progress = await Progress(files, id, package.Items, item => loaded.State is SuppliedTransfer.OnOffer || IsStored(loaded.State, item), http.RequestAborted),
                certificate = (loaded.State as SuppliedTransfer.Certified)?.Certificate ?? (loaded.State as SuppliedTransfer.CertifiedInPart)?.Certificate,
                certificateDue = MarkCertificateDue.Due(loaded.State),
                overdueSince = loaded.State.OverdueSince,
                use = await UseView.Of(desk, id, http.RequestAborted),
                provenance = await Provenance(desk, node, received.Dossier.Received.Facts, id, http.RequestAborted),
                timeline = await Timeline<SupplyEvent>(desk, id, http.RequestAborted),
                demo = desk.Work.Trust().Demo,
            }, loaded.Version)))
            : await desk.OnHeld(http, id, async (loaded, known, request) => Attempt.Answer(View(http, new
            {
                id,
                side = "holder",
                state = loaded.State.Name,
                version = loaded.Version,
                request = known.Holding.Offer.Request,
                counterpart = known.Holding.Offer.Supplier,
                supplier = desk.Work.Trust().NodeOf(known.Holding.Offer.Supplier)?.Entity,
                offer = await Offer(desk, request, known.Holding.Offer.Offer.ActDigest, http.RequestAborted),
                known.Holding.Offer.Items,
                conditionsInWords = InWords(known.Holding.Offer.Items),
                conditions = await Disclosed(desk, id, http.RequestAborted),
                known.Holding.Offer.ReleaseBy,
                known.Holding.Offer.Expires,
                progress = await Progress(files, id, known.Holding.Offer.Items, known.Holding.Fetched.Contains, http.RequestAborted),
                fetched = known.Holding.Fetched.Order(StringComparer.Ordinal),
                due = known.Holding.Dues.Values,
                nextReview = loaded.State is HeldTransfer.UnderRetention retained ? known.Holding.NextReview(retained.ReleasedAt) : null,
                reviewOverdueSince = known.Holding.ReviewDue,
                holds = known.Holding.Holds.Select(hold => new { hold = hold.Key, hold.Value?.Basis, hold.Value?.LegalReference, hold.Value?.Authority, hold.Value?.Until }),
                order = loaded.State.Progress?.Order,
                custody = known.Holding.Copies.ToDictionary(copy => copy.Key, copy => copy.Value.State),
                copies = known.Holding.Offer.Items.ToDictionary(item => item.Ref, item => DeclaredCopies.Of(known.Holding, item.Ref).Select(copy => new { copy.Kind, copy.State })),
                use = await UseView.Of(desk, id, http.RequestAborted),
                provenance = await Provenance(desk, node, request.Request.Draft.Facts, id, http.RequestAborted),
                timeline = await Timeline<HoldingEvent>(desk, id, http.RequestAborted),
                demo = desk.Work.Trust().Demo,
            }, loaded.Version)));
    }

    /// <summary>What each type of condition among the items says, on what it rests and who sees to it.</summary>
    private static IEnumerable<ConditionType> InWords(IReadOnlyList<EvidenceItem> items) => ConditionTypes.All.Where(type => items.Any(item => item.Conditions.Contains(type.Type)));

    /// <summary>What the next signed record of an act says unless told otherwise: where, on what basis, and after which act on the sealed bytes of each item.</summary>
    private static async Task<object> Provenance(TransferDesk desk, NodeIdentity node, RequestFacts facts, string id, CancellationToken cancellation) => new
    {
        place = node.Jurisdiction,
        basis = $"{facts.LegalBasis[0].Instrument} {facts.LegalBasis[0].Article}".TrimEnd(),
        facts.Necessity.Purpose,
        (await desk.Use(id, cancellation)).Custody.Heads,
    };

    /// <summary>How far the sealed bytes of each item are at this node; empty once they are gone.</summary>
    private static async Task<IReadOnlyList<ItemProgress>> Progress(EvidenceFiles files, string id, IReadOnlyList<EvidenceItem> items, Func<string, bool> complete, CancellationToken cancellation)
    {
        var found = new List<ItemProgress>(items.Count);
        foreach (var item in items)
        {
            var size = EvidenceFiles.SealedLength(item.Size);
            found.Add(complete(item.Ref) ? ItemProgress.Of(item.Ref, size, size, null) : await files.Progress(id, item.Ref, item.Digest, item.Size, cancellation));
        }
        return found;
    }

    private static bool IsStored(SuppliedTransfer transfer, string item) => transfer is SuppliedTransfer.Prepared prepared && prepared.Content.GetValueOrDefault(item) is { Complete: true };

    private static IResult View(HttpContext http, object view, long version)
    {
        http.Tag(version);
        return Results.Json(view, EventJson.Options);
    }

    private static async Task<object> Timeline<TEvent>(TransferDesk desk, string id, CancellationToken cancellation) =>
        (await desk.Work.Journal.History<TEvent>(TransferEvent.StreamName(id), cancellation)).Select(entry => new { entry.Name, entry.Version, entry.At });

    /// <summary>The signed offer, so that the prosecutor's tool need not take the node's word; null once the case is erased.</summary>
    private static async Task<string?> Offer(TransferDesk desk, Domain.Requests.AssistanceRequest.Dispatched request, string digest, CancellationToken cancellation) =>
        (await ThreadActs.Load(desk.Work.Vault, await desk.Work.Thread(request.Request.Draft.Thread, cancellation), cancellation)).GetValueOrDefault(Digest.Parse(digest))?.Jws;

    private static async Task<JsonElement?> Disclosed(TransferDesk desk, string id, CancellationToken cancellation) =>
        await desk.Work.Vault.Open($"transfer/{id}/disclosed", cancellation) is { } bytes ? JsonSerializer.Deserialize<JsonElement>(bytes) : null;
}
