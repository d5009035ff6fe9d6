using System.Text.Json;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Verification;

namespace MlatExchange.Node.Exchange;

/// <summary>What a verdict is about to write.</summary>
/// <param name="EventId">Follows from the message, so that it is written once.</param>
/// <param name="Thread">The thread with it.</param>
public sealed record InboxPlan(Guid EventId, LoadedThread Thread, Append Append);

/// <summary>Turns a verdict into one append: what the thread gains, the texts for the vault, the effect on the case, answers, and the raw row to forget.</summary>
public sealed class InboxPlans(Vault vault, Recorder recorder, SignMessage sign, Effects effects)
{
    public async Task<InboxPlan> Make(
        Verdict verdict, RawMessage raw, LoadedThread thread, IReadOnlyDictionary<Digest, Act> known, CancellationToken cancellation)
    {
        switch (verdict)
        {
            case Verdict.Accepted accepted:
                var received = new AcceptedMessage(accepted, known, raw.Counterpart, thread, IdOf(accepted.Opened), raw.ReceivedAt);
                return await effects.Of(received, cancellation) switch
                {
                    Effect.Applied applied => await Accept(received, applied, raw, cancellation),
                    Effect.Refused refused => await Refuse(
                        accepted, new(Step.Dialogue, refused.Rule), true, accepted.Message.Kind.IsReceipted ? ReceiptKind.NonDelivery : null, raw, thread, cancellation),
                    _ => throw new InvalidOperationException("An effect that is neither applied nor refused."),
                };
            case Verdict.Rejected rejected:
                return await Refuse(rejected, rejected.Failure, rejected.TakesPlace, rejected.Answer, raw, thread, cancellation);
            case Verdict.Equivocation equivocation:
                return await Expose(equivocation, raw, thread, cancellation);
            case Verdict.Held held:
                return await Hold(held, raw, thread, cancellation);
            default:
                throw new InvalidOperationException("A repeat writes nothing.");
        }
    }

    private async Task<InboxPlan> Accept(AcceptedMessage received, Effect.Applied effect, RawMessage raw, CancellationToken cancellation)
    {
        var (verdict, core, digest) = (received.Verdict, received.Message.Core, received.Message.Digest);
        var happened = new ThreadEvent.MessageAccepted(
            received.Message.Kind.Slug, core.Jti, core.Seq, digest.ToString(), raw.Counterpart, effect.Case, effect.Key,
            verdict.Act is { } act ? new(act.Kind.Slug, act.Id, act.Digest.ToString()) : null,
            received.Message.Body is MessageBody.ReceiptOf receipt
                ? new(JsonNamingPolicy.KebabCaseLower.ConvertName(receipt.Receipt.ToString()), receipt.Of.Digest.ToString(), receipt.Failure?.Step)
                : null,
            raw.ReceivedAt);
        var plan = new Draft(received.Thread).Add(received.EventId, happened, recorder, effect.Key, effect.Codes, digest, received.Message.Record);
        plan.Vault.Add(Text(verdict).Seal(vault, received.EventId, effect.Key));
        if (verdict.Opened.Envelope.Shares is { Count: > 0 } shares)
            plan.Vault.Add(StoredMessage.SealShares(vault, received.EventId, effect.SharesKey ?? effect.Key, shares));
        plan.Vault.AddRange(effect.Vault);
        foreach (var reply in effect.Replies) plan.Add(await sign.Sign(plan.Thread, reply, cancellation));
        return plan.Finish(received.EventId, effect.Streams, Row(raw));
    }

    private async Task<InboxPlan> Refuse(
        Verdict verdict, StepFailure failure, bool takesPlace, ReceiptKind? answer, RawMessage raw, LoadedThread thread, CancellationToken cancellation)
    {
        var (core, digest, id) = (verdict.Opened.Core!, verdict.Opened.Digest, IdOf(verdict.Opened));
        var key = thread.History.Key ?? UnknownThreadKey(thread);
        var happened = new ThreadEvent.MessageRefused(
            verdict.Opened.Kind.Slug, core.Jti, core.Seq, digest.ToString(), raw.Counterpart, key, (int)failure.Step, failure.Rule, takesPlace, raw.ReceivedAt);
        var plan = new Draft(thread).Add(id, happened, recorder, key, null, digest);
        plan.Vault.Add(Text(verdict).Seal(vault, id, key));
        await Answer(plan, answer, failure, verdict.Opened, raw, key, cancellation);
        return plan.Finish(id, [], Row(raw));
    }

