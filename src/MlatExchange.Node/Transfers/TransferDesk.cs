using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>What every step of a transfer shares, on either side: load it with the case it belongs to, its codes, and the two keys (the case's for proofs, the transfer's for shares).</summary>
public sealed class TransferDesk(CaseWork work)
{
    public CaseWork Work => work;

    /// <summary>Data key of what must go when the transfer is destroyed: shares and what the sealing tool handed in.</summary>
    public static string KeyOf(string transfer) => $"transfer-{transfer}";

    public static string PreparedOf(string transfer) => $"transfer/{transfer}/prepared";

    public static string OfferActOf(string transfer) => $"transfer/{transfer}/offer-act";

    public Task<Loaded<SuppliedTransfer>> Supplied(string transfer, CancellationToken cancellation) =>
        work.Journal.Load<SuppliedTransfer, SupplyEvent>(TransferEvent.StreamName(transfer), SuppliedTransfer.Initial, SuppliedTransfer.Evolve, cancellation);

    public Task<Loaded<HeldTransfer>> Held(string transfer, CancellationToken cancellation) =>
        work.Journal.Load<HeldTransfer, HoldingEvent>(TransferEvent.StreamName(transfer), HeldTransfer.Initial, HeldTransfer.Evolve, cancellation);

    /// <summary>The use of a transfer, on whichever side this is.</summary>
    public async Task<TransferUse> Use(string transfer, CancellationToken cancellation) =>
        (await work.Journal.Load<TransferUse, TransferEvent>(TransferEvent.StreamName(transfer), TransferUse.Initial, TransferUse.Evolve, cancellation)).State;

    /// <summary>Everything that one reading of a transfer's stream comes to, on whichever side this is.</summary>
    public async Task<(SuppliedTransfer Supplied, HeldTransfer Held, TransferUse Use)> Whole(string transfer, CancellationToken cancellation)
    {
        var events = (await work.Journal.History<TransferEvent>(TransferEvent.StreamName(transfer), cancellation)).Select(happened => happened.Event).ToList();
        return (events.OfType<SupplyEvent>().Aggregate(SuppliedTransfer.Initial, SuppliedTransfer.Evolve), events.OfType<HoldingEvent>().Aggregate(HeldTransfer.Initial, HeldTransfer.Evolve), TransferUse.Fold(events));
    }

    public async Task<ReceivedRequest.InHand> Received(Guid id, CancellationToken cancellation) =>
        (await work.Journal.Load<ReceivedRequest, ExecutionEvent>(ReceivedRequest.StreamName(id), ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation)).State as ReceivedRequest.InHand
        ?? throw new InvalidOperationException("The received request of a transfer is not in the store.");

    public async Task<AssistanceRequest.Dispatched> Request(Guid id, CancellationToken cancellation) =>
        (await work.Journal.Load<AssistanceRequest, RequestEvent>(AssistanceRequest.StreamName(id), AssistanceRequest.Initial, AssistanceRequest.Evolve, cancellation)).State as AssistanceRequest.Dispatched
        ?? throw new InvalidOperationException("The request of a transfer is not in the store.");

    /// <summary>The package of a supplied transfer; null before it was prepared.</summary>
    public static SupplyEvent.Prepared? Package(SuppliedTransfer transfer) => transfer switch
    {
        SuppliedTransfer.Prepared s => s.Package,
        SuppliedTransfer.OnOffer s => s.Package,
        SuppliedTransfer.Lapsed s => s.Package,
        SuppliedTransfer.Stopped s => s.Package,
        SuppliedTransfer.CertifiedInPart s => s.Package,
        SuppliedTransfer.Certified s => s.Package,
        _ => null,
    };

    /// <summary>Runs a command of the supplying authority on its transfer.</summary>
    public Task<IResult> OnSupplied(HttpContext http, string transfer, Func<Loaded<SuppliedTransfer>, SupplyEvent.Prepared, ReceivedRequest.InHand, Task<Attempt>> attempt) => work.Journal.Run(async () =>
    {
        if (!SealingContext.IsTransfer(transfer)) return Attempt.Answer(Problem.NotFound());
        var loaded = await Supplied(transfer, http.RequestAborted);
        if (Package(loaded.State) is not { } package) return Attempt.Answer(Problem.NotFound());
        var received = await Received(package.Received, http.RequestAborted);
        return Preconditions.Refusal(http, received.Dossier.Authority == Caller.Of(http.User).Authority, received is ReceivedRequest.Closed, loaded.Version) is { } refusal ? Attempt.Answer(refusal) : await attempt(loaded, package, received);
    }, http.RequestAborted);

