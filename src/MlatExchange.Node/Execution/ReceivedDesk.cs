using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <summary>What every command on a received request shares: load it, see that the caller's authority is the one it was addressed to, then decide and append.</summary>
public sealed class ReceivedDesk(CaseWork work)
{
    public CaseWork Work => work;

    public static string KeyOf(Guid id) => $"case-{id}";

    /// <summary>Where the values disclosed with the request lie.</summary>
    public static string DisclosedOf(Guid id) => $"received/{id}/disclosed";

    public static string ReasonOf(Guid id, long version) => $"received/{id}/reason/{version}";

    /// <summary>The id in a stream name such as <c>received-…</c>; null for another kind of case.</summary>
    public static Guid? IdOf(string? stream) =>
        stream?.StartsWith("received-", StringComparison.Ordinal) == true && Guid.TryParse(stream.AsSpan("received-".Length), out var id) ? id : null;

    public Task<Loaded<ReceivedRequest>> Load(Guid id, CancellationToken cancellation) =>
        work.Journal.Load<ReceivedRequest, ExecutionEvent>(ReceivedRequest.StreamName(id), ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);

    /// <summary>Runs a command on a received request that the caller's authority was addressed with.</summary>
    public Task<IResult> On(HttpContext http, Guid id, Func<Loaded<ReceivedRequest>, ReceivedRequest.InHand, Task<Attempt>> attempt) => work.Journal.Run(async () =>
    {
        var request = await Load(id, http.RequestAborted);
        if (request.State is not ReceivedRequest.InHand inHand) return Attempt.Answer(Problem.NotFound());
        return Preconditions.Refusal(http, inHand.Dossier.Authority == Caller.Of(http.User).Authority, inHand is ReceivedRequest.Closed, request.Version) is { } refusal ? Attempt.Answer(refusal) : await attempt(request, inHand);
    }, http.RequestAborted);

    /// <summary>A decision's events with the codes of the case.</summary>
    public Group Gather(Guid id, Loaded<ReceivedRequest> request, ExecutionEvent.Received received, Decision<ExecutionEvent> decision, Official? by = null, bool timed = false) =>
        work.Journal.Begin(KeyOf(id)).Add(request.Stream, request.Version, decision, Codes(received), Committed(id, by), timed: timed);

    /// <summary>A message to the sender in the thread of the case.</summary>
    public static Outgoing Message(Guid id, Loaded<ReceivedRequest> request, ExecutionEvent.Received received, MessageBody body) =>
        new(body, received.Sender, KeyOf(id)) { Case = request.Stream, Codes = Codes(received) };

    /// <summary>Acts as the caller in the role that executes, or as the signer who holds no other.</summary>
    public Official Executing(HttpContext http, Guid id) =>
        work.Acting(KeyOf(id), http, Caller.Of(http.User).Has(Role.ExecutingProsecutor) ? Role.ExecutingProsecutor : Role.Signer);

    /// <summary>Appends a decision with what is said and kept of it. Nothing is where it holds already.</summary>
    /// <param name="say">Adds to the group what the decision sends and what goes to the vault.</param>
    public async Task<Attempt> Write(
        HttpContext http, Guid id, Loaded<ReceivedRequest> request, ExecutionEvent.Received received, Decision<ExecutionEvent> decision, Official by, Func<Group, Task> say)
    {
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var group = Gather(id, request, received, decision, by);
        if (!group.IsEmpty) await say(group);
        return Attempt.Write(group, request.Version, version => Answer(http, 202, After(request.State, decision), version));
    }

    /// <summary>The same for a decision that leaves as an act of the own authority: its reason is kept in the vault, the act travels with what it discloses.</summary>
    public Task<Attempt> Leave(
        HttpContext http, Guid id, Loaded<ReceivedRequest> request, ExecutionEvent.Received received, Decision<ExecutionEvent> decision, Official by, Act act,
        IReadOnlyList<string> disclosures, string reason) => Write(http, id, request, received, decision, by, group =>
    {
        group.Seal(ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(reason));
        var carrier = new MessageBody.Carrier(MessageKind.Of(act.Kind.Slug)!);
        return work.Send(group, received.Thread, http.RequestAborted, Message(id, request, received, carrier) with { Acts = [act], Disclosures = disclosures });
    });

    /// <summary>Kind of the sender's authority that validated the request, whose competence the rules then read; null while none has.</summary>
    public static AuthorityKind? ValidatedBy(CaseWork work, Dossier dossier) =>
        dossier is { ValidationSaid: ValidationOutcome.Granted, Received: { ValidatingAuthority: { } code, Sender: var sender } } && work.Trust().Authority(sender, code) is { } validator
            ? AuthorityKinds.Find(validator.Kind)
            : null;

    public static CaseCodes Codes(ExecutionEvent.Received received) => CaseCodes.Of(received.Facts, received.Sender, received.Stated.PackDigest);

    public static Dictionary<string, string> Committed(Guid id, Official? by) => new(StringComparer.Ordinal) { ["case"] = id.ToString(), ["actor"] = by?.Id.Value ?? "node" };

    public static IResult Answer(HttpContext http, int status, ReceivedRequest state, long version)
    {
        http.Tag(version);
        return Results.Json(new { state = state.Name, version }, statusCode: status);
    }

    public static ReceivedRequest After(ReceivedRequest state, Decision<ExecutionEvent> decision) => decision.Events.Aggregate(state, ReceivedRequest.Evolve);
}
