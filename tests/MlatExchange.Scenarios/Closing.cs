using System.Net;
using System.Text.Json;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>A closed case leaves codes, digests and proofs behind, and nothing that opens anything.</summary>
[Collection(Scenario.Name)]
public class Closing(TwoJurisdictions nodes)
{
    [Fact]
    public async Task When_both_sides_have_closed_a_case_its_keys_are_gone_and_oversight_still_reads_every_code()
    {
        PlantedStory story = new(nodes.AtXa, nodes.AtXb, nodes.Xb.Url, nodes.Xa.Url, nodes.Keys, nodes.NewFolder());
        await story.Decide();
        await story.Obtain();
        await NotYet(story);
        await story.Destroy();
        Assert.Contains(Keys(nodes.Xa), key => key == $"case-{story.Request}");
        await story.Close(Final);

        foreach (var (of, gone) in new[] { (nodes.Xa, $"case-{story.Request}"), (nodes.Xb, $"case-{story.Received}"), (nodes.Xa, $"transfer-{story.Transfer}"), (nodes.Xb, $"transfer-{story.Transfer}") })
            Assert.DoesNotContain(gone, Keys(of));

        // Reading shows codes and no content; nothing can be done with it, and nothing makes the key anew.
        var holding = await story.Holding();
        var view = (await nodes.AtXa.Get($"/api/requests/{story.Request}", holding)).Expect(HttpStatusCode.OK).Body;
        Assert.Equal("closed", view.GetProperty("state").GetString());
        Assert.False(Has(view, "request"));
        Assert.Equal("EEV", view.GetProperty("facts").GetProperty("instrument").GetString());
        Assert.Equal("case-closed", (await nodes.AtXa.Post($"/api/requests/{story.Request}/assessment", await nodes.AtXa.Token("assessing", "xa-prosecutor", "assessor"))).Expect(HttpStatusCode.Gone).Rule);
        (await nodes.AtXa.Get($"/api/transfers/{story.Transfer}", holding)).Expect(HttpStatusCode.OK);
        (await nodes.AtXa.Post($"/api/transfers/{story.Transfer}/holds", holding, new { reason = "Too late." })).Expect(HttpStatusCode.Gone);
        var executing = await story.Executing();
        var received = (await nodes.AtXb.Get($"/api/received/{story.Received}", executing)).Expect(HttpStatusCode.OK).Body;
        Assert.False(Has(received, "disclosed"));
        (await nodes.AtXb.Post($"/api/received/{story.Received}/decision", executing, new { reason = "Too late." })).Expect(HttpStatusCode.Gone);
        (await nodes.AtXa.Post($"/api/requests/{story.Request}/closure", holding)).Expect(HttpStatusCode.Accepted);
        (await nodes.AtXb.Post($"/api/received/{story.Received}/closure", executing)).Expect(HttpStatusCode.Accepted);
        Assert.DoesNotContain($"case-{story.Request}", Keys(nodes.Xa));
        Assert.DoesNotContain($"case-{story.Received}", Keys(nodes.Xb));

        foreach (var (at, body) in new[] { (nodes.AtXa, "xa-oversight"), (nodes.AtXb, "xb-oversight") })
        {
            var token = await at.Token("watching", body, "oversight");
            (string, string)[] purpose = [("Purpose-Code", "lawfulness-verification"), ("Justification", "After%20the%20end")];
            var records = (await at.Send(HttpMethod.Get, "/api/oversight/transfers?limit=200", token, null, purpose)).Expect(HttpStatusCode.OK).Body.GetProperty("records");
            var record = records.EnumerateArray().Single(one => one.GetProperty("transfer").GetString() == story.Transfer);
            Assert.Equal("certified", record.GetProperty("state").GetString());
            Assert.StartsWith("sha-256:", record.GetProperty("packDigest").GetString(), StringComparison.Ordinal);
            var proof = (await at.Send(HttpMethod.Get, $"/api/oversight/transfers/{story.Transfer}/proof", token, null, purpose)).Expect(HttpStatusCode.OK).Body;
            Assert.False(Has(proof, "openings"));
        }
    }

    /// <summary>With the evidence still held, neither side may close.</summary>
    private async Task NotYet(PlantedStory story)
    {
        Assert.Equal("transfers-open", (await nodes.AtXb.Post($"/api/received/{story.Received}/closure", await story.Executing())).Expect(HttpStatusCode.Conflict).Rule);
        Assert.Equal("transfers-open", (await nodes.AtXa.Post($"/api/requests/{story.Request}/closure", await story.Holding())).Expect(HttpStatusCode.Conflict).Rule);
    }

    private static bool Has(JsonElement view, string member) => view.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null;

    private async Task<bool> Final(string code, string key)
    {
        await using var source = NpgsqlDataSource.Create(code == "xa" ? nodes.Xa.Superuser : nodes.Xb.Superuser);
        await using var command = source.CreateCommand("select count(*) from es.mt_events where stream_id = $1 and type = 'erasure.final.v1'");
        command.Parameters.Add(new() { Value = $"erasure-{key}" });
        return (long)(await command.ExecuteScalarAsync())! == 1;
    }

    private static IEnumerable<string?> Keys(Jurisdiction of) => Directory.EnumerateFiles(Path.Combine(of.DataPath, "keys", "data")).Select(Path.GetFileName);
}
