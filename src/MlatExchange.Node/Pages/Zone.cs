using System.Globalization;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Pages;

/// <summary>Instants as the reader's legal zone has them, which is the zone of the node's jurisdiction; the instant itself stays in the page for machines.</summary>
public sealed class Zone(DeadlineTables tables, NodeSettings node)
{
    private readonly TimeZoneInfo zone = tables.Calendars.Of(node.Jurisdiction).Zone;

    public string Name => zone.Id;

    /// <summary>Such as <c>Monday 23 November 2026, 09:30</c>.</summary>
    public string Moment(DateTimeOffset at) => In(at, "dddd d MMMM yyyy, HH:mm");

    /// <summary>Such as <c>23 Nov 2026, 09:30</c>, for lists.</summary>
    public string Short(DateTimeOffset at) => In(at, "d MMM yyyy, HH:mm");

    /// <summary>For <c>datetime</c> attributes.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private string In(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, zone).ToString(format, CultureInfo.GetCultureInfo(Language.Code));
}
