using System.Globalization;

namespace MlatExchange.Benchmarks;

/// <summary>Two ways of doing the same, in turn, in one run: medians of the ratios of each round with the least and the greatest.</summary>
internal static class Rounds
{
    public static async Task Compare(string title, string own, string beside, double floor, int rounds, Func<Task<double>> measureOwn, Func<Task<double>> measureBeside)
    {
        await measureBeside(); // warm-up, not counted
        await measureOwn();
        var pairs = new List<(double Own, double Beside)>();
        for (var round = 0; round < rounds; round++)
        {
            var other = await measureBeside();
            pairs.Add((await measureOwn(), other));
        }
        var ratios = pairs.ConvertAll(p => p.Own / p.Beside);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{title}: {own} {Median(pairs.ConvertAll(p => p.Own)):N0}/s, {beside} {Median(pairs.ConvertAll(p => p.Beside)):N0}/s, ratio {Median(ratios):F2} [{ratios.Min():F2} .. {ratios.Max():F2}], floor {floor:F2}: {(Median(ratios) >= floor ? "met" : "MISSED")}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
