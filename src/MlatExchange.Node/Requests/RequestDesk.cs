using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary>
/// What every command on a request shares: load it, see that the caller's authority may touch it and names the version it saw, then decide and append.
/// Each command stands in its own file beside this one.
/// </summary>
public sealed class RequestDesk(CaseWork work)
{
    public CaseWork Work => work;

    public static string KeyOf(Guid id) => $"case-{id}";

    public static string ContentOf(Guid id, int revision) => $"request/{id}/{revision}/content";

    public static string PayloadOf(Guid id, int revision) => $"request/{id}/{revision}/act-payload";

    public static string DisclosuresOf(Guid id, int revision) => $"request/{id}/{revision}/disclosures";

    public static string ActOf(Guid id) => $"request/{id}/act";

    public static string ReasonOf(Guid id, long version) => $"request/{id}/reason/{version}";

    public Task<Loaded<AssistanceRequest>> Load(Guid id, CancellationToken cancellation) =>
        work.Journal.Load<AssistanceRequest, RequestEvent>(AssistanceRequest.StreamName(id), AssistanceRequest.Initial, AssistanceRequest.Evolve, cancellation);

    /// <summary>Acts as the caller in a role; the pseudonym belongs to this case alone.</summary>
    public Official Acting(Guid id, HttpContext http, string role) => work.Acting(KeyOf(id), http, role);

    /// <summary>Runs a command on a request that exists and that the caller's authority may touch.</summary>
    /// <param name="attempt">Given the loaded request; called again when another wrote meanwhile.</param>
    public Task<IResult> On(HttpContext http, Guid id, Func<Loaded<AssistanceRequest>, Task<Attempt>> attempt) => work.Journal.Run(async () =>
    {
        var request = await Load(id, http.RequestAborted);
        if (request.Version == 0) return Attempt.Answer(Problem.NotFound());
        var own = Draft(request.State) is not { } draft || MayTouch(Caller.Of(http.User), request.State, draft);
        var closed = request.State is AssistanceRequest.Closed or AssistanceRequest.ClosedUnsent;
        return Preconditions.Refusal(http, own, closed, request.Version) is { } refusal ? Attempt.Answer(refusal) : await attempt(request);
    }, http.RequestAborted);

    /// <summary>Gathers a decision's events with the codes of the case; empty when the decision wrote nothing.</summary>
    public Group Gather(Guid id, Loaded<AssistanceRequest> request, Decision<RequestEvent> decision, RequestFacts facts, string? packDigest = null, string? record = null, bool timed = false) =>
        work.Journal.Begin(KeyOf(id)).Add(request.Stream, request.Version, decision, CaseCodes.Of(facts, facts.Addressee.Jurisdiction, packDigest), Committed(id, decision), record, timed);

    /// <summary>Appends a decision on a signed request with what is said and kept of it. Nothing is where it holds already.</summary>
    /// <param name="say">Adds to the group what the decision sends and what goes to the vault.</param>
    public async Task<Attempt> Write(HttpContext http, Guid id, Loaded<AssistanceRequest> request, Decision<RequestEvent> decision, Func<Group, SignedRequest, Task> say)
    {
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        var signed = Signed(request.State)!;
        var group = Gather(id, request, decision, signed.Draft.Facts, signed.Assessment.Summary.PackDigest);
        if (!group.IsEmpty) await say(group, signed);
        return Attempt.Write(group, request.Version, version => Answer(http, 202, After(request.State, decision), version));
    }

    /// <summary>A message to the executing side in the thread of the case.</summary>
    public static Outgoing Message(Guid id, Loaded<AssistanceRequest> request, RequestFacts facts, MessageBody body) =>
        new(body, facts.Addressee.Jurisdiction, KeyOf(id)) { Case = request.Stream, Codes = CaseCodes.Of(facts, facts.Addressee.Jurisdiction) };

    /// <summary>The answer to a command: the state it led to and the version to name in If-Match.</summary>
    public static IResult Answer(HttpContext http, int status, AssistanceRequest state, long version)
    {
        http.Tag(version);
        return Results.Json(new { state = state.Name, version }, statusCode: status);
    }

    public static AssistanceRequest After(AssistanceRequest state, Decision<RequestEvent> decision) => decision.Events.Aggregate(state, AssistanceRequest.Evolve);

    /// <summary>The version being worked on, or the one signed.</summary>
    public static Draft? Draft(AssistanceRequest request) => request switch
    {
        AssistanceRequest.BeforeSignature s => s.Draft,
        AssistanceRequest.AwaitingValidation s => s.Request.Draft,
        AssistanceRequest.ValidationRefused s => s.Request.Draft,
        AssistanceRequest.Abandoned s => s.Draft,
        AssistanceRequest.ClosedUnsent s => s.Draft,
        AssistanceRequest.Dispatched s => s.Request.Draft,
        _ => null,
    };

    /// <summary>The request as signed; null before the signature.</summary>
    public static SignedRequest? Signed(AssistanceRequest request) => request switch
    {
        AssistanceRequest.AwaitingValidation s => s.Request,
        AssistanceRequest.ValidationRefused s => s.Request,
        AssistanceRequest.Dispatched s => s.Request,
        _ => null,
    };

    public static bool MayTouch(Caller caller, AssistanceRequest request, Draft draft) =>
        caller.Authority == draft.Facts.Issuer.Authority || (caller.Has(Role.Judge) && caller.Authority == Validator(request));

    private static string? Validator(AssistanceRequest request) => request switch
    {
        AssistanceRequest.Approved s => s.Act.ValidatingAuthority,
        AssistanceRequest.AwaitingValidation s => s.Request.Act.ValidatingAuthority,
        AssistanceRequest.ValidationRefused s => s.Request.Act.ValidatingAuthority,
        AssistanceRequest.Dispatched s => s.Request.Act.ValidatingAuthority,
        _ => null,
    };

    private static Dictionary<string, string> Committed(Guid id, Decision<RequestEvent> decision) => new(StringComparer.Ordinal)
    {
        ["case"] = id.ToString(),
        ["actor"] = decision.Events.Select(ActorOf).LastOrDefault(actor => actor is not null) ?? "node",
    };

    private static string? ActorOf(RequestEvent happened) => happened switch
    {
        RequestEvent.Drafted e => e.By.Id.Value,
        RequestEvent.Revised e => e.By.Id.Value,
        RequestEvent.Assessed e => e.By.Id.Value,
        RequestEvent.FindingOverridden e => e.By.Id.Value,
        RequestEvent.TransmissionApproved e => e.By.Id.Value,
        RequestEvent.ActSigned e => e.By.Id.Value,
        RequestEvent.Validated e => e.By.Id.Value,
        RequestEvent.Withdrawn e => e.By.Id.Value,
        RequestEvent.ClarificationAnswered e => e.By.Id.Value,
        RequestEvent.PreservationExtended e => e.By.Id.Value,
        RequestEvent.ProductionAnnounced e => e.By.Id.Value,
        RequestEvent.EnforcementAsked e => e.By.Id.Value,
        RequestEvent.Closed e => e.By.Id.Value,
        _ => null,
    };
}