    /// <summary>Runs a command of the requesting authority on a transfer it was offered.</summary>
    public Task<IResult> OnHeld(HttpContext http, string transfer, Func<Loaded<HeldTransfer>, HeldTransfer.Known, AssistanceRequest.Dispatched, Task<Attempt>> attempt) => work.Journal.Run(async () =>
    {
        if (!SealingContext.IsTransfer(transfer)) return Attempt.Answer(Problem.NotFound());
        var loaded = await Held(transfer, http.RequestAborted);
        if (loaded.State is not HeldTransfer.Known known) return Attempt.Answer(Problem.NotFound());
        var request = await Request(known.Holding.Offer.Request, http.RequestAborted);
        return Preconditions.Refusal(http, request.Request.Draft.Facts.Issuer.Authority == Caller.Of(http.User).Authority, request is AssistanceRequest.Closed, loaded.Version) is { } refusal ? Attempt.Answer(refusal) : await attempt(loaded, known, request);
    }, http.RequestAborted);

    public Group Gather<TEvent>(string transfer, Loaded<SuppliedTransfer> loaded, SupplyEvent.Prepared package, ReceivedRequest.InHand received, Decision<TEvent> decision, Official? by = null, bool timed = false)
        where TEvent : TransferEvent =>
        work.Journal.Begin(ReceivedDesk.KeyOf(package.Received)).Add(
            loaded.Stream, loaded.Version, decision, Codes(received.Dossier.Received, package.Items), Committed(transfer, package.Received, package.Items, by), timed: timed);

    public Group Gather(string transfer, Loaded<HeldTransfer> loaded, Holding holding, AssistanceRequest.Dispatched request, Decision<HoldingEvent> decision, Official? by = null, bool timed = false) =>
        work.Journal.Begin(RequestDesk.KeyOf(holding.Offer.Request)).Add(
            loaded.Stream, loaded.Version, decision, Codes(request, holding.Offer.Supplier, holding.Offer.Items), Committed(transfer, holding.Offer.Request, holding.Offer.Items, by), timed: timed);

    /// <summary>What stays readable of a transfer for ever: the request's legal basis with the categories and terms of what is transferred.</summary>
    /// <param name="packDigest">Of the requesting side's assessment, on both sides.</param>
    public static CaseCodes Codes(RequestFacts facts, string counterpart, IReadOnlyList<EvidenceItem> items, string packDigest) => CaseCodes.Of(facts, counterpart, packDigest) with
    {
        DataCategories = Sorted(items.Select(item => item.DataCategory)),
        SubjectCategories = Sorted(items.Select(item => item.SubjectCategory)),
        ConditionTypes = Sorted(items.SelectMany(item => item.Conditions)),
        Retention = items.MinBy(item => item.Retention.MaximumDays)!.Retention,
    };

    /// <summary>The same at the holder.</summary>
    public static CaseCodes Codes(AssistanceRequest.Dispatched request, string counterpart, IReadOnlyList<EvidenceItem> items) =>
        Codes(request.Request.Draft.Facts, counterpart, items, request.Request.Assessment.Summary.PackDigest);

    /// <summary>The same at the supplier.</summary>
    public static CaseCodes Codes(ExecutionEvent.Received received, IReadOnlyList<EvidenceItem> items) =>
        Codes(received.Facts, received.Sender, items, received.Stated.PackDigest);

    public static Dictionary<string, string> Committed(string transfer, Guid @case, IReadOnlyList<EvidenceItem> items, Official? by) => new(StringComparer.Ordinal)
    {
        ["case"] = @case.ToString(),
        ["transfer"] = transfer,
        ["items"] = string.Join(' ', items.Select(item => item.Ref)),
        ["actor"] = by?.Id.Value ?? "node",
    };

    public static IResult Answer(HttpContext http, int status, string state, long version)
    {
        http.Tag(version);
        return Results.Json(new { state, version }, statusCode: status);
    }

    public static SuppliedTransfer After(SuppliedTransfer state, Decision<SupplyEvent> decision) => decision.Events.Aggregate(state, SuppliedTransfer.Evolve);

    public static HeldTransfer After(HeldTransfer state, Decision<HoldingEvent> decision) => decision.Events.Aggregate(state, HeldTransfer.Evolve);

    private static string[] Sorted(IEnumerable<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
