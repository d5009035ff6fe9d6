using System.Net;
using System.Text.Json;
using MlatExchange.Protocol.Bundles;

namespace MlatExchange.Node.Tests.Oversight;

public sealed class ExportSpecs
{
    private const string Route = "/api/oversight/transfers";

    [Fact]
    public async Task An_export_has_every_row_of_the_query_its_count_and_its_watermark_and_the_watermark_is_proven()
    {
        await using var node = await OversightNode.Start();
        var transfers = Enumerable.Range(0, 120).Select(_ => Given.Transfer()).ToList();
        foreach (var (transfer, n) in transfers.Select((transfer, n) => (transfer, n))) await node.Happen(transfer, 0, n % 3 == 0 ? "XC" : "XB", "EEV", Given.Prepared(transfer, n % 3 == 0 ? "XC" : "XB"));
        var wanted = transfers.Where((_, n) => n % 3 != 0).ToList();

        using var lines = await node.Client.SendAsync(node.Ask($"{Route}/export?counterpart=XB", accept: "application/x-ndjson"));
        var query = lines.Headers.GetValues("Query").Single();
        var rows = (await lines.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(wanted, rows.Select(row => row.GetProperty("transfer").GetString()));
        Assert.All(rows, row => Assert.Equal(query, row.GetProperty("query").GetString()));
        Assert.Equal("80", lines.Headers.GetValues("Count").Single());
        Assert.True(lines.Headers.Contains("Checkpoint-Root"));

        using var table = await node.Client.SendAsync(node.Ask($"{Route}/export?counterpart=XB", accept: "text/csv"));
        var cells = (await table.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        Assert.Equal(81, cells.Length);
        Assert.EndsWith($",{table.Headers.GetValues("Query").Single()}", cells[80], StringComparison.Ordinal);
        using var told = await node.Client.SendAsync(node.Ask($"{Route}/export?counterpart=XB&from=2020-01-01", accept: "application/fhir+ndjson"));
        var events = (await told.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(rows.Select(row => row.GetProperty("record").GetProperty("event").GetString()), events.Select(e => e.GetProperty("id").GetString()));
        Assert.All(events, e => Assert.Equal("AuditEvent", e.GetProperty("resourceType").GetString()));
        var whole = await node.Json($"{Route}/export?counterpart=XB&sort=-logged");
        Assert.Equal(Enumerable.Reverse(wanted), whole.GetProperty("records").EnumerateArray().Select(row => row.GetProperty("transfer").GetString()));
        Assert.Equal((80, 80), (whole.GetProperty("count").GetInt32(), (await node.Json($"{Route}/count?counterpart=XB")).GetProperty("count").GetInt32()));

        using var proven = await node.Client.SendAsync(node.Ask($"/api/oversight/queries/{query}/proof"));
        Assert.True(ProofFile.TryRead(await proven.Content.ReadAsByteArrayAsync(), out var proof, out _));
        Assert.Contains("\"kind\":\"consultation.transfers-consulted.v1\"", proof.Leaf, StringComparison.Ordinal);
        Assert.Contains("\"count\":80", proof.Leaf, StringComparison.Ordinal);
        using var none = await node.Client.SendAsync(node.Ask($"/api/oversight/queries/{Guid.NewGuid()}/proof"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task The_time_line_of_a_case_has_all_that_was_logged_of_it_by_its_pseudonym_and_never_its_own_id()
    {
        await using var node = await OversightNode.Start();
        var (transfer, other) = (Given.Transfer(), Given.Transfer());
        await Cases.Drafted(node, Given.Case);
        await node.Happen(transfer, 0, "XB", "EEV", Given.Hold(transfer)[..3]);
        await node.Happen(other, 0, "XB", "EEV", Given.Prepared(other));
        var @case = (await node.Json($"{Route}?direction=incoming")).GetProperty("records")[0].GetProperty("case").GetString();

        var first = await node.Json($"/api/oversight/cases/{@case}/timeline?limit=3");
        var second = await node.Json($"/api/oversight/cases/{@case}/timeline?limit=3&after={first.GetProperty("next").GetInt64()}");
        Assert.Equal(
            ["request.drafted.v1", "transfer.offer-received.v1", "transfer.accepted.v1", "transfer.item-fetched.v1"],
            first.GetProperty("events").EnumerateArray().Concat(second.GetProperty("events").EnumerateArray()).Select(e => e.GetProperty("kind").GetString()));
        Assert.True(first.GetProperty("marks").GetProperty("minors").GetBoolean());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.DoesNotContain(Given.Case.ToString(), first.ToString(), StringComparison.Ordinal);
        using var none = await node.Client.SendAsync(node.Ask($"/api/oversight/cases/{Given.Case}/timeline"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
