using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Oversight;

public sealed class ConsultTransfersSpecs
{
    private const string Route = "/api/oversight/transfers";

    [Fact]
    public async Task The_answer_names_the_records_the_checkpoint_and_the_consultation()
    {
        await using var node = await OversightNode.Start();
        var transfer = Given.Transfer();
        await node.Happen(transfer, 0, "XB", "EEV", Given.Supply(transfer)[..4]);

        var answer = await node.Json(Route);

        var record = answer.GetProperty("records").EnumerateArray().Single();
        Assert.Equal(
            (transfer, "outgoing", "XB", "EEV", "establish-the-facts", "accepted"),
            (Text(record, "transfer"), Text(record, "direction"), Text(record, "counterpart"), Text(record, "instrument"), Text(record, "purpose"), Text(record, "state")));
        Assert.Equal(
            ("EEV 5", "content", "LED6a"),
            (record.GetProperty("legalBasis")[0].GetString(), record.GetProperty("dataCategories")[0].GetString(), record.GetProperty("subjectCategories")[0].GetString()));
        Assert.Equal(30, record.GetProperty("retention").GetProperty("maximumDays").GetInt32());
        Assert.True(record.GetProperty("overdue").GetBoolean());
        Assert.Equal("key-release", Text(record, "dueFor"));
        var checkpoint = answer.GetProperty("checkpoint");
        Assert.True(checkpoint.GetProperty("size").GetInt64() >= 4);
        Assert.True(answer.GetProperty("position").GetInt64() >= record.GetProperty("last").GetProperty("position").GetInt64());
        var signed = Checkpoint.Verify(SignedNote.Parse(Text(checkpoint, "note")!), node.Ledger.Signer.Key)!;
        Assert.Equal((checkpoint.GetProperty("size").GetInt64(), Text(checkpoint, "root")), (signed.Size, signed.Root.ToString()));
        Assert.True(Guid.TryParse(Text(answer, "consultation"), out _));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Without_a_purpose_nothing_is_answered()
    {
        await using var node = await OversightNode.Start();
        (string? Purpose, string? Justification, string? Consultation)[] refused =
        [
            (null, null, null), ("lawfulness-verification", null, null), (null, "because", null), ("curiosity", "because", null), ("lawfulness-verification", "%20%20", null),
            ("lawfulness-verification", "%zz", null), ("lawfulness-verification", "%ff", null), ("lawfulness-verification", "abc%4", null), ("lawfulness-verification", new string('a', 501), null),
            ("lawfulness-verification", "because", Guid.NewGuid().ToString()), (null, null, Guid.NewGuid().ToString()), (null, null, "x"),
        ];
        foreach (var (purpose, justification, consultation) in refused)
        {
            using var response = await node.Client.SendAsync(node.Ask(Route, purpose, justification, consultation));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
        using var most = await node.Client.SendAsync(node.Ask(Route, justification: string.Concat(Enumerable.Repeat("%C3%A9", 500))));
        Assert.Equal(HttpStatusCode.OK, most.StatusCode);
        Assert.Equal(2, await node.Ledger.Database.Scalar<long>("select count(*) from es.mt_events"));
    }

    [Fact]
    public async Task Only_oversight_may_ask_and_a_consultation_belongs_to_its_body()
    {
        await using var node = await OversightNode.Start();
        using var anonymous = await node.Client.GetAsync(Route);
        using var prosecutor = await node.Client.SendAsync(OversightNode.As(new(HttpMethod.Get, Route), "signer"));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (anonymous.StatusCode, prosecutor.StatusCode));

        var consultation = await Open(node);
        using var own = await node.Client.SendAsync(node.Ask(Route, null, null, consultation));
        using var again = await node.Client.SendAsync(node.Ask(Route, null, null, consultation));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (own.StatusCode, again.StatusCode));
        var foreign = new HttpRequestMessage(HttpMethod.Get, Route);
        foreign.Headers.Add("Consultation", consultation);
        using var other = await node.Client.SendAsync(OversightNode.As(foreign, authority: "xa-other"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(3, (await node.Ledger.Store.Load(OversightEvent.StreamName(Guid.Parse(consultation)))).Count);
    }

    [Fact]
    public async Task A_query_that_finds_nothing_is_recorded_too_and_the_justification_is_in_the_vault_alone()
    {
        await using var node = await OversightNode.Start();
        const string Why = "Complaint of Zebulon Quartz";

        using var response = await node.Client.SendAsync(node.Ask(Route + "?counterpart=ZZ", justification: Uri.EscapeDataString(Why)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var id = Guid.Parse(response.Headers.GetValues("Consultation").Single());
        var events = await node.Ledger.Store.Load(OversightEvent.StreamName(id));
        Assert.Equal(["consultation.opened.v1", "consultation.transfers-consulted.v1"], events.Select(e => e.Type));
        Assert.Equal(0, JsonDocument.Parse(events[1].Data).RootElement.GetProperty("count").GetInt32());
        Assert.Equal(Why, Encoding.UTF8.GetString((await node.Get<Vault>().Open(Consultations.JustificationOf(id)))!));
        Assert.Contains("ZZ", Encoding.UTF8.GetString((await node.Get<Vault>().Open(Consultations.ParametersOf(id, 2)))!), StringComparison.Ordinal);
        await node.Ledger.Published(2);
        var leaf = Encoding.UTF8.GetString((await node.Ledger.Reader.Leaf(events[1].Id))!.Bytes);
        Assert.Contains("\"purpose\":\"lawfulness-verification\"", leaf, StringComparison.Ordinal);
        Assert.Contains("\"body\":\"xa-oversight\"", leaf, StringComparison.Ordinal);
        Assert.DoesNotContain("\"count\":0", leaf, StringComparison.Ordinal);
        foreach (var word in (string[])["Zebulon", "somebody", "counterpart=ZZ"])
            Assert.Equal("", await Found(node, word));
        Assert.NotEqual("", await Found(node, "xa-oversight"));
    }

    [Fact]
    public async Task Filters_find_what_they_name_and_nothing_else()
    {
        await using var node = await OversightNode.Start();
        var (a, b, c) = (Given.Transfer(), Given.Transfer(), Given.Transfer());
        await node.Happen(a, 0, "XB", "EEV", Given.Supply(a)[..3]);
        await node.Happen(b, 0, "XC", "EIO", Given.Prepared(b, "XC", Given.Item("i", "health", "LED6c")));
        await node.Happen(c, 0, "XB", "EEV", Given.Hold(c)[..6]);
        (string Query, string[] Found)[] expected =
        [
            ("", [a, b, c]), ("direction=incoming", [c]), ("direction=outgoing", [a, b]), ("counterpart=XC", [b]), ("instrument=EIO", [b]), ("instrument=BILATERAL:XA-XC", []),
            ("dataCategory=health", [b]), ("dataCategory=content", [a, c]), ("subjectCategory=LED6b", [c]), ("outcome=offered", [a]), ("outcome=under-retention", [c]),
            ("overdue=true", [c]), ("overdue=false", [a, b]), ("from=2020-01-01", [a, b, c]), ("to=2020-01-01", []), ("from=2999-01-01T00:00:00Z", []),
            ("counterpart=XB&dataCategory=financial&direction=incoming&overdue=true", [c]), ("counterpart=XC&dataCategory=financial", []),
        ];
        foreach (var (query, found) in expected)
            Assert.Equal(found, (await node.Json($"{Route}?{query}")).GetProperty("records").EnumerateArray().Select(record => Text(record, "transfer")));
    }

    [Theory]
    [InlineData("from", "'; drop table read.transfer_records; --")]
    [InlineData("from", "2026-13-01")]
    [InlineData("from", "0000-00-00T00:00:00Z")]
    [InlineData("to", "now()")]
    [InlineData("direction", "sideways")]
    [InlineData("counterpart", "X'")]
    [InlineData("counterpart", "\0\0")]
    [InlineData("counterpart", "%%")]
    [InlineData("instrument", "$.store[*]")]
    [InlineData("instrument", "EEV\0")]
    [InlineData("dataCategory", "content' or '1'='1")]
    [InlineData("subjectCategory", "LED6e")]
    [InlineData("outcome", "")]
    [InlineData("overdue", "maybe")]
    [InlineData("cursor", "AAAA")]
    [InlineData("cursor", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("limit", "0")]
    [InlineData("limit", "-1")]
    [InlineData("limit", "99999999999999999999")]
    public async Task A_hostile_value_is_refused_and_its_parameter_named(string name, string value)
    {
        await using var node = await OversightNode.Start();
        var bad = $"{name}={Uri.EscapeDataString(value)}";
        foreach (var query in (string[])[bad, $"{name}={new string('x', 8000)}", $"{bad}&{bad}"])
        {
            using var response = await node.Client.SendAsync(node.Ask($"{Route}?{query}"));
            var body = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(name, JsonDocument.Parse(body).RootElement.GetProperty("errors")[0].GetProperty("pointer").GetString());
            Assert.DoesNotContain("xxxx", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unknown_parameters_and_cursors_of_other_queries_are_refused()
    {
        await using var node = await OversightNode.Start();
        var transfers = Enumerable.Range(0, 3).Select(_ => Given.Transfer()).ToList();
        foreach (var transfer in transfers) await node.Happen(transfer, 0, "XB", "EEV", Given.Prepared(transfer));
        using var misspelt = await node.Client.SendAsync(node.Ask($"{Route}?counterparty=XB"));
        var next = Text(await node.Json($"{Route}?counterpart=XB&limit=1"), "next")!;
        using var mixed = await node.Client.SendAsync(node.Ask($"{Route}?counterpart=XC&cursor={next}"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (misspelt.StatusCode, mixed.StatusCode));
        Assert.Equal(transfers[1], Text((await node.Json($"{Route}?counterpart=XB&limit=1&cursor={next}")).GetProperty("records")[0], "transfer"));
    }

    [Fact]
    public async Task Pages_show_every_transfer_once_while_others_arrive_and_states_change()
    {
        await using var node = await OversightNode.Start();
        var before = Enumerable.Range(0, 30).Select(_ => Given.Transfer()).ToList();
        foreach (var transfer in before) await node.Happen(transfer, 0, "XB", "EEV", Given.Prepared(transfer));
        using var stop = new CancellationTokenSource();
        var during = new List<string>();
        var arriving = Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                during.Add(Given.Transfer());
                await node.Happen(during[^1], 0, "XB", "EEV", Given.Prepared(during[^1]));
                await node.Happen(before[n % before.Count], 1 + (n / before.Count), "XB", "EEV", new Domain.Transfers.SupplyEvent.ContentStored("mailbox", 1, 4096, Given.Start));
            }
        });

        var seen = new List<string>();
        var upTo = new HashSet<long>();
        string? cursor = null;
        for (var page = 0; page < 30; page++)
        {
            var answer = await node.Json($"{Route}?limit=4" + (cursor is null ? "" : $"&cursor={cursor}"));
            upTo.Add(answer.GetProperty("upTo").GetInt64());
            seen.AddRange(answer.GetProperty("records").EnumerateArray().Select(record => Text(record, "transfer")!));
            if ((cursor = Text(answer, "next")) is null) break;
        }
        await stop.CancelAsync();
        await arriving;

        // Newcomers that were logged before the first page was read belong to this query, all later ones to the next.
        Assert.Equal(before, seen.Take(before.Count));
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Null(cursor);
        Assert.NotEmpty(during);
        Assert.Single(upTo);
    }

    [Fact]
    public async Task Records_are_given_as_csv_or_lines_too_and_fhir_is_refused_clearly()
    {
        await using var node = await OversightNode.Start();
        var transfer = Given.Transfer();
        var terms = Given.Terms(30) with { LegalReference = "=cmd|\"x\", y" };
        await node.Happen(transfer, 0, "XB", "EEV", Given.Prepared(transfer, "XB", Given.Item("i", terms: terms)));

        using var csv = await node.Client.SendAsync(node.Ask(Route, accept: "text/csv"));
        var rows = (await csv.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.StartsWith("transfer,direction,counterpart,case,instrument,legalBasis,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith($"{transfer},outgoing,XB,,EEV,EEV 5;EEV 12,", rows[1], StringComparison.Ordinal);
        Assert.Contains("\"'=cmd|\"\"x\"\", y\"", rows[1], StringComparison.Ordinal);
        Assert.True(long.Parse(csv.Headers.GetValues("Checkpoint-Size").Single(), CultureInfo.InvariantCulture) >= 1);
        using var lines = await node.Client.SendAsync(node.Ask(Route, accept: "application/x-ndjson, text/csv;q=0.5"));
        Assert.Equal("application/x-ndjson", lines.Content.Headers.ContentType!.MediaType);
        Assert.Equal(transfer, Text(JsonDocument.Parse((await lines.Content.ReadAsStringAsync()).TrimEnd('\n')).RootElement, "transfer"));
        using var fhir = await node.Client.SendAsync(node.Ask(Route, accept: "application/fhir+json"));
        Assert.Equal(HttpStatusCode.NotAcceptable, fhir.StatusCode);
        Assert.Contains("FHIR", await fhir.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var any = await node.Client.SendAsync(node.Ask(Route, accept: "*/*"));
        Assert.Equal("application/json", any.Content.Headers.ContentType!.MediaType);
    }

    internal static async Task<string> Open(OversightNode node)
    {
        using var response = await node.Client.SendAsync(OversightNode.As(new(HttpMethod.Post, "/api/oversight/consultations")
        {
            Content = JsonContent.Create(new { purpose = "own-initiative-inquiry", justification = "Inquiry 4" }),
        }));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return Text(await response.Content.ReadFromJsonAsync<JsonElement>(), "consultation")!;
    }

    // Names of the tables in which a row, printed as text or as the bytes' text, contains the word.
    private static Task<string> Found(OversightNode node, string word) => node.Ledger.Database.Scalar<string>($"""
        select coalesce(string_agg(t, ','), '') from (
            select 'events' t from es.mt_events e where e::text like '%{word}%' union select 'streams' from es.mt_streams s where s::text like '%{word}%'
            union select 'leaves' from ledger.entries n where encode(n.leaf, 'escape') like '%{word}%' union select 'vault' from vault.entries v where v.reference like '%{word}%' or encode(v.ciphertext, 'escape') like '%{word}%'
            union select 'records' from read.transfer_records r where r::text like '%{word}%' union select 'documents' from read.transfer_documents d where d::text like '%{word}%' union select 'cases' from read.oversight_cases c where c::text like '%{word}%'
            union select 'trail' from read.audit_trail a where encode(a.audit, 'escape') like '%{word}%' union select 'answers' from api.idempotency i where i::text like '%{word}%') found
        """);

    private static string? Text(JsonElement parent, string member) => parent.GetProperty(member).GetString();
}
