using MlatExchange.Node.Oversight;

namespace MlatExchange.Benchmarks.Oversight;

/// <summary>The queries that are measured, each at a place of its own in each repetition: what is measured is a page anywhere, not the first one.</summary>
internal static class NamedQueries
{
    /// <summary>Name and filter; the filter is made for a repetition, out of a number.</summary>
    public static readonly IReadOnlyList<(string Name, Func<long, long, TransferFilter> Of)> All =
    [
        ("any page", (n, total) => Anywhere(new(), n, total)),
        ("a month", (n, total) => Month(new(), n, total)),
        ("counterpart in a month", (n, total) => Month(new() { Counterpart = "XC" }, n, total)),
        ("newest of an instrument", (_, _) => new() { Instrument = "UNTOC", Descending = true }),
        ("article and data category", (n, total) => Anywhere(new() { Article = "EIO 13", DataCategory = "financial" }, n, total)),
        ("health data of victims", (n, total) => Anywhere(new() { DataCategory = "health", SubjectCategory = "LED6c" }, n, total)),
        ("minors in an emergency", (n, total) => Anywhere(new() { Minors = true, Emergency = true }, n, total)),
        ("overridden and divergent", (n, total) => Anywhere(new() { Overridden = true, Divergent = true, Counterpart = "XB" }, n, total)),
        ("a refusal ground", (n, total) => Anywhere(new() { RefusalGround = "ne-bis-in-idem" }, n, total)),
        ("latest incidents", (_, _) => new() { Incident = true, Descending = true }),
        ("most overdue", (_, _) => new() { Overdue = true, Order = TransferOrder.Due, Counterpart = "XD" }),
        ("a case", (n, total) => new() { Case = SyntheticTransfers.Of(1 + (SyntheticTransfers.Mix(n, 77) % total), total).Case }),
    ];

    private static TransferFilter Anywhere(TransferFilter filter, long n, long total)
    {
        var place = 1 + (SyntheticTransfers.Mix(n, 78) % (total * 9 / 10));
        return filter with { After = new(total, SyntheticTransfers.At(place, total).UtcTicks, place) };
    }

    private static TransferFilter Month(TransferFilter filter, long n, long total)
    {
        var from = SyntheticTransfers.At(1 + (SyntheticTransfers.Mix(n, 79) % (total * 9 / 10)), total);
        return filter with { From = from, To = from.AddDays(30) };
    }
}
