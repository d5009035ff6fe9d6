namespace MlatExchange.Pages.Tests;

/// <summary>An oversight body asks with a purpose and takes a proof away; an operator sees no case; neither sees the other's page.</summary>
[Collection(Pages.Name)]
public sealed class OversightSpecs(Nodes nodes)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_query_is_recorded_said_in_words_and_proven(bool scripts)
    {
        await Tour.Of(nodes); // so that there is a transfer
        await using var reader = await Reader.At(nodes.Xa.Url, new(Scripts: scripts));
        await (await reader.As("auditor", "xa-oversight", "oversight")).Open("/oversight");
        await reader.Press("Run and record the query");
        Assert.Equal("#purpose", await reader.Page.Locator(".govuk-error-summary__list a").First.GetAttributeAsync("href"));
        await reader.Page.SelectOptionAsync("#purpose", "statistics");
        await reader.Page.FillAsync("#justification", "Yearly report, first look.");
        var before = await nodes.Xa.Count("select count(*) from es.mt_events where type = 'consultation.transfers-consulted.v1'");
        await reader.Press("Run and record the query");
        Assert.Contains("All transfer records of this node.", await reader.Text(), StringComparison.Ordinal);
        Assert.Equal(before + 1, await nodes.Xa.Count("select count(*) from es.mt_events where type = 'consultation.transfers-consulted.v1'"));
        var proof = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.Locator("table button").First.ClickAsync());
        Assert.Contains("checkpoint", await File.ReadAllTextAsync((await proof.PathAsync())!), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Roles_that_see_no_cases_are_shown_none_and_the_others_not_their_pages()
    {
        await using var operating = await Reader.At(nodes.Xa.Url);
        await operating.As("olga", "xa-judge", "operator");
        foreach (var path in (string[])["/requests", "/received", "/transfers", "/oversight"]) Assert.Equal(403, (await operating.Open(path)).Status);
        Assert.Equal(200, (await operating.Open("/operator")).Status);
        await using var drafter = await Reader.At(nodes.Xa.Url);
        await drafter.As("anna", "xa-judge", "drafter");
        foreach (var path in (string[])["/operator", "/oversight"]) Assert.Equal(403, (await drafter.Open(path)).Status);
    }
}
