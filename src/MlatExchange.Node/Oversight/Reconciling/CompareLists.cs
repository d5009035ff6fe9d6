using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>What a signed report says; its <c>typ</c> is <see cref="Type"/>, the key is the node's message key.</summary>
/// <param name="Iss">Entity id of the node that compared.</param>
/// <param name="Grace">Minutes that a message may be on its way.</param>
/// <param name="Checkpoint">The newest signed head of the node's log when it compared; null before the first.</param>
/// <param name="Differences">The first 500; the counts in the event are of all.</param>
public sealed record ReconciliationReport(
    int V, string Iss, string Counterpart, DateTimeOffset From, DateTimeOffset To, DateTimeOffset IssuedAt, int Grace, string? Checkpoint, int Matched, IReadOnlyList<RecordDifference> Differences, IReadOnlyList<UncoveredPeriod> Uncovered)
{
    public const string Type = "mlat-reconciliation-report+jwt";

    public const int MostNamed = 500;

    /// <summary>Where the vault keeps it.</summary>
    public static string Reference(string digest) => $"reconciliation/{digest}";
}

/// <summary>Compares this log with the other side's lists and records a signed report of it, once for each list and once for each period.</summary>
public sealed partial class CompareLists(CaseWork work, NodeIdentity node, ReconciliationTables tables, ReconciliationSettings settings, LogReader log, TimeProvider time, ILogger<CompareLists> alarm)
{
    /// <param name="list">The list to compare; null for everything that speaks of the period.</param>
    /// <returns>False when another wrote meanwhile: to be done again.</returns>
    public async Task<bool> Run(string counterpart, DateTimeOffset from, DateTimeOffset to, Guid? list, IReadOnlyCollection<CounterpartList> lists, CancellationToken cancellation)
    {
        var stream = ReconciliationEvent.StreamName(counterpart);
        var loaded = await work.Journal.Load<Reconciliation, ReconciliationEvent>(stream, Reconciliation.Initial, Reconciliation.Evolve, cancellation);
        CounterpartList[] concerned = [.. lists.Where(one => one.From < to && one.To > from)];
        var own = await tables.Own(counterpart, from, to, [.. concerned.SelectMany(one => one.Entries).Select(entry => entry.Place).Distinct()], cancellation);
        var (now, head) = (work.Now, await log.Checkpoint(cancellation));
        var found = RecordComparison.Of(from, to, own, concerned, settings.Grace, now);
        var report = CompactJws.Sign(
            ReconciliationReport.Type,
            JsonSerializer.SerializeToUtf8Bytes(new ReconciliationReport(1, node.Entity, counterpart, from, to, now, (int)settings.Grace.TotalMinutes, head?.Note, found.Matched, [.. found.Differences.Take(ReconciliationReport.MostNamed)], found.Uncovered), EventJson.Options),
            node.MessageKey);
        var digest = CompactJws.DigestOf(report).ToString();
        var decision = new CompareRecords(counterpart, from, to, list, found, digest, now).Decide(loaded.State);
        if (decision.Events.Count == 0) return true;
        var group = work.Journal.Begin(Effects.DayKey(time)).Seal(ReconciliationReport.Reference(digest), System.Text.Encoding.ASCII.GetBytes(report))
            .Add(stream, loaded.Version, decision, new CounterpartCodes(counterpart), new Dictionary<string, string>());
        if (!await work.Journal.TryAppend(group, cancellation)) return false;
        var differing = found.Differences.Count - found.Count(RecordDifferenceKind.Late);
        if (differing > 0) Differ(counterpart, differing);
        return true;
    }

    [LoggerMessage(EventId = 4230, Level = LogLevel.Critical, Message = "This log and the lists of {Counterpart} differ in {Count} messages")]
    private partial void Differ(string counterpart, int count);
}