    private async Task<InboxPlan> Expose(Verdict.Equivocation verdict, RawMessage raw, LoadedThread thread, CancellationToken cancellation)
    {
        var (core, digest) = (verdict.Opened.Core!, verdict.Opened.Digest);
        var (id, key) = (MessageIds.Equivocation(digest.ToString()), thread.History.Key ?? UnknownThreadKey(thread));
        var happened = new ThreadEvent.EquivocationFound(core.Jti, core.Seq, digest.ToString(), verdict.First.ToString(), raw.Counterpart, key, raw.ReceivedAt);
        var plan = new Draft(thread).Add(id, happened, recorder, key, null, digest);
        plan.Vault.Add(Text(verdict).Seal(vault, id, key));
        await Answer(plan, verdict.Answer, verdict.Failure, verdict.Opened, raw, key, cancellation);
        return plan.Finish(id, [], Row(raw));
    }

    private async Task<InboxPlan> Hold(Verdict.Held verdict, RawMessage raw, LoadedThread thread, CancellationToken cancellation)
    {
        var (core, digest) = (verdict.Opened.Core!, verdict.Opened.Digest);
        var (id, key) = (MessageIds.Held(digest.ToString()), thread.History.Key ?? UnknownThreadKey(thread));
        var happened = new ThreadEvent.MessageHeld(
            verdict.Opened.Kind.Slug, core.Jti, core.Seq, digest.ToString(), raw.Counterpart, verdict.From, verdict.To, raw.ReceivedAt);
        var plan = new Draft(thread).Add(id, happened, recorder, key, null, digest);
        if (thread.History.ToAskFor(verdict.From, verdict.To) is var (from, to))
        {
            var asking = new Outgoing(new MessageBody.ResendRequest(new(thread.Id, from, to)), raw.Counterpart, key) { Case = thread.History.Case };
            plan.Add(await sign.Sign(plan.Thread, asking, cancellation));
        }

        return plan.Finish(id, [], []); // the raw message stays until the gap closes
    }

    private async Task Answer(
        Draft plan, ReceiptKind? answer, StepFailure failure, OpenedMessage opened, RawMessage raw, string key, CancellationToken cancellation)
    {
        if (answer is not { } kind) return;
        var core = opened.Core!;
        var why = kind == ReceiptKind.NonDelivery ? new ReceiptFailure((int)failure.Step, failure.Rule, failure.JsonPointer is "" ? null : failure.JsonPointer) : null;
        plan.Add(await sign.Sign(
            plan.Thread, Receipts.Of(raw.Counterpart, key, plan.Thread.History.Case, new(core.Jti, opened.Digest, core.Seq), kind, raw.ReceivedAt, null, why), cancellation));
    }

    /// <summary>The raw row that goes in the same transaction, where there is one.</summary>
    private static IReadOnlyList<byte[]> Row(RawMessage raw) => raw.IsStored ? [raw.Digest] : [];

    private static Guid IdOf(OpenedMessage opened) => MessageIds.Settled(opened.Core!.Iss, opened.Core.Jti);

    /// <summary>Texts of a thread that belongs to no case here lie under a key of their own, which ends after 30 days.</summary>
    private static string UnknownThreadKey(LoadedThread thread) => "thread-" + thread.Id;

    private static StoredMessage Text(Verdict verdict)
    {
        var envelope = verdict.Opened.Envelope;
        return new(envelope.Message, envelope.Acts, envelope.Disclosures, envelope.Logged, JsonSerializer.SerializeToElement(verdict.ToRecord(), StrictJson.Options));
    }

    /// <summary>What the thread gains, in the making.</summary>
    private sealed class Draft(LoadedThread before)
    {
        private readonly List<NewEvent> _events = [];

        public LoadedThread Thread { get; private set; } = before;

        public List<VaultEntry> Vault { get; } = [];

        public Draft Add(Guid id, ThreadEvent happened, Recorder recorder, string key, CaseCodes? codes, Digest digest, string? record = null)
        {
            var (stored, openings) = recorder.Record(happened, id, key, codes, SignMessage.Committed(Thread.Id, digest), record);
            _events.Add(stored);
            Vault.Add(openings!);
            Thread = Thread.Then(id, happened);
            return this;
        }

        public void Add(SignedMessage signed)
        {
            _events.Add(signed.Event);
            Vault.AddRange(signed.Vault);
            Thread = signed.Thread;
        }

        public InboxPlan Finish(Guid id, IReadOnlyList<StreamAppend> streams, IReadOnlyList<byte[]> settled) =>
            new(id, Thread, new([new(Thread.Stream, Thread.Version - _events.Count, _events), .. streams], Vault, settled));
    }
}
