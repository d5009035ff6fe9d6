using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Cases;
using MlatExchange.Node.Deadlines;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Requests;

/// <summary><c>GET /api/requests/{id}</c>: the request as its own authority sees it: state, deadlines with their reason, time line, receipts and transfers.</summary>
public static class ReadRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/requests/{id:guid}", Handle).For(Role.Case)
        .WithTags("Requests").WithSummary("One request, with its time line");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, DeadlineTables tables)
    {
        var cancellation = http.RequestAborted;
        var history = await desk.Work.Journal.History<RequestEvent>(AssistanceRequest.StreamName(id), cancellation);
        if (history.Count == 0) return Problem.NotFound();
        var state = AssistanceRequest.Fold(history.Select(entry => entry.Event));
        if (RequestDesk.Draft(state) is not { } draft) return Results.Json(new { id, state = state.Name, version = history.Count, demo = desk.Work.Trust().Demo });
        if (!RequestDesk.MayTouch(Caller.Of(http.User), state, draft)) return Problem.OtherAuthority();
        var dispatch = (state as AssistanceRequest.Dispatched)?.Dispatch;
        var entered = await desk.Work.Vault.Open(RequestDesk.ContentOf(id, draft.Revision), cancellation);
        http.Tag(history.Count);
        return Results.Json(new
        {
            id,
            state = state.Name,
            version = history.Count,
            draft.Thread,
            draft.Revision,
            request = entered is null ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(entered),
            facts = draft.Facts,
            assessment = Assessment(state)?.Summary,
            overrides = Assessment(state)?.Overrides ?? [],
            act = RequestDesk.Signed(state) is { } signed ? new { id = signed.Act.Act, digest = signed.ActDigest, validation = signed.Act.Validation, signed.Act.ValidatingAuthority } : null,
            deadlines = RunningTerm.Of(RequestTerms.Of(state, tables), desk.Work.Now, Languages.Of(http)),
            executingAuthority = dispatch is null ? null : dispatch.ForwardedTo ?? draft.Facts.Addressee.Authority,
            enforcement = EnforcementView.Of(draft.Facts, dispatch?.Notified, dispatch?.DecidedAt),
            enforcementAsked = await EnforcementAskedView.Of(desk.Work.Vault, "request", id, dispatch?.Enforcement, cancellation),
            clarifications = await ClarificationView.Of(desk.Work.Vault, "request", id, dispatch?.Clarifications ?? [], cancellation),
            delays = await DelayView.Of(desk.Work.Vault, "request", id, dispatch?.Delays ?? [], cancellation),
            preservation = PreservationView.Of(dispatch?.Preservation),
            decisions = dispatch?.Decisions.Values.OrderBy(decision => decision.Ref, StringComparer.Ordinal),
            receipts = dispatch?.Receipts.Select(receipt => new { kind = receipt.Receipt, receipt.MessageDigest, receipt.Step, receipt.At }) ?? [],
            transfers = await Transfers(desk, dispatch?.Transfers ?? [], cancellation),
            timeline = history.Select(entry => new { entry.Name, entry.Version, entry.At }),
            demo = desk.Work.Trust().Demo,
        }, EventJson.Options);
    }

    private static async Task<IReadOnlyList<object>> Transfers(RequestDesk desk, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var transfers = new List<object>(ids.Count);
        foreach (var id in ids)
        {
            var held = await desk.Work.Journal.Load<HeldTransfer, HoldingEvent>(TransferEvent.StreamName(id), HeldTransfer.Initial, HeldTransfer.Evolve, cancellation);
            transfers.Add(new { id, state = held.State.Name });
        }
        return transfers;
    }

    private static VersionAssessment? Assessment(AssistanceRequest state) => state switch
    {
        AssistanceRequest.Assessed s => s.Assessment,
        AssistanceRequest.Approved s => s.Assessment,
        _ => RequestDesk.Signed(state)?.Assessment,
    };
}
