using MlatExchange.Domain.Oversight.Statistics;

namespace MlatExchange.Specs.Oversight.Statistics;

/// <summary>Attacks the published tables with a solver that uses every sum it knows: rows, totals, quarters against the year.</summary>
public sealed class SuppressionSpecs
{
    private const long Least = 5;

    private static readonly string[] Instruments = ["BC", "EEV", "EIO"], Counterparts = ["XB", "XC", "XD"], Codes = ["content", "financial", "subscriber", "traffic"];

    [Fact]
    public void No_withheld_count_can_be_found_by_subtracting_what_is_published()
    {
        var withheld = 0;
        for (var seed = 1; seed <= 150; seed++)
        {
            var quarters = Year(seed);
            var (published, cells) = (Suppression.Publish(quarters, Least), quarters.SelectMany(quarter => quarter).ToList());
            var system = Known(published);
            for (var quarter = 0; quarter < 4; quarter++)
                if (published.Quarters[quarter] is null) Hidden(system, $"q{quarter}", quarters[quarter].Sum(cell => cell.Count), Least - 2);
            foreach (var instrument in Instruments)
            {
                var of = cells.Where(cell => cell.Key.Instrument == instrument).ToList();
                if (IsSmall(of.Sum(cell => cell.Count))) Hidden(system, instrument, of.Sum(cell => cell.Count), Least - 2);
                foreach (var (code, key) in Lines())
                    if (of.Where(cell => key(cell.Key) == code).Sum(cell => cell.Count) is var count && IsSmall(count)) Hidden(system, $"{instrument}/{code}", count, Least - 2);
            }

            void Hidden(LinearProgram known, string cell, long count, double width)
            {
                withheld++;
                var (least, greatest) = known.Range(cell);
                Assert.True(least <= count + 1e-4 && count <= greatest + 1e-4, $"seed {seed}: the attack must know the truth to be possible");
                Assert.True(greatest - least >= width - 1e-4, $"seed {seed}: {cell} is {count}, and an attacker knows {least} to {greatest}");
            }
        }
        Assert.True(withheld > 500, $"only {withheld} withheld counts were attacked");
    }

    [Fact]
    public void The_attack_finds_them_where_complements_are_published()
    {
        var found = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var quarters = Year(seed);
            var cells = quarters.SelectMany(quarter => quarter).ToList();
            // Small counts are left out, their complements and totals are not.
            Dictionary<string, long> Naive(IEnumerable<(FigureKey Key, long Count)> of, Func<FigureKey, string> key) => of.GroupBy(cell => key(cell.Key))
                .Select(group => (group.Key, Count: group.Sum(cell => cell.Count))).Where(part => part.Count > 0 && !IsSmall(part.Count)).ToDictionary(part => part.Key, part => part.Count);
            PublishedLine Line(IEnumerable<(FigureKey, long)> of, Func<FigureKey, string> key) => new(Naive(of, key), false);
            var published = new PublishedMeasure(
                [.. quarters.Select(quarter => quarter.Sum(cell => cell.Count)).Select(total => IsSmall(total) ? (long?)null : total)],
                new(cells.Sum(cell => cell.Count), Naive(cells, key => key.Instrument).ToDictionary(part => part.Key, part =>
                {
                    var of = cells.Where(cell => cell.Key.Instrument == part.Key).ToList();
                    return new PublishedInstrument(part.Value, Line(of, key => key.Counterpart), Line(of, key => key.Emergency ? "yes" : "no"), Line(of, key => key.Code));
                }), false));
            var system = Known(published);
            foreach (var instrument in Instruments)
                foreach (var (code, key) in Lines())
                {
                    var count = cells.Where(cell => cell.Key.Instrument == instrument && key(cell.Key) == code).Sum(cell => cell.Count);
                    if (!IsSmall(count)) continue;
                    var (least, greatest) = system.Range($"{instrument}/{code}");
                    if (greatest - least < 1e-4 && Math.Abs(greatest - count) < 1e-4) found++;
                }
        }
        Assert.True(found > 10, $"the attack found {found}");
    }

    [Fact]
    public void What_was_published_of_a_quarter_stays_as_it_was_when_later_quarters_follow()
    {
        var quarters = Year(7);
        var before = Suppression.Publish([.. quarters.Take(2)], Least);
        Assert.Null(before.Year);
        Assert.Equal(before.Quarters, Suppression.Publish(quarters, Least).Quarters.Take(2));
    }

    [Fact]
    public void A_small_count_and_the_next_larger_one_are_left_out_together()
    {
        var line = Suppression.Line(new Dictionary<string, long> { ["content"] = 2, ["financial"] = 40, ["traffic"] = 7, ["subscriber"] = 0 }, null, Least);
        Assert.Equal((true, "financial"), (line.Withheld, Assert.Single(line.Shown).Key));
    }

    // Everything an attacker knows: which codes there are, that counts are not negative, what adds up to what, and what was published.
    private static LinearProgram Known(PublishedMeasure published)
    {
        var known = new LinearProgram();
        known.Equal(0, [.. Enumerable.Range(0, 4).Select(quarter => ($"q{quarter}", 1.0)), ("year", -1)]);
        known.Equal(0, [.. Instruments.Select(instrument => (instrument, 1.0)), ("year", -1)]);
        for (var quarter = 0; quarter < 4; quarter++)
        {
            if (published.Quarters[quarter] is { } count) known.Equal(count, ($"q{quarter}", 1));
            else
            {
                // A quarter that is withheld is known to be small and not zero.
                known.Equal(Least - 1, ($"q{quarter}", 1), ($"below{quarter}", 1));
                known.Equal(1, ($"q{quarter}", 1), ($"above{quarter}", -1));
            }
        }
        if (published.Year!.Total is { } total) known.Equal(total, ("year", 1));
        foreach (var instrument in Instruments)
        {
            var of = published.Year.Instruments.GetValueOrDefault(instrument);
            if (of is not null) known.Equal(of.Total, (instrument, 1));
            Line(Counterparts, of?.Counterparts);
            Line(["yes", "no"], of?.Emergency);
            Line(Codes, of?.Codes);

            void Line(string[] codes, PublishedLine? line)
            {
                known.Equal(0, [.. codes.Select(code => ($"{instrument}/{code}", 1.0)), (instrument, -1)]);
                foreach (var (code, count) in line?.Shown ?? new Dictionary<string, long>()) known.Equal(count, ($"{instrument}/{code}", 1));
            }
        }
        return known;
    }

    private static IEnumerable<(string Code, Func<FigureKey, string> Key)> Lines() =>
        [.. Counterparts.Select(code => (code, (Func<FigureKey, string>)(key => key.Counterpart))), ("yes", key => key.Emergency ? "yes" : "no"), ("no", key => key.Emergency ? "yes" : "no"), .. Codes.Select(code => (code, (Func<FigureKey, string>)(key => key.Code)))];

    // Few cases in some years and quarters, many in others, as on a real node.
    private static IReadOnlyList<IReadOnlyList<(FigureKey Key, long Count)>> Year(int seed)
    {
        var random = new Random(seed);
        var busy = random.Next(1, 5);
        return [.. Enumerable.Range(0, 4).Select(_ => (IReadOnlyList<(FigureKey, long)>)[.. Enumerable.Range(0, random.Next(0, 3) * busy).Select(_ => (
            new FigureKey("sent-items", Instruments[random.Next(3)], Counterparts[random.Next(3)], random.Next(4) == 0, "", Codes[random.Next(4)]), (long)random.Next(1, 1 + (busy * 2))))])];
    }

    private static bool IsSmall(long count) => count is > 0 and < Least;
}
