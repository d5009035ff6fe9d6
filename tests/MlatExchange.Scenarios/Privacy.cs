using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>
/// While a case lives its names, selectors, file numbers and texts are in no table but sealed in the vault, in no log line, trace, metric, broker frame or exception, whatever
/// an official does or gets wrong.
/// </summary>
[Collection(Scenario.Name)]
public class Privacy(TwoJurisdictions nodes)
{
    [Fact]
    public async Task No_value_that_identifies_is_in_a_table_log_line_trace_metric_broker_frame_or_exception()
    {
        PlantedStory story = new(nodes.AtXa, nodes.AtXb, nodes.Xb.Url, nodes.Xa.Url, nodes.Keys, nodes.NewFolder());
        var answers = new ConcurrentQueue<string>();
        var places = new Dictionary<string, IEnumerable<string>>();
        await using var tapXa = await Wiretap.On(nodes.Broker.Admin("xa"), "xb");
        await using var tapXb = await Wiretap.On(nodes.Broker.Admin("xb"), "xa");
        using (var telemetry = new Telemetry())
        {
            await story.Decide();
            await story.Obtain();
            await story.Look();
            await Wrongly(story.Planted, answers);
            var shown = await nodes.AtXa.Text("/metrics", await nodes.AtXa.Token("operating", "xa-prosecutor", "operator"));
            await story.Destroy();
            places["trace"] = telemetry.Traces;
            places["metric"] = telemetry.Metrics;
            places["metrics page"] = [shown];
            places["exception"] = telemetry.Exceptions;
            Assert.Superset(new HashSet<string> { "Npgsql", "MassTransit", "Microsoft.AspNetCore", "RabbitMQ.Client.Publisher" }, telemetry.Sources.Keys.ToHashSet());
        }
        places["answer to a bad call"] = answers;
        places["log of XA"] = nodes.Xa.Log.Lines;
        places["log of XB"] = nodes.Xb.Log.Lines;
        places["broker frame of XA"] = tapXa.Frames.Select(Encoding.Latin1.GetString);
        places["broker frame of XB"] = tapXb.Frames.Select(Encoding.Latin1.GetString);
        foreach (var (code, of) in new[] { ("XA", nodes.Xa), ("XB", nodes.Xb) })
        {
            var tables = await Tables.Dump(of);
            // What must be there shows that the right database was read, after the right story.
            Assert.Contains(story.Thread, tables["es.mt_events"], StringComparison.Ordinal);
            Assert.True(tables["vault.entries"].Length > 100_000, "the vault holds what the others do not");
            foreach (var (table, rows) in tables) places[$"table {table} of {code}"] = [rows];
        }
        Assert.All(places.Where(place => !place.Key.StartsWith("table", StringComparison.Ordinal) && place.Key != "metrics page"), place => Assert.NotEmpty(place.Value));
        Assert.InRange(tapXa.Frames.Count, 8, 1000);
        Assert.InRange(tapXb.Frames.Count, 8, 1000);
        Assert.InRange(story.Planted.Count, 20, 100);
        var found = places.SelectMany(place => place.Value.Select(story.Planted.FoundIn).Where(found => found is not null).Select(found => $"{place.Key}: {found}").Take(3)).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Everything an official or a program can get wrong with personal data in hand; what the node answers must not repeat it.</summary>
    private async Task Wrongly(Markers planted, ConcurrentQueue<string> answers)
    {
        var (at, good) = (nodes.AtXa, CaseFile.Load("01"));
        var token = await at.Token("drafting", good.Authority, "drafter");
        async Task Refused(HttpMethod method, string path, string bearer, byte[]? body, params (string, string)[] headers)
        {
            var answer = await at.Send(method, path, bearer, body, headers);
            Assert.True((int)answer.Status >= 400, $"{method} {path} was taken: {Encoding.UTF8.GetString(body ?? [])}");
            answers.Enqueue($"{answer.Status} {answer.Body} {answer.Location} {answer.Tag}");
        }

        byte[] Bad(Action<JsonObject> change)
        {
            var file = CaseFile.Load("01");
            change(file.Request);
            return file.Body;
        }

        var broken = Encoding.UTF8.GetString(good.Body)[..^1];
        await Refused(HttpMethod.Post, "/api/requests", token, Encoding.UTF8.GetBytes(broken + $",\"facts\":\"{planted.Plant("truncated")}"));
        await Refused(HttpMethod.Post, "/api/requests", token, Encoding.UTF8.GetBytes(broken + $",\"custodian\":\"{planted.Plant("first")}\",\"custodian\":\"{planted.Plant("second")}\"}}"));
        await Refused(HttpMethod.Post, "/api/requests", token, [.. Encoding.UTF8.GetBytes(broken + $",\"custodian\":\"{planted.Plant("not UTF-8")}"), 0xC3, 0x28, .. "\"}"u8]);
        await Refused(HttpMethod.Post, "/api/requests", token, Encoding.UTF8.GetBytes(planted.Plant("not JSON")));
        await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["nickname"] = planted.Plant("unknown member")));
        await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["persons"] = planted.Plant("wrong type")));
        foreach (var code in (string[])["instrument", "proceedings", "language"])
            await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request[code] = planted.Plant("code " + code)));
        foreach (var code in (string[])["dataCategory", "identifierType", "from", "to", "person"])
            await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["items"]![0]![code] = planted.Plant("item " + code)));
        foreach (var code in (string[])["category", "role", "residence"])
            await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["persons"]![0]![code] = planted.Plant("person " + code)));
        await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["addressee"]!["authority"] = planted.Plant("addressee")));
        await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["retention"]!["maximumDays"] = planted.Plant("number")));
        await Refused(HttpMethod.Post, "/api/requests", token, Bad(request => request["items"]![0]!["identifier"] = planted.Plant("long selector") + new string('x', 100_000)));
        await Refused(HttpMethod.Post, $"/api/requests/{planted.Plant("path")}/approval", token, "{}"u8.ToArray());
        await Refused(HttpMethod.Get, $"/api/requests?cursor={planted.Plant("cursor")}", token, null);
        await Refused(HttpMethod.Get, $"/api/transfers/{planted.Plant("transfer")}", token, null);
        await Refused(HttpMethod.Post, "/api/requests", planted.Plant("token"), good.Body);
        var (id, _) = await at.Assess(good);
        await Refused(HttpMethod.Post, $"/api/requests/{id}/assessment", await at.Token("assessing", good.Authority, "assessor"), "{}"u8.ToArray(), ("If-Match", planted.Plant("version")));
        await Refused(HttpMethod.Post, $"/api/requests/{id}/overrides", await at.Token("assessing", good.Authority, "assessor"), Encoding.UTF8.GetBytes($"{{\"rule\":\"{planted.Plant("rule")}\",\"reason\":\"{planted.Plant("reason")}\"}}"));
        await Refused(HttpMethod.Get, "/api/oversight/transfers?from=" + planted.Plant("time"), await at.Token("watching", "xa-oversight", "oversight"), null, ("Purpose-Code", planted.Plant("purpose")), ("Justification", planted.Plant("reasoning") + "%zz"));
        await at.Send(HttpMethod.Get, "/api/oversight/transfers?instrument=" + planted.Plant("instrument"), await at.Token("watching", "xa-oversight", "oversight"), null, ("Purpose-Code", "lawfulness-verification"), ("Justification", planted.Plant("justified")));

        // The database fails in the middle of a command: an exception, a log line and an answer, all without what the command held.
        var role = new NpgsqlConnectionStringBuilder(nodes.Xa.Superuser).Database + "_app";
        await Tables.Run(nodes.Xa.Superuser, $"revoke insert on vault.entries from {role}");
        try
        {
            await Refused(HttpMethod.Post, "/api/requests", token, Bad(request =>
            {
                request["items"]![0]!["identifier"] = planted.Plant("lost selector");
                request["facts"] = new JsonObject { ["text"] = planted.Plant("lost facts"), ["language"] = "en" };
            }));
            Assert.StartsWith("InternalServerError", answers.Last(), StringComparison.Ordinal);
        }
        finally
        {
            await Tables.Run(nodes.Xa.Superuser, $"grant insert on vault.entries to {role}");
        }
    }

    [Theory, InlineData("text"), InlineData("bytea"), InlineData("base64"), InlineData("base64url, UTF-16")]
    public async Task The_search_finds_a_value_that_lies_in_clear(string how)
    {
        var planted = new Markers();
        var value = "ä" + planted.Plant("control");
        await Tables.Run(nodes.Xa.Superuser, "create schema control; create table control.planted (a text, b bytea)");
        try
        {
            await using var source = NpgsqlDataSource.Create(nodes.Xa.Superuser);
            await using var plant = source.CreateCommand("insert into control.planted values ($1, $2)");
            plant.Parameters.Add(new() { Value = how switch { "text" => $"before {value} after", "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes("before " + value)), _ => "" } });
            plant.Parameters.Add(new() { Value = how switch { "bytea" => Encoding.UTF8.GetBytes($"before {value} after"), "base64url, UTF-16" => Encoding.Unicode.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value))), _ => [] } });
            await plant.ExecuteNonQueryAsync();
            var table = (await Tables.Dump(nodes.Xa))["control.planted"];
            if (how.EndsWith("UTF-16", StringComparison.Ordinal)) table = Encoding.Latin1.GetString(Convert.FromHexString(table.Split("\\\\x")[1].TrimEnd('"', ')', '\n')));
            Assert.NotNull(planted.FoundIn(table));
        }
        finally
        {
            await Tables.Run(nodes.Xa.Superuser, "drop schema control cascade");
        }
    }
}
