using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>One side of a comparison.</summary>
/// <param name="From">First month.</param>
/// <param name="To">The month after the last.</param>
/// <param name="Pack">Digest of the rule pack whose cases count; null for all.</param>
internal sealed record ComparedSide(DateOnly From, DateOnly To, string? Pack);

/// <summary>What a comparison compares: months before and after something began, cases under one rule pack and under another, or both.</summary>
internal sealed record ComparedSides(ComparedSide Before, ComparedSide After)
{
    private static readonly string[] Names = ["beforeFrom", "beforeTo", "afterFrom", "afterTo", "beforePack", "afterPack"];

    public static (ComparedSides? Sides, IReadOnlyDictionary<string, string>? Given, IResult? Faulty) Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var query = new StrictQuery(parameters, Names);
        var sides = new ComparedSides(Side(query, "before"), Side(query, "after"));
        if (query.Refused is null && sides.Before == sides.After) query.Fault("", "nothing-to-compare", "Name two periods, two rule packs, or both: the two sides are the same.");
        return query.Refused is { } refused ? (null, null, refused) : (sides, query.Given, null);
    }

    private static ComparedSide Side(StrictQuery query, string side)
    {
        var (from, last) = (Month(query, $"{side}From"), Month(query, $"{side}To"));
        if (last < from) query.Fault($"{side}To", "reversed", "Not before the first month.");
        return new(from ?? new(2000, 1, 1), (last ?? new(9998, 12, 1)).AddMonths(1), query.Code($"{side}Pack"));
    }

    private static DateOnly? Month(StrictQuery query, string name) =>
        query.Form(name, value => Read(value) is { Year: >= 2000 and < 9999 }, "A month: 2026-01.") is { } value ? Read(value) : null;

    private static DateOnly? Read(string value) => DateOnly.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;
}
