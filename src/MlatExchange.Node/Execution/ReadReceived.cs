using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Cases;
using MlatExchange.Node.Deadlines;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>
/// <c>GET /api/received/{id}</c>: the request as the executing authority sees it, the own assessment beside the sender's with the difference. The first opening by an
/// executing prosecutor is recorded and answered with a retrieval receipt.
/// </summary>
public static class ReadReceivedEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/received/{id:guid}", Handle).For(Role.Case)
        .WithTags("Received").WithSummary("One received request, with both assessments");

    private static Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, Assessing assessing, DeadlineTables tables) =>
        Opened(http, id, desk, (inHand, version) => View(http, id, desk, assessing, tables, inHand, version));

    /// <summary>Shows a request to whoever may see it. The first opening by an executing prosecutor, whatever is shown of it, is the retrieval.</summary>
    internal static Task<IResult> Opened(HttpContext http, Guid id, ReceivedDesk desk, Func<ReceivedRequest.InHand, long, Task<IResult>> show) => desk.On(http, id, async (request, inHand) =>
    {
        var received = inHand.Dossier.Received;
        if (inHand is ReceivedRequest.Closed || !Caller.Of(http.User).Has(Role.ExecutingProsecutor) || inHand.Dossier.RetrievedAt is not null)
            return Attempt.Answer(await show(inHand, request.Version));
        var by = desk.Work.Acting(ReceivedDesk.KeyOf(id), http, Role.ExecutingProsecutor);
        var decision = new RetrieveRequest(by, desk.Work.Now).Decide(request.State);
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var group = desk.Gather(id, request, received, decision, by);
        await desk.Work.Send(group, received.Thread, http.RequestAborted, await Receipt(desk.Work, id, request.Stream, received, http.RequestAborted));
        var opened = (ReceivedRequest.InHand)ReceivedDesk.After(request.State, decision);
        var view = await show(opened, request.Version + decision.Events.Count);
        return Attempt.Write(group, request.Version, _ => view);
    });

    /// <summary>The retrieval receipt of the message that brought the request.</summary>
    private static async Task<Outgoing> Receipt(CaseWork work, Guid id, string stream, ExecutionEvent.Received received, CancellationToken cancellation)
    {
        var brought = (await work.Thread(received.Thread, cancellation)).History.Acts[received.ActDigest];
        var digest = Digest.Parse(brought.Digest);
        return new Outgoing(
            MessageKind.Receipt,
            core => new MessageBody.ReceiptOf(ReceiptKind.Retrieval, new MessageRef(brought.Jti, digest, brought.Seq), core.IssuedAt, Transcript.Of(core.Iss, core.Aud, core.Prev, core.Seen?.Digest)),
            received.Sender,
            ReceivedDesk.KeyOf(id)) { Case = stream };
    }

    private static async Task<IResult> View(HttpContext http, Guid id, ReceivedDesk desk, Assessing assessing, DeadlineTables tables, ReceivedRequest.InHand state, long version)
    {
        var (dossier, received) = (state.Dossier, state.Dossier.Received);
        var disclosed = await desk.Work.Vault.Open(ReceivedDesk.DisclosedOf(id), http.RequestAborted);
        var own = assessing.RunKept(dossier, ReceivedDesk.ValidatedBy(desk.Work, dossier), Languages.Of(http));
        var history = await desk.Work.Journal.History<ExecutionEvent>(ReceivedRequest.StreamName(id), http.RequestAborted);
        http.Tag(version);
        return Results.Json(new
        {
            id,
            state = state.Name,
            version,
            received.Sender,
            authority = dossier.Authority,
            received.Thread,
            received.Facts,
            disclosed = disclosed is null ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(disclosed),
            act = new { id = received.Act, digest = received.ActDigest },
            received.EvidenceKey,
            received.Validation,
            validationSaid = dossier.ValidationSaid,
            assessment = new
            {
                theirs = received.Stated,
                ours = own is null ? (JsonElement?)null : AssessmentView.Of(own),
                dossier.Comparison,
                dossier.Overrides,
            },
            deadlines = RunningTerm.Of(ReceivedTerms.Of(state, tables), desk.Work.Now, Languages.Of(http)),
            enforcement = EnforcementView.Of(received.Facts, dossier.Notified, dossier.DecidedAt),
            enforcementAsked = await EnforcementAskedView.Of(desk.Work.Vault, "received", id, dossier.Enforcement, http.RequestAborted),
            clarifications = await ClarificationView.Of(desk.Work.Vault, "received", id, dossier.Clarifications, http.RequestAborted),
            delays = await DelayView.Of(desk.Work.Vault, "received", id, dossier.Delays, http.RequestAborted),
            preservation = PreservationView.Of(dossier.Preservation),
            decisions = state.Decisions.Items.Values.OrderBy(item => item.Ref, StringComparer.Ordinal),
            timeline = history.Select(entry => new { entry.Name, entry.Version, entry.At }),
            demo = desk.Work.Trust().Demo,
        }, EventJson.Options);
    }
}
