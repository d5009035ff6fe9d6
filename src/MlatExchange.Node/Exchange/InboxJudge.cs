using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Verification;
using Npgsql;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// From a proven sender to an effect: looks up what is known, judges (steps 11 to 17), and writes verdict, texts and effect in one append that also forgets the
/// raw message. Whoever loses a race decides again on what the winner wrote.
/// </summary>
public sealed partial class InboxJudge(
    IEventStore store, Vault vault, Recorder recorder, Threads threads, InboxPlans plans, PeerLogs peers, CurrentTrust trust, Inbox inbox, Quarantine quarantine,
    Outbox outbox, Waitlist waitlist, TimeProvider clock, ILogger<InboxJudge> log)
{
    private const int Attempts = 5;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>Judges one message and whatever its arrival lets go on.</summary>
    public async Task Judge(RawMessage raw, OpenedMessage opened, CancellationToken stopping)
    {
        for (var (attempt, next) = (1, ((RawMessage, OpenedMessage)?)(raw, opened)); next is var (message, text) && next is not null;)
        {
            try
            {
                next = await Settle(message, text, stopping);
                attempt = 1;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                if (failure is not NpgsqlException { IsTransient: true } && attempt >= Attempts)
                {
                    Unsettled(raw.Counterpart, failure.GetType().Name);
                    inbox.Keep(message); // and is tried again by the sweep
                    return;
                }

                if (text.Core is { } core) threads.Forget(core.Thread);
                await Task.Delay(TimeSpan.FromMilliseconds(50 * Math.Min(attempt++, 100)), clock, stopping);
            }
        }
    }

    /// <summary>Quarantines a message, which settles it.</summary>
    public async Task SetAside(RawMessage raw, int step, string rule, CancellationToken stopping)
    {
        await quarantine.Add(raw, step, rule, stopping);
        await inbox.Settle(raw, rowIsGone: true, stopping);
    }

    /// <summary>Settles a message; answers with the next of its thread that waited for it, if one did.</summary>
    private async Task<(RawMessage, OpenedMessage)?> Settle(RawMessage raw, OpenedMessage opened, CancellationToken stopping)
    {
        if (opened.Core is not { } core)
        {
            // Its place cannot be read, so it has none; the step that failed is named all the same.
            var unplaced = JudgeMessage.Run(opened, Facts(raw, null, ThreadFacts.None, new Dictionary<Digest, Act>()));
            await SetAside(raw, (int)(unplaced.FailedAt?.Step ?? Step.Content), unplaced.FailedAt?.Rule ?? "place", stopping);
            return null;
        }

        var opening = core is { Seq: 1, Seen: null };
        for (Digest? elsewhere = null; ; opening = false)
        {
            var thread = await threads.LoadOrOpen(core.Thread, opening, stopping);
            if (thread.History.Counterpart is { } owner && owner != raw.Counterpart)
            {
                await SetAside(raw, (int)Step.Dialogue, "thread-of-another", stopping);
                return null;
            }

            var known = RestsOnActs(opened.Kind) ? await ThreadActs.Load(vault, thread, stopping) : new Dictionary<Digest, Act>();
            var sameId = thread.History.Known.TryGetValue(core.Jti, out var same) ? Digest.Parse(same.Digest) : elsewhere;
            var verdict = JudgeMessage.Run(opened, Facts(raw, sameId, Of(thread.History, core, opened.Digest), known));
            if (verdict is Verdict.Held) inbox.Keep(raw);
            switch (verdict)
            {
                case Verdict.Repeat:
                    await inbox.Settle(raw, rowIsGone: false, stopping);
                    AnswerAgain(raw.Counterpart, thread, opened.Digest);
                    return null;
                case Verdict.Held when !waitlist.MustBeNoted(raw, opened):
                    return null;
                case Verdict.Held when thread.History.Held.ContainsKey(core.Seq):
                    AskAgain(raw, thread);
                    return null;
            }

            var plan = await plans.Make(verdict, raw, thread, known, stopping);
            switch (await store.Append(plan.Append, stopping))
            {
                case AppendOutcome.Appended:
                    threads.Keep(plan.Thread);
                    if (verdict is not Verdict.Held) await inbox.Settle(raw, plan.Append.SettledInbox.Count > 0, stopping);
                    After(verdict, raw, plan);
                    return waitlist.Next(plan.Thread);
                case AppendOutcome.Conflict:
                    threads.Forget(core.Thread);
                    break;
                case AppendOutcome.Duplicate { EventId: var id } when id == plan.EventId:
                    threads.Forget(core.Thread);
                    if (verdict is Verdict.Equivocation or Verdict.Held)
                    {
                        if (verdict is Verdict.Equivocation) await inbox.Settle(raw, rowIsGone: false, stopping);
                        return null;
                    }

                    elsewhere = await DigestOf(id, stopping); // the same (iss, jti), settled by another process or in another thread
                    break;
                case var other:
                    throw new InvalidOperationException($"The append came to {other.GetType().Name}.");
            }
        }
    }

    private JudgingFacts Facts(RawMessage raw, Digest? sameId, ThreadFacts thread, IReadOnlyDictionary<Digest, Act> known) =>
        new(trust(), raw.ReceivedAt, sameId, thread, known, peers.Newest(raw.Counterpart), Check);

    private static ThreadFacts Of(ThreadHistory history, MessageCore core, Digest digest)
    {
        var sent = core.Seen is { } seen ? history.Sent.GetValueOrDefault(seen.Seq)?.Digest : null;
        var placed = history.Received.GetValueOrDefault(core.Seq)?.Digest;
        // What waits under this number counts unless it is this very message, judged again.
        placed ??= history.Held.TryGetValue(core.Seq, out var held) && held != digest.ToString() ? held : null;
        return new(
            history.Other is { } other ? new(other.Seq, Digest.Parse(other.Digest)) : null,
            sent is null ? null : Digest.Parse(sent),
            placed is null ? null : Digest.Parse(placed));
    }

    /// <summary>A request's facts must be readable by the same reader that the rules use.</summary>
    private static IReadOnlyList<Fault> Check(Act act) => act.Body is ActBody.Request request
        ? [.. RequestFactsReader.Read(request.Facts, "/request").Faults.Select(fault => new Fault(fault.Pointer, fault.Rule, fault.Sentence))]
        : [];

    private static bool RestsOnActs(MessageKind kind) => kind == MessageKind.KeyRelease || kind.Carries is { } act && act != ActKind.Request;

    private async Task<Digest?> DigestOf(Guid eventId, CancellationToken stopping) =>
        (await store.Read([eventId], stopping)) is [var stored, ..] ? recorder.Read(stored) switch
        {
            ThreadEvent.MessageAccepted m => Digest.Parse(m.Digest),
            ThreadEvent.MessageRefused m => Digest.Parse(m.Digest),
            _ => null,
        } : null;

    private void After(Verdict verdict, RawMessage raw, InboxPlan plan)
    {
        switch (verdict)
        {
            case Verdict.Accepted accepted:
                peers.Take(raw.Counterpart, accepted.Log);
                if (accepted.Message.Body is MessageBody.ReceiptOf { Receipt: ReceiptKind.Delivery } receipt)
                    outbox.To(raw.Counterpart).Acknowledge(receipt.Of.Digest.ToString());
                if (accepted.Message.Body is MessageBody.ResendRequest asked) SendAgain(raw.Counterpart, asked.Missing, plan.Thread);
                break;
            case Verdict.Equivocation equivocation:
                ToldTwoStories(raw.Counterpart, equivocation.Failure.JsonPointer);
                break;
            case Verdict.Rejected { Failure: var failure }:
                Rejected(raw.Counterpart, (int)failure.Step, failure.Rule);
                break;
            case Verdict.Held:
                Holds(raw.Counterpart);
                break;
        }
    }

    private void AnswerAgain(string counterpart, LoadedThread thread, Digest digest)
    {
        if (thread.History.Receipts.TryGetValue(digest.ToString(), out var seq) && thread.History.Sent.TryGetValue(seq, out var receipt))
            outbox.Resend(counterpart, thread.Id, receipt);
    }

    /// <summary>What was asked for did not come: the request may have been lost. It is sent again, the same one.</summary>
    private void AskAgain(RawMessage raw, LoadedThread thread)
    {
        if (clock.GetUtcNow() - raw.ReceivedAt < AskAgainAfter) return;
        var asked = thread.History.Sent.Values.Where(message => message.Kind == MessageKind.ResendRequest.Slug).MaxBy(message => message.Seq);
        if (asked is not null) outbox.Resend(raw.Counterpart, thread.Id, asked);
    }

    private void SendAgain(string counterpart, MissingMessages missing, LoadedThread asked)
    {
        if (missing.Thread != asked.Id) return; // a thread is asked for in itself, so nobody can draw on another's
        for (var seq = missing.From; seq <= Math.Min(missing.To, missing.From + 255); seq++)
        {
            if (asked.History.Sent.TryGetValue(seq, out var message)) outbox.Resend(counterpart, asked.Id, message);
        }
    }

    [LoggerMessage(EventId = 4130, Level = LogLevel.Error, Message = "A message from {Counterpart} could not be settled ({Fault}); it is kept and tried again")]
    private partial void Unsettled(string counterpart, string fault);

    [LoggerMessage(EventId = 4131, Level = LogLevel.Warning, Message = "A message from {Counterpart} was rejected at step {Step} ({Rule})")]
    private partial void Rejected(string counterpart, int step, string rule);

    [LoggerMessage(EventId = 4132, Level = LogLevel.Critical, Message = "{Counterpart} signed two messages under one {Member}; both are kept as proof")]
    private partial void ToldTwoStories(string counterpart, string member);

    [LoggerMessage(EventId = 4133, Level = LogLevel.Warning, Message = "A message from {Counterpart} waits for earlier ones; they were asked for again")]
    private partial void Holds(string counterpart);
}
