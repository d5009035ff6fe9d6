using System.Globalization;

namespace MlatExchange.Benchmarks;

/// <summary>Two ways of doing the same, in turn, in one run: medians of the ratios of each round with the least and the greatest. Rates gate nothing.</summary>
internal static class Rounds
{
    /// <param name="floor">The ratio that the goals ask for at least; printed beside the measured one.</param>
    /// <param name="warmUp">Both ways once before the rounds, not counted; null: the same as a round.</param>
    public static async Task Compare(
        string title, string own, string beside, double floor, int rounds, Func<Task<double>> measureOwn, Func<Task<double>> measureBeside, Func<Task>? warmUp = null)
    {
        if (warmUp is not null)
        {
            await warmUp();
        }
        else
        {
            await measureBeside();
            await measureOwn();
        }

        var pairs = new List<(double Own, double Beside)>();
        for (var round = 1; round <= rounds; round++)
        {
            var other = await measureBeside();
            pairs.Add((await measureOwn(), other));
            Say($"  round {round}: {own} {pairs[^1].Own:N0}/s, {beside} {other:N0}/s, ratio {pairs[^1].Own / other:F2}");
        }

        var ratios = pairs.ConvertAll(p => p.Own / p.Beside);
        var (mine, theirs) = (Median(pairs.ConvertAll(p => p.Own)), Median(pairs.ConvertAll(p => p.Beside)));
        Say($"{title}: {own} {mine:N0}/s, {beside} {theirs:N0}/s, ratio {Median(ratios):F2} [{ratios.Min():F2} .. {ratios.Max():F2}], {Against(Median(ratios), floor)}");
    }

    public static string Against(double ratio, double floor) => string.Create(CultureInfo.InvariantCulture, $"floor {floor:F2}: {(ratio >= floor ? "met" : "MISSED")}");

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The middle one; the mean of the two in the middle where the number is even.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
