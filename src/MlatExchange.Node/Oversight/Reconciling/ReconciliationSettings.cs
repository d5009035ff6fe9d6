namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>Settings <c>Reconciliation</c>.</summary>
/// <param name="Every">Length of a period (<c>EveryHours</c>, 24); periods begin at multiples of it, UTC.</param>
/// <param name="Grace">How long a message may be on its way (<c>GraceMinutes</c>, 60). Lists leave this long after the end of the period, the report twice as long after it.</param>
/// <param name="InTurn">Whether periods are listed and reported by themselves (<c>InTurn</c>, true).</param>
public sealed record ReconciliationSettings(TimeSpan Every, TimeSpan Grace, bool InTurn)
{
    public static ReconciliationSettings Of(IConfiguration settings) => new(
        TimeSpan.FromHours(Math.Max(1, settings.GetValue("Reconciliation:EveryHours", 24))), TimeSpan.FromMinutes(settings.GetValue("Reconciliation:GraceMinutes", 60)),
        settings.GetValue("Reconciliation:InTurn", true));

    /// <summary>The last end of a period that lies this long back or longer.</summary>
    public DateTimeOffset LastEnd(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % Every.Ticks), TimeSpan.Zero);
}
