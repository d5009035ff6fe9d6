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
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>A transfer's use with the case it belongs to, on whichever side this node is.</summary>
/// <param name="Version">Of the transfer's stream.</param>
/// <param name="Key">Data key of the case.</param>
/// <param name="CaseStream">Stream of the case.</param>
/// <param name="Authority">The own authority that deals with the case.</param>
/// <param name="OtherAuthority">The other side's.</param>
public sealed record UsedTransfer(
    TransferUse Use, long Version, string Key, string CaseStream, string Thread, RequestFacts Facts, string Authority, string OtherAuthority, CaseCodes Codes, bool Closed)
{
    public string Stream => TransferEvent.StreamName(Use.Transfer);

    /// <summary>The purpose that the evidence was asked for.</summary>
    public string Purpose => Facts.Necessity.Purpose;
}

/// <summary>What every step in the use of a transfer shares: load it on either side, see that the caller's authority is the one of the case, decide, append, tell the other side.</summary>
public sealed class UseDesk(CaseWork work, TransferDesk transfers)
{
    public CaseWork Work => work;

    /// <summary>Where the words given with the event at a version of the transfer's stream lie.</summary>
    public static string WordsOf(string transfer, long version) => $"transfer/{transfer}/words/{version}";

    public async Task<UsedTransfer?> Load(string transfer, CancellationToken cancellation)
    {
        var loaded = await work.Journal.Load<TransferUse, TransferEvent>(TransferEvent.StreamName(transfer), TransferUse.Initial, TransferUse.Evolve, cancellation);
        var use = loaded.State;
        if (use.Side == UseSide.Unknown) return null;
        if (use.Side == UseSide.Supplier)
        {
            var received = await transfers.Received(use.Case, cancellation);
            var of = received.Dossier.Received;
            return new(
                use, loaded.Version, ReceivedDesk.KeyOf(use.Case), ReceivedRequest.StreamName(use.Case), of.Thread, of.Facts, received.Dossier.Authority, of.Facts.Issuer.Authority,
                TransferDesk.Codes(of, use.Items), received is ReceivedRequest.Closed);
        }
        var request = await transfers.Request(use.Case, cancellation);
        var draft = request.Request.Draft;
        return new(
            use, loaded.Version, RequestDesk.KeyOf(use.Case), AssistanceRequest.StreamName(use.Case), draft.Thread, draft.Facts, draft.Facts.Issuer.Authority, draft.Facts.Addressee.Authority,
            TransferDesk.Codes(request, use.Counterpart, use.Items), request is AssistanceRequest.Closed);
    }

    /// <summary>Runs a command of either side's authority on a transfer.</summary>
    public Task<IResult> On(HttpContext http, string transfer, Func<UsedTransfer, Task<Attempt>> attempt) => work.Journal.Run(async () =>
    {
        if (!SealingContext.IsTransfer(transfer) || await Load(transfer, http.RequestAborted) is not { } used) return Attempt.Answer(Problem.NotFound());
        return Preconditions.Refusal(http, used.Authority == Caller.Of(http.User).Authority, used.Closed, used.Version) is { } refusal ? Attempt.Answer(refusal) : await attempt(used);
    }, http.RequestAborted);

    public Group Gather<TEvent>(UsedTransfer used, Decision<TEvent> decision, Official? by = null, Group? group = null)
        where TEvent : TransferEvent =>
        (group ?? work.Journal.Begin(used.Key)).Add(used.Stream, used.Version, decision, used.Codes, TransferDesk.Committed(used.Use.Transfer, used.Use.Case, used.Use.Items, by));

    /// <summary>A message about the transfer to the other side, in the thread of its case.</summary>
    public static Outgoing Message(UsedTransfer used, MessageBody body, IReadOnlyList<string> disclosures) =>
        new(body, used.Use.Counterpart, used.Key) { Case = used.CaseStream, Disclosures = disclosures, Codes = used.Codes };

    /// <summary>The answer once a decision is written; <paramref name="more"/> is what the command itself has to tell.</summary>
    public static IResult Answer(HttpContext http, UsedTransfer used, Decision<UseEvent> decision, object? more = null)
    {
        var version = used.Version + decision.Events.Count;
        http.Tag(version);
        return Results.Json(new { transfer = used.Use.Transfer, version, about = more }, EventJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>What an effect of a message on a transfer comes to.</summary>
    public Effect Applied(AcceptedMessage message, UsedTransfer used, Decision<UseEvent> decision, Group? group = null)
    {
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var append = Gather(used, decision, group: group).ToAppend();
        return new Effect.Applied(used.Key) { Case = message.Thread.History.Case, Codes = used.Codes, Streams = append.Streams, Vault = append.Vault };
    }
}
