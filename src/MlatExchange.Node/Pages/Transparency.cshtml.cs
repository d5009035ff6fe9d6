using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using MlatExchange.Domain.Oversight.Statistics;
using MlatExchange.Node.Oversight.Statistics;

namespace MlatExchange.Node.Pages;

/// <summary>The public page of statistics: what <c>/api/transparency</c> says, for people. No sign-in, no purpose; it reads nothing else.</summary>
public sealed class TransparencyModel(PublicYears years) : NodePage
{
    private const int Highest = 70;

    public int Year { get; private set; }

    /// <summary>Null while the figures are being computed.</summary>
    public PublicYear? Told { get; private set; }

    /// <summary>Measures that have something in some finished quarter.</summary>
    public IEnumerable<PublicCount> Counted => Told!.Counts.Where(count => count.Quarters.Any(quarter => quarter != 0));

    public async Task<IActionResult> OnGet(string? year, string? format)
    {
        Year = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 2000 and <= 9997 ? asked : years.Newest;
        Told = await years.Read(Year, HttpContext.RequestAborted);
        return format == "csv" && Told is not null ? File(new System.Text.UTF8Encoding(false).GetBytes(TransparencyEndpoint.Csv(Told)), "text/csv", $"statistics-{Told.Jurisdiction}-{Year}.csv") : Page();
    }

    /// <summary>Numbers are written as the reader of the page writes them.</summary>
    private static CultureInfo Reader => CultureInfo.GetCultureInfo(CultureInfo.CurrentUICulture.Name);

    public string Shown(long? count) => count?.ToString("N0", Reader) ?? Words.T("withheld");

    public string Number(double hours) => hours.ToString("0.##", Reader);

    /// <summary>The chart for those who do not see it.</summary>
    public string InWords(PublicCount count) => string.Join("; ", count.Quarters.Select((quarter, n) => $"Q{n + 1}: {Shown(quarter)}"));

    /// <summary>Height of a bar; none for what is withheld.</summary>
    public int Height(PublicCount count, int quarter) => (int)((count.Quarters[quarter] ?? 0) * Highest / Math.Max(count.Quarters.Max() ?? 1, 1));

    public string Line(PublishedLine line, string kind)
    {
        var codes = line.Shown.OrderByDescending(part => part.Value).ThenBy(part => part.Key, StringComparer.Ordinal).Where(part => part.Key.Length > 0).Select(part => $"{(kind.Length == 0 ? part.Key : Words.Code(kind, part.Key))}: {Shown(part.Value)}");
        return string.Join("; ", line.Withheld ? codes.Append(Words.T("others withheld")) : codes);
    }
}
