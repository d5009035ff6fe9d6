using MlatExchange.Domain.Oversight.Statistics;

namespace MlatExchange.Specs.Oversight.Statistics;

public sealed class TimeSketchSpecs
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void A_percentile_is_at_most_two_per_cent_above_the_exact_one(double share)
    {
        var random = new Random(3);
        var times = Enumerable.Range(0, 5000).Select(_ => Math.Exp(random.NextDouble() * 16)).Order().ToList();
        var exact = times[(int)Math.Ceiling(share * times.Count) - 1];
        var told = TimeSketch.Percentile(times.GroupBy(time => TimeSketch.Bucket(TimeSpan.FromSeconds(time))).Select(group => KeyValuePair.Create(group.Key, (long)group.Count())), share)!.Value;
        Assert.InRange(told, exact * 0.9999, exact * 1.0201);
    }

    [Fact]
    public void A_century_still_has_a_bucket_and_nothing_has_no_percentile()
    {
        Assert.Equal(1105, TimeSketch.Bucket(TimeSpan.FromDays(36525)));
        Assert.Null(TimeSketch.Percentile([], 0.5));
    }
}
