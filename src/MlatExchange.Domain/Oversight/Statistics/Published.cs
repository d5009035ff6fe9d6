namespace MlatExchange.Domain.Oversight.Statistics;

/// <summary>Counts of a table with what would give a person away left out. A code that is not listed is zero or withheld: nobody can tell which.</summary>
/// <param name="Shown">Codes and counts.</param>
/// <param name="Withheld">Whether something was left out.</param>
public sealed record PublishedLine(IReadOnlyDictionary<string, long> Shown, bool Withheld);

/// <summary>One instrument's share of a measure.</summary>
public sealed record PublishedInstrument(long Total, PublishedLine Counterparts, PublishedLine Emergency, PublishedLine Codes);

/// <summary>A finished year of a measure.</summary>
/// <param name="Total">Null when withheld.</param>
public sealed record PublishedYear(long? Total, IReadOnlyDictionary<string, PublishedInstrument> Instruments, bool Withheld);

/// <summary>A measure as the public sees it.</summary>
/// <param name="Quarters">Each finished quarter in order; null when withheld.</param>
/// <param name="Year">Null until the year is over.</param>
public sealed record PublishedMeasure(IReadOnlyList<long?> Quarters, PublishedYear? Year);

/// <summary>
/// Suppression of small cells, with complements. Only finished periods are published, and what they say never changes, so asking again gives nothing. Tables form a tree: a
/// measure's quarters and its instruments add up to its year; an instrument's counterparts, urgency and codes each add up to it; nothing is published across, so each line can be
/// judged by itself. The reasons stand in ADR 0062.
/// </summary>
public static class Suppression
{
    /// <param name="quarters">Figures of each finished quarter, the first first; four make a year.</param>
    /// <param name="least">Least count that is shown; smaller ones but zero are withheld.</param>
    public static PublishedMeasure Publish(IReadOnlyList<IReadOnlyList<(FigureKey Key, long Count)>> quarters, long least)
    {
        long[] totals = [.. quarters.Select(quarter => quarter.Sum(cell => cell.Count))];
        long?[] shown = [.. totals.Select(total => IsSmall(total, least) ? (long?)null : total)];
        return new(shown, quarters.Count < 4 ? null : Year([.. quarters.SelectMany(quarter => quarter)], totals.Where(total => IsSmall(total, least)).Sum(), least));
    }

    // Quarters were published first. Where one was withheld the year's total would give it away, and so would parts that all but add up to it: parts worth as much are withheld too.
    private static PublishedYear Year(IReadOnlyList<(FigureKey Key, long Count)> cells, long hidden, long least)
    {
        var total = cells.Sum(cell => cell.Count);
        var open = hidden == 0 && !IsSmall(total, least);
        var line = Line(Sums(cells, key => key.Instrument), open ? null : Math.Max(hidden, 1), least);
        return new(open ? total : null, line.Shown.ToDictionary(part => part.Key, part => Instrument([.. cells.Where(cell => cell.Key.Instrument == part.Key)], part.Value, least)), line.Withheld);
    }

    // Of an instrument that is withheld nothing at all is shown.
    private static PublishedInstrument Instrument(IReadOnlyList<(FigureKey Key, long Count)> cells, long total, long least) =>
        new(total, Line(Sums(cells, key => key.Counterpart), null, least), Line(Sums(cells, key => key.Emergency ? "yes" : "no"), null, least), Line(Sums(cells, key => key.Code), null, least));

    /// <summary>A line of parts that add up to a total.</summary>
    /// <param name="hidden">Null when the total is shown; else how much must be missing from the parts.</param>
    public static PublishedLine Line(IReadOnlyDictionary<string, long> parts, long? hidden, long least)
    {
        var withheld = parts.Where(part => IsSmall(part.Value, least)).Select(part => part.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var next in parts.Where(part => part.Value >= least).OrderBy(part => part.Value).ThenBy(part => part.Key, StringComparer.Ordinal))
        {
            if (Safe()) break;
            withheld.Add(next.Key);
        }
        return new(parts.Where(part => part.Value > 0 && !withheld.Contains(part.Key)).ToDictionary(part => part.Key, part => part.Value), withheld.Count > 0);

        bool Safe()
        {
            var missing = withheld.Sum(code => parts[code]);
            return hidden is { } wanted ? missing >= wanted : withheld.Count == 0 || (withheld.Count > 1 && missing >= least);
        }
    }

    private static Dictionary<string, long> Sums(IEnumerable<(FigureKey Key, long Count)> cells, Func<FigureKey, string> code) =>
        cells.GroupBy(cell => code(cell.Key), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count), StringComparer.Ordinal);

    private static bool IsSmall(long count, long least) => count > 0 && count < least;
}
