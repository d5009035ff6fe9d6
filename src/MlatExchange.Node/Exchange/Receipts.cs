using System.Threading.Channels;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>A message accepted here, at its place in the log.</summary>
public sealed record Receivable(long Position, string Thread, Guid EventId, ThreadEvent.MessageAccepted Accepted);

/// <summary>
/// Signs the delivery receipt of every accepted message that is owed one, once a published head covers the acceptance: "delivered" means in both logs, and
/// the receipt shows it. The thread itself remembers which messages have theirs, so going over them again signs nothing twice.
/// </summary>
public sealed partial class Receipts(
    IEventStore store, Vault vault, Threads threads, SignMessage sign, LoggedProofs proofs, LogBell bell, TimeProvider clock, ILogger<Receipts> log)
{
    private const int Most = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly Channel<Receivable> _waiting = Channel.CreateUnbounded<Receivable>(new() { SingleReader = true });
    private long _offered;
    private long _done;

    /// <summary>Position up to which every message has its receipt.</summary>
    public long Done => Interlocked.Read(ref _done);

    public void Resume(long position)
    {
        Interlocked.Exchange(ref _offered, position);
        Interlocked.Exchange(ref _done, position);
    }

    public void Offer(Receivable accepted)
    {
        if (accepted.Position <= Interlocked.Read(ref _offered)) return;
        Interlocked.Exchange(ref _offered, accepted.Position);
        _waiting.Writer.TryWrite(accepted);
    }

    /// <summary>Nothing that is owed a receipt lies before <paramref name="position"/> and was not offered.</summary>
    public void PassTo(long position)
    {
        if (Interlocked.Read(ref _offered) != Done || position <= Done) return;
        Interlocked.Exchange(ref _offered, position);
        Interlocked.Exchange(ref _done, position);
    }

    public async Task Run(CancellationToken stopping)
    {
        while (await _waiting.Reader.WaitToReadAsync(stopping))
        {
            var batch = new List<Receivable>();
            while (batch.Count < Most && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            await Exchanging.UntilDone(() => Answer(batch, stopping), (failure, attempt) => NotSigned(failure.GetType().Name, attempt), clock, stopping);
            Interlocked.Exchange(ref _done, batch[^1].Position);
        }
    }

    private async Task Answer(List<Receivable> batch, CancellationToken stopping)
    {
        var openings = await vault.Open(batch.Select(accepted => new[] { $"openings/{accepted.EventId}" }), bell.Tail.Sealed, stopping);
        var byEvent = batch.Where(accepted => openings.ContainsKey($"openings/{accepted.EventId}"))
            .ToDictionary(accepted => accepted.EventId, accepted => openings[$"openings/{accepted.EventId}"]);
        var next = bell.NextPublished;
        var logged = await proofs.Make(byEvent, 0, stopping);
        while (logged.Count < byEvent.Count)
        {
            await LogBell.Wait(next, Poll, stopping);
            next = bell.NextPublished;
            logged = await proofs.Make(byEvent, 0, stopping);
        }

        // One after the other within a thread, whose numbers follow each other; threads at once, so that they share commits.
        await Task.WhenAll(batch.Where(accepted => logged.ContainsKey(accepted.EventId)).GroupBy(accepted => accepted.Thread, StringComparer.Ordinal)
            .Select(async thread =>
            {
                foreach (var accepted in thread) await Answer(accepted, logged[accepted.EventId].Proof, stopping);
            }));
    }

    private async Task Answer(Receivable accepted, LoggedProof proof, CancellationToken stopping)
    {
        while (true)
        {
            var thread = await threads.Load(accepted.Thread, stopping);
            if (thread.History.Receipts.ContainsKey(accepted.Accepted.Digest)) return;
            var signed = await sign.Sign(thread, Delivery(thread, accepted.Accepted, proof), stopping);
            if (await store.Append(new([signed.Append], signed.Vault, []), stopping) is AppendOutcome.Appended)
            {
                threads.Keep(signed.Thread);
                return;
            }

            threads.Forget(accepted.Thread); // another message took the number; sign again behind it
        }
    }

    private Outgoing Delivery(LoadedThread thread, ThreadEvent.MessageAccepted accepted, LoggedProof proof) => Of(
        accepted.Counterpart, thread.History.Key ?? Effects.DayKey(clock), accepted.Case,
        new(accepted.Jti, Digest.Parse(accepted.Digest), accepted.Seq), ReceiptKind.Delivery, accepted.At, proof, null);

    /// <summary>A receipt for one message of the other side.</summary>
    /// <param name="key">Data key for its text.</param>
    /// <param name="stream">Stream of the case.</param>
    internal static Outgoing Of(
        string counterpart, string key, string? stream, MessageRef of, ReceiptKind kind, DateTimeOffset at, LoggedProof? proof, ReceiptFailure? failure) => new(
        MessageKind.Receipt,
        core => new MessageBody.ReceiptOf(kind, of, at, Transcript.Of(core.Iss, core.Aud, core.Prev, core.Seen?.Digest), proof, failure),
        counterpart,
        key)
        {
            Case = stream,
            Answers = of.Digest,
        };

    [LoggerMessage(EventId = 4120, Level = LogLevel.Warning, Message = "Receipts are not signed yet ({Fault}, attempt {Attempt}); they are tried again")]
    private partial void NotSigned(string fault, int attempt);
}
