using System.Net;
using System.Text.Json;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Oversight.Statistics;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Oversight.Statistics;

public sealed class StatisticsSpecs
{
    private static readonly string Content = string.Join(" || ", new[] { "figures", "figure_times", "figure_months", "figure_streams" }
        .Select(table => $"md5(coalesce((select string_agg(r::text, '' order by r::text) from read.{table} r), ''))"));

    [Fact]
    public async Task Figures_of_a_year_are_exact_recorded_and_name_their_checkpoint_and_a_rebuild_gives_the_same()
    {
        await using var node = await OversightNode.Start();
        var transfer = Given.Transfer();
        await Cases.Drafted(node, Given.Case);
        await Cases.Goes(node, Given.Case, 1, new RequestEvent.Assessed(new(Domain.Assessment.Outcome.Pass, "EEV/1", "sha-256:pack", "sha-256:facts", []), Given.Somebody, Given.Start),
            new RequestEvent.TransmissionApproved(new("act", "sha-256:fixed", 1, "key", Domain.Assessment.ValidationMode.Within48Hours, "xa-court"), Given.Somebody, Given.Start),
            new RequestEvent.ActSigned("sha-256:act", "key", Given.Somebody, Given.Start), new RequestEvent.Sent(Given.Start),
            new RequestEvent.Validated(Domain.Assessment.ValidationOutcome.Refused, "sha-256:no", null, Given.Somebody, Given.Start),
            new RequestEvent.DecisionReceived("sha-256:decided", [new ItemDecision("i1", ItemOutcome.Refused, "political-offence", "BC 27(4)(a)", [])], Given.Start));
        var version = 0L;
        foreach (var happened in Given.Hold(transfer)) version = await node.Happen(transfer, version, "XB", "EEV", happened);

        var year = DateTimeOffset.UtcNow.Year;
        using var response = await node.Client.SendAsync(node.Ask($"/api/oversight/statistics?year={year}", purpose: "statistics"));
        var told = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((1, 1, 1, 1, 1, 1, 1, 2), (Total("sent-requests"), Total("sent-items"), Total("sent-emergency-derogations"), Total("sent-validations-not-granted"), Total("sent-refusals"),
            Total("sent-not-fulfilled"), Total("held-transfers"), Total("held-items")));
        Assert.Equal((0, 0), (Total("sent-fulfilled"), Total("received-requests")));
        var refusal = told.GetProperty("counts").EnumerateArray().Single(count => count.GetProperty("measure").GetString() == "sent-refusals").GetProperty("rows")[0];
        Assert.Equal(("political-offence", "sha-256:pack", true), (refusal.GetProperty("code").GetString(), refusal.GetProperty("pack").GetString(), refusal.GetProperty("emergency").GetBoolean()));
        Assert.Equal(1, told.GetProperty("times").EnumerateArray().Single(time => time.GetProperty("measure").GetString() == "held-key-to-destruction").GetProperty("all").GetProperty("count").GetInt64());
        Assert.Equal("remedies", told.GetProperty("notCounted")[1].GetProperty("name").GetString());
        var size = told.GetProperty("checkpoint").GetProperty("size").GetInt64();
        Assert.Equal((told.GetProperty("position").GetInt64(), size), (size, SignedNote.Parse(told.GetProperty("checkpoint").GetProperty("note").GetString()!) is { } note ? Checkpoint.Read(note.Text)!.Size : 0));
        Assert.Equal(told.GetProperty("query").GetString(), Assert.Single(response.Headers.GetValues("Query")));

        // The question itself is counted by the next answer.
        var next = await node.Json($"/api/oversight/statistics?year={year}");
        Assert.Equal(1, next.GetProperty("counts").EnumerateArray().Single(count => count.GetProperty("measure").GetString() == "consultations").GetProperty("total").GetInt64());

        var compared = await node.Json("/api/oversight/statistics/compare?beforePack=sha-256:pack&afterPack=sha-256:other");
        var requests = compared.GetProperty("counts").EnumerateArray().Single(count => count.GetProperty("measure").GetString() == "sent-requests");
        Assert.Equal((1, 0), (requests.GetProperty("before").GetInt64(), requests.GetProperty("after").GetInt64()));

        await node.Get<Figures>().CatchUp();
        var incremental = await node.Ledger.Database.Scalar<string>("select " + Content);
        await node.Get<Figures>().Rebuild();
        await node.Get<Figures>().CatchUp();
        Assert.Equal(incremental, await node.Ledger.Database.Scalar<string>("select " + Content));

        long Total(string measure) => told.GetProperty("counts").EnumerateArray().Single(count => count.GetProperty("measure").GetString() == measure).GetProperty("total").GetInt64();
    }

    [Fact]
    public async Task The_public_sees_finished_periods_alone_and_the_same_answer_however_much_arrives()
    {
        await using var node = await OversightNode.Start();
        var first = Given.Transfer();
        await node.Happen(first, 0, "XB", "EEV", Given.Offered(first));
        await node.Projected(1);
        await node.Get<Figures>().CatchUp();
        // A year that is over: two quarters with enough, one with too little, one with none.
        await node.Ledger.Database.Run("""
            insert into read.figures (month, measure, instrument, counterpart, emergency, pack, code, count) values
            ('2024-02-01', 'sent-requests', 'EEV', 'XB', false, '', '', 40), ('2024-05-01', 'sent-requests', 'EEV', 'XC', false, '', '', 3), ('2024-08-01', 'sent-requests', 'EIO', 'XC', true, '', '', 25);
            insert into read.figure_months (month, position) values ('2024-08-01', 1);
            """);
        var (json, csv) = (await Text("application/json"), await Text("text/csv"));
        var requests = JsonDocument.Parse(json).RootElement.GetProperty("counts").EnumerateArray().Single(count => count.GetProperty("measure").GetString() == "sent-requests");
        Assert.Equal("[40,null,25,0]", requests.GetProperty("quarters").GetRawText());
        Assert.Equal(JsonValueKind.Null, requests.GetProperty("year").GetProperty("total").ValueKind);
        Assert.Contains("sent-requests,EEV 28(2)(a),2024-Q2,,,,withheld\r\n", csv);
        Assert.Contains($"checkpoint,,1,,origin,{JsonDocument.Parse(json).RootElement.GetProperty("checkpoint").GetProperty("origin").GetString()},", csv);

        var second = Given.Transfer();
        await node.Happen(second, 0, "XB", "EEV", Given.Offered(second));
        await node.Projected(2);
        await node.Get<Figures>().CatchUp();
        Assert.Equal(json, await Text("application/json"));

        using var faulty = await node.Client.GetAsync("/api/transparency?year=soon");
        Assert.Equal(HttpStatusCode.BadRequest, faulty.StatusCode);

        async Task<string> Text(string accept)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/transparency?year=2024");
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await node.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }
    }
}
