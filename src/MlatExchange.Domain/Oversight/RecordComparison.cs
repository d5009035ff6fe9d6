namespace MlatExchange.Domain.Oversight;

/// <summary>A message with a record that this node signed or accepted.</summary>
/// <param name="Place">Where it stands between the two nodes.</param>
/// <param name="Record">SHA-256 over the record string, <c>sha-256:...</c>.</param>
/// <param name="IssuedAt">The record's own instant, which both sides read alike.</param>
public sealed record ExchangedRecord(RecordPlace Place, string Record, DateTimeOffset IssuedAt);

/// <summary>Place of a message between two nodes.</summary>
/// <param name="Ours">Whether this node signed it.</param>
public sealed record RecordPlace(bool Ours, string Thread, long Seq);

/// <summary>A signed list of the other side.</summary>
/// <param name="From">Start of the period that it covers, inclusive.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="IssuedAt">When it was signed.</param>
public sealed record CounterpartList(DateTimeOffset From, DateTimeOffset To, DateTimeOffset IssuedAt, IReadOnlyList<ListedRecord> Entries);

/// <summary>An entry of the other side's list.</summary>
public sealed record ListedRecord(RecordPlace Place, string Record);

/// <summary>A part of the period that no list of the other side covers.</summary>
public sealed record UncoveredPeriod(DateTimeOffset From, DateTimeOffset To);

/// <summary>How two logs differ in one message.</summary>
public enum RecordDifferenceKind
{
    /// <summary>It stands in this log and the other side does not list it.</summary>
    OnlyHere,

    /// <summary>The other side lists it and it does not stand in this log.</summary>
    OnlyThere,

    /// <summary>Both have it, with different records.</summary>
    Differing,

    /// <summary>One side has it, and it may still have been on its way: younger than the time of grace.</summary>
    Late,
}

/// <param name="Here">The record in this log; null where it does not stand there.</param>
/// <param name="There">The record that the other side lists; null where it lists none.</param>
public sealed record RecordDifference(RecordDifferenceKind Kind, RecordPlace Place, string? Here, string? There);

/// <summary>
/// What two logs say of the same period, message by message (place and SHA-256 of the record). A pure function: repeated lists and lists in any order come to the same. Of several
/// lists over one instant the one signed last counts, so a side may correct itself, and both texts stay in the log.
/// </summary>
/// <param name="Matched">Messages that stand in both with the same record.</param>
public sealed record RecordComparison(int Matched, IReadOnlyList<RecordDifference> Differences, IReadOnlyList<UncoveredPeriod> Uncovered)
{
    /// <summary>Compares.</summary>
    /// <param name="own">Records of the period, and those outside it that a list names.</param>
    /// <param name="grace">How long a message may be on its way.</param>
    /// <param name="now">The instant of comparing.</param>
    public static RecordComparison Of(
        DateTimeOffset from, DateTimeOffset to, IReadOnlyList<ExchangedRecord> own, IReadOnlyList<CounterpartList> lists, TimeSpan grace, DateTimeOffset now)
    {
        CounterpartList[] newestFirst = [.. lists.Where(list => list.From < to && list.To > from).OrderByDescending(list => list.IssuedAt).ThenBy(list => list.From)];
        var listed = newestFirst.SelectMany(list => list.Entries, (list, entry) => (List: list, Entry: entry)).ToLookup(pair => pair.Entry.Place);
        var (matched, differences, known) = (0, new List<RecordDifference>(), new HashSet<RecordPlace>());
        foreach (var record in own.OrderBy(record => record.IssuedAt).ThenBy(record => record.Place.Thread, StringComparer.Ordinal).ThenBy(record => record.Place.Seq))
        {
            known.Add(record.Place);
            var covering = newestFirst.FirstOrDefault(list => list.From <= record.IssuedAt && record.IssuedAt < list.To);
            // A list that names one place twice with two records has told two stories: the one that differs counts.
            var there = listed[record.Place].GroupBy(pair => pair.List.IssuedAt).FirstOrDefault()?.Select(pair => pair.Entry.Record).OrderBy(told => told == record.Record).FirstOrDefault();
            var named = covering is null || covering.Entries.Any(entry => entry.Place == record.Place);
            if (there is not null && there != record.Record) differences.Add(new(RecordDifferenceKind.Differing, record.Place, record.Record, there));
            else if (there is not null && named) matched++;
            else if (covering is not null && record.IssuedAt >= from && record.IssuedAt < to)
                differences.Add(new(record.Place.Ours && record.IssuedAt > covering.IssuedAt - grace ? RecordDifferenceKind.Late : RecordDifferenceKind.OnlyHere, record.Place, record.Record, null));
        }

        foreach (var (list, entry) in newestFirst.SelectMany(list => list.Entries, (list, entry) => (list, entry)).Where(pair => known.Add(pair.entry.Place)))
            differences.Add(new(!entry.Place.Ours && list.To > now - grace ? RecordDifferenceKind.Late : RecordDifferenceKind.OnlyThere, entry.Place, null, entry.Record));
        return new(matched, differences, Gaps(from, to, newestFirst));
    }

    /// <summary>How many differences are of a kind.</summary>
    public int Count(RecordDifferenceKind kind) => Differences.Count(difference => difference.Kind == kind);

    /// <summary>Parts of a period that no list covers, in order.</summary>
    public static IReadOnlyList<UncoveredPeriod> Gaps(DateTimeOffset from, DateTimeOffset to, IEnumerable<CounterpartList> lists)
    {
        var (gaps, reached) = (new List<UncoveredPeriod>(), from);
        foreach (var list in lists.OrderBy(list => list.From))
        {
            if (list.From > reached) gaps.Add(new(reached, list.From));
            if (list.To > reached) reached = list.To;
        }

        if (reached < to) gaps.Add(new(reached, to));
        return gaps;
    }
}
