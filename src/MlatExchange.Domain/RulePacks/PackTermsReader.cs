using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>Reads the member <c>terms</c> of a pack.</summary>
internal static class PackTermsReader
{
    private static readonly Dictionary<string, DeadlineMoment> Moments = new(StringComparer.Ordinal)
    {
        ["emergency"] = DeadlineMoment.Emergency,
        ["notified"] = DeadlineMoment.Notified,
        ["not-notified"] = DeadlineMoment.NotNotified,
        ["always"] = DeadlineMoment.Always,
    };

    public static PackTerms Read(StrictObject root)
    {
        var o = root.Object("terms");
        var deadlines = new List<DeadlineTerm>();
        foreach (var d in o.Objects("deadlines", 0, 10))
        {
            var when = d.Code("when", Moments.Keys.ToHashSet(StringComparer.Ordinal));
            deadlines.Add(new(Moments.GetValueOrDefault(when), Term(d)));
        }

        var watch = o.OptionalObject("watch");
        var expires = o.OptionalObject("expires");
        var terms = new PackTerms(deadlines, watch is null ? null : Term(watch), expires is null ? null : Term(expires));
        o.Close();
        return terms;
    }

    private static Term Term(StrictObject o)
    {
        var (days, hours) = (o.OptionalWhole("days", 1, 3650), o.OptionalWhole("hours", 1, 8760));
        if (o.Present && days is null == hours is null)
            o.Fault("", "one-unit", "A term is given in days or in hours, and in one of them only.");
        var then = o.OptionalObject("then");
        var onExpiry = o.Texts("onExpiry", 10, 100);
        var term = new Term(o.Formed("rule", Form.Printed(60)), days, hours, onExpiry.Count > 0 ? onExpiry : null, then is null ? null : Term(then));
        o.Close();
        return term;
    }
}
