using MlatExchange.Domain.Oversight.Statistics;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>A count in a month under its codes.</summary>
public sealed record CountRow(string Month, string Instrument, string Counterpart, bool Emergency, string Pack, string Code, long Count);

/// <summary>A measure, exact.</summary>
/// <param name="Source">Article that asks for it; empty where none does.</param>
/// <param name="BrokenDownBy">What <c>code</c> is in the rows.</param>
public sealed record CountView(string Measure, string Source, string BrokenDownBy, long Total, IReadOnlyList<CountRow> Rows);

/// <summary>How long something took, in seconds. Percentiles are at most 2 per cent too high; number and mean are exact.</summary>
public sealed record TimesOf(long Count, double Mean, double Median, double P90, double P95, double P99);

/// <summary>Times of a month and an instrument.</summary>
public sealed record TimeRow(string Month, string Instrument, TimesOf Took);

/// <summary>A measure of time.</summary>
/// <param name="All">Over the whole period; null when there was none.</param>
public sealed record TimeView(string Measure, string Source, TimesOf? All, IReadOnlyList<TimeRow> Rows);

/// <summary>Exact statistics of a period.</summary>
public sealed record StatisticsView(IReadOnlyList<CountView> Counts, IReadOnlyList<TimeView> Times, IReadOnlyList<Measure> NotCounted)
{
    internal static StatisticsView Of(IReadOnlyList<MonthFigure> counts, IReadOnlyList<MonthTime> times)
    {
        var (counted, timed) = (counts.ToLookup(row => row.Key.Measure, StringComparer.Ordinal), times.ToLookup(row => row.Key.Measure, StringComparer.Ordinal));
        return new(
            [.. Measures.Counts.Select(measure => new CountView(measure.Name, measure.Source, measure.BrokenDownBy, counted[measure.Name].Sum(row => row.Count), [.. counted[measure.Name].Select(Row)]))],
            [.. Measures.Times.Select(measure => new TimeView(measure.Name, measure.Source, Took(timed[measure.Name]), [.. timed[measure.Name]
                .GroupBy(row => (row.Month, row.Key.Instrument)).OrderBy(group => group.Key).Select(group => new TimeRow($"{group.Key.Month:yyyy-MM}", group.Key.Instrument, Took(group)!))]))],
            Measures.NotCounted);
    }

    /// <summary>Null of none.</summary>
    internal static TimesOf? Took(IEnumerable<MonthTime> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return null;
        var buckets = all.GroupBy(row => row.Bucket).ToDictionary(group => group.Key, group => group.Sum(row => row.Count));
        var count = all.Sum(row => row.Count);
        return new(count, (double)(all.Sum(row => row.Seconds) / count), At(0.5), At(0.9), At(0.95), At(0.99));

        double At(double share) => Math.Round(TimeSketch.Percentile(buckets, share)!.Value, 1);
    }

    private static CountRow Row(MonthFigure row) => new($"{row.Month:yyyy-MM}", row.Key.Instrument, row.Key.Counterpart, row.Key.Emergency, row.Key.Pack, row.Key.Code, row.Count);
}
