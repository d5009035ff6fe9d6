namespace MlatExchange.Domain.Oversight.Statistics;

/// <summary>
/// Times in buckets whose bounds grow by 2 per cent: a percentile is at most 2 per cent above the exact one, whatever the order in which times came. From a second to a
/// century there are 1 106 buckets (0 to 1 105), so its size has a bound; sketches add by adding buckets. Number and sum are exact.
/// </summary>
public static class TimeSketch
{
    private const double Growth = 1.02;

    /// <summary>Bucket of a time: 0 up to a second.</summary>
    public static int Bucket(TimeSpan took) => took.TotalSeconds <= 1 ? 0 : (int)Math.Ceiling(Math.Log(took.TotalSeconds) / Math.Log(Growth));

    /// <summary>The longest time in the bucket, in seconds.</summary>
    public static double Longest(int bucket) => Math.Pow(Growth, bucket);

    /// <summary>The time that <paramref name="share"/> of all do not exceed, in seconds; null of none.</summary>
    /// <param name="buckets">How many times lie in each bucket.</param>
    /// <param name="share">Above 0, up to 1.</param>
    public static double? Percentile(IEnumerable<KeyValuePair<int, long>> buckets, double share)
    {
        var ordered = buckets.OrderBy(bucket => bucket.Key).ToList();
        var wanted = (long)Math.Ceiling(share * ordered.Sum(bucket => bucket.Value));
        foreach (var (bucket, count) in ordered)
        {
            wanted -= count;
            if (wanted <= 0) return Longest(bucket);
        }
        return null;
    }
}
