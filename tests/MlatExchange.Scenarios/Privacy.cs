using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>Names, selectors, file numbers and free text are in no table of either database and in no log line: the databases hold them sealed alone.</summary>
[Collection(Scenario.Name)]
public class Privacy(TwoJurisdictions nodes)
{
    [Fact]
    public async Task No_value_that_identifies_is_in_clear_in_a_database_or_a_log_of_either_node()
    {
        var (file, planted) = Planted();
        var thread = await Decided(file, planted);

        var dumps = new Dictionary<string, string> { ["database of XA"] = await Dump(nodes.Xa), ["database of XB"] = await Dump(nodes.Xb) };
        // What must be there shows that the right databases were read, after the right story.
        Assert.All(dumps.Values, dump => Assert.Contains(thread, dump, StringComparison.Ordinal));
        dumps["log of XA"] = string.Join('\n', nodes.Xa.Log.Lines);
        dumps["log of XB"] = string.Join('\n', nodes.Xb.Log.Lines);
        Assert.All(dumps.Values, dump => Assert.NotEmpty(dump));
        foreach (var (place, dump) in dumps)
            foreach (var (where, value) in planted)
                foreach (var form in Forms(value))
                    Assert.False(dump.Contains(form, StringComparison.OrdinalIgnoreCase), $"the value of {where} is in the {place}");
    }

    [Theory, InlineData("text"), InlineData("bytea"), InlineData("base64")]
    public async Task The_search_finds_a_value_that_lies_in_clear(string how)
    {
        var value = Marker("control");
        await using var source = NpgsqlDataSource.Create(nodes.Xa.Superuser);
        await using (var make = source.CreateCommand("create schema control; create table control.planted (a text, b bytea)")) await make.ExecuteNonQueryAsync();
        try
        {
            await using var plant = source.CreateCommand("insert into control.planted values ($1, $2)");
            plant.Parameters.Add(new() { Value = how switch { "text" => $"before {value} after", "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes("before " + value)), _ => "" } });
            plant.Parameters.Add(new() { Value = how == "bytea" ? Encoding.UTF8.GetBytes($"before {value} after") : [] });
            await plant.ExecuteNonQueryAsync();
            var dump = await Dump(nodes.Xa);
            Assert.Contains(Forms(value), form => dump.Contains(form, StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            await using var drop = source.CreateCommand("drop schema control cascade");
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static (CaseFile File, Dictionary<string, string> Planted) Planted()
    {
        var file = CaseFile.Load("01");
        var planted = new Dictionary<string, string>();
        string Plant(string where) => planted[where] = Marker(where);
        var item = file.Request["items"]![0]!;
        item["identifier"] = Plant("identifier");
        item["service"] = Plant("service");
        file.Request["persons"]![0]!["identity"] = new JsonObject { ["name"] = Plant("name") };
        file.Request["facts"] = new JsonObject { ["text"] = "It is said: " + Plant("facts"), ["language"] = "en" };
        file.Request["necessity"]!["lessIntrusiveConsidered"] = "Considered: " + Plant("lessIntrusiveConsidered");
        file.Request["issuer"]!["reference"] = Plant("reference");
        // A third party more than there are suspects flags, so that there is something to set aside with a reason.
        foreach (var other in (string[])["p2", "p3"])
            file.Request["persons"]!.AsArray().Add(new JsonObject { ["ref"] = other, ["category"] = "LED6d", ["role"] = "third-party", ["residence"] = "XB", ["identity"] = new JsonObject { ["name"] = Plant("name of " + other) } });
        return (file, planted);
    }

    /// <summary>From the draft through the override to the decision, each with a reason that must not be seen.</summary>
    private async Task<string> Decided(CaseFile file, Dictionary<string, string> planted)
    {
        var at = nodes.AtXa;
        var (id, assessment) = await at.Assess(file);
        planted["override reason"] = Marker("override");
        Assert.Equal("flag", assessment.GetProperty("outcome").GetString());
        foreach (var flag in assessment.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("outcome").GetString() == "flag"))
            (await at.Post($"/api/requests/{id}/overrides", await at.Token("assessing", file.Authority, "assessor"), new { rule = flag.GetProperty("rule").GetString(), reason = "Because " + planted["override reason"] })).Expect(HttpStatusCode.OK);
        (await at.Approve(file, id)).Expect(HttpStatusCode.OK);
        Assert.Equal("sent", (await at.Sign(file, id)).Expect(HttpStatusCode.Accepted).State);
        var thread = (await at.View(file, id)).GetProperty("thread").GetString()!;

        var other = nodes.AtXb;
        var received = await other.Arrived(file.Addressee, thread);
        // The other side sees the values, so they did travel.
        Assert.Contains(planted["identifier"], received.ToString(), StringComparison.Ordinal);
        Assert.Contains(planted["facts"], received.ToString(), StringComparison.Ordinal);
        var path = $"/api/received/{received.GetProperty("id").GetString()}";
        var executing = await other.Token("executing", file.Addressee, "executing-prosecutor", "signer");
        planted["second override reason"] = Marker("override-2");
        foreach (var flag in received.GetProperty("assessment").GetProperty("ours").GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("outcome").GetString() == "flag"))
            (await other.Post(path + "/overrides", executing, new { rule = flag.GetProperty("rule").GetString(), reason = "Because " + planted["second override reason"] })).Expect(HttpStatusCode.OK);
        planted["decision reason"] = Marker("decision");
        (await other.Post(path + "/decision", executing, new { reason = "Because " + planted["decision reason"] })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await at.View(file, id)).GetProperty("decisions").GetArrayLength() > 0, "the decision returns");
        return thread;
    }

    /// <summary>Every row of every table as text; binary columns too, which PostgreSQL writes in hexadecimal.</summary>
    private static async Task<string> Dump(Jurisdiction of)
    {
        await using var source = NpgsqlDataSource.Create(of.Superuser);
        var tables = new List<string>();
        await using (var list = source.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        Assert.Contains("vault.entries", tables);
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = source.CreateCommand($"select t::text from {table} t");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync()) dump.AppendLine(reader.GetString(0));
        }
        return dump.ToString();
    }

    private static string Marker(string where) => $"zq{where.Replace(' ', '-')}{Guid.NewGuid():N}";

    /// <summary>The value as it may stand in text: as it is, in hexadecimal, and in base64 at each of the three places it may begin at.</summary>
    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(value));
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', shift) + value)).TrimEnd('=');
            var middle = text[(shift == 0 ? 0 : 4)..^4];
            yield return middle;
            yield return middle.Replace('+', '-').Replace('/', '_');
        }
    }
}
