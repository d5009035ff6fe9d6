using MlatExchange.Domain.Transfers;

namespace MlatExchange.Node.Transfers;

/// <summary>The use of a transfer as either side's authority reads it: what is owed and when, what was broken, asked, and went wrong. The same members on both sides.</summary>
/// <param name="ReportsDue">By item, soonest first; only items whose use is to be reported.</param>
/// <param name="Contained">Whether an incident withholds keys on this side.</param>
/// <param name="Withheld">Slug of the rule that withholds keys on this side; null while nothing does.</param>
public sealed record UseView(
    DateTimeOffset? ReleasedAt, IReadOnlyList<ReportDue> ReportsDue, IReadOnlyDictionary<string, DateTimeOffset> Reported, IReadOnlyList<Breach> Breaches, IReadOnlyList<OnwardQuestion> Onward,
    IReadOnlyList<Incident> Incidents, bool Contained, IReadOnlyList<Remedy> Remedies, Demand? Demand, string? Withheld)
{
    public static async Task<UseView> Of(TransferDesk desk, string transfer, CancellationToken cancellation)
    {
        var use = await desk.Use(transfer, cancellation);
        var dues = use.Items.Select(item => (item.Ref, At: use.ReportDue(item))).Where(due => due.At is not null).Select(due => new ReportDue(due.Ref, due.At!.Value));
        return new(use.ReleasedAt, [.. dues.OrderBy(due => due.At)], use.Reported, use.Breaches, use.Onward, use.Incidents, use.Containing.Any(), use.Remedies, use.Demand, use.Withheld?.Slug);
    }
}

/// <summary>When the next report on an item is due, UTC.</summary>
public sealed record ReportDue(string Ref, DateTimeOffset At);
