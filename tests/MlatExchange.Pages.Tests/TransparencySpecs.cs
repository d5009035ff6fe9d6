using System.Net;
using System.Text.RegularExpressions;

namespace MlatExchange.Pages.Tests;

/// <summary>The public page of statistics.</summary>
[Collection(Pages.Name)]
public sealed partial class TransparencySpecs(Nodes nodes)
{
    [Fact]
    public async Task Anyone_reads_the_figures_of_a_year_and_what_is_withheld_without_signing_in()
    {
        _ = await Tour.Of(nodes);
        using var client = new HttpClient { BaseAddress = new(nodes.Xa.Url) };
        var page = Space().Replace(await client.GetStringAsync("/transparency?year=2024"), "><");
        Assert.Contains("<tr><td>40</td><td>23</td><td>25</td><td>12</td><td>100</td></tr>", page);
        // Three requests in the first quarter: neither they nor the year that would give them away.
        Assert.Contains("<tr><td>withheld</td><td>0</td><td>0</td><td>31</td><td>withheld</td></tr>", page);
        Assert.DoesNotContain(">34<", page);
        Assert.Contains("Head of the log", page);
        Assert.Equal(4, page.Split("id=\"m-sent-items\"")[1].Split("</svg>")[0].Split("<rect ").Length - 1);

        using var csv = await client.GetAsync("/transparency?year=2024&format=csv");
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (csv.StatusCode, csv.Content.Headers.ContentType!.MediaType));
        Assert.Contains("sent-requests,EEV 28(2)(a),2024-Q1,,,,withheld\r\n", await csv.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@">\s+<")]
    private static partial Regex Space();
}
