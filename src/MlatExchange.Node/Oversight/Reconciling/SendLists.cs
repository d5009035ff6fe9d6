using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>
/// Signs the lists of a period and records that it did, in one append. A period with more records than one message holds is cut by time: each list covers its own part of the period
/// and stands alone, so that none is incomplete without the others.
/// </summary>
public sealed class SendLists(CaseWork work, SignMessage sign, NodeIdentity node, ReconciliationTables tables, TimeProvider time)
{
    /// <summary>Entries a list has at most, but for those of one and the same instant: with the longest names an envelope still holds them.</summary>
    public const int MostEntries = 400;

    /// <summary>Longest period that is listed because somebody asks.</summary>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(31);

    /// <returns>Lists and entries; null when the same was said before.</returns>
    public async Task<(int Lists, int Entries)?> Send(string counterpart, DateTimeOffset from, DateTimeOffset to, ReconciliationOccasion occasion, CancellationToken cancellation)
    {
        var theirs = work.Trust().NodeOf(counterpart)!.Entity;
        while (true)
        {
            var stream = ReconciliationEvent.StreamName(counterpart);
            var loaded = await work.Journal.Load<Reconciliation, ReconciliationEvent>(stream, Reconciliation.Initial, Reconciliation.Evolve, cancellation);
            var records = await tables.Own(counterpart, from, to, [], cancellation);
            var lists = Cut(from, to, records).ToList();
            var decision = new ListRecords(counterpart, from, to, lists.Count, records.Count, occasion, work.Now).Decide(loaded.State);
            if (decision.Events.Count == 0) return null;
            var key = Effects.DayKey(time);
            var group = work.Journal.Begin(key).Add(stream, loaded.Version, decision, new CounterpartCodes(counterpart), new Dictionary<string, string>());
            await work.Send(group, sign.LinkThreadWith(counterpart), cancellation, [.. lists.Select(list => new Outgoing(new MessageBody.ReconciliationList(
                list.From, list.To, [.. list.Records.Select(record => new ReconciliationEntry(record.Place.Ours ? node.Entity : theirs, record.Place.Thread, record.Place.Seq, Digest.Parse(record.Record)))]), counterpart, key))]);
            if (await work.Journal.TryAppend(group, cancellation)) return (lists.Count, records.Count);
        }
    }

    /// <summary>Parts of a period, each with its records, without gap or overlap.</summary>
    internal static IEnumerable<(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ExchangedRecord> Records)> Cut(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ExchangedRecord> records)
    {
        for (var start = 0; ;)
        {
            var end = Math.Min(start + MostEntries, records.Count);
            if (end < records.Count) // an instant is not divided
            {
                var cut = end;
                while (cut > start && records[cut - 1].IssuedAt == records[end].IssuedAt) cut--;
                if (cut > start) end = cut;
                else while (end < records.Count && records[end].IssuedAt == records[start].IssuedAt) end++;
            }

            var until = end < records.Count ? records[end].IssuedAt : to;
            yield return (from, until, [.. records.Skip(start).Take(end - start)]);
            if (end >= records.Count) yield break;
            (start, from) = (end, until);
        }
    }
}
