using System.Diagnostics;
using System.Text;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>What every driver gives back of what was handed to it.</summary>
public sealed class ContentContractSpecs(NodeDatabase database) : DriverContract(database)
{
    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task What_was_appended_is_loaded_in_order_with_everything_that_was_said_of_it(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        var (first, second) = (Given.Event("request.drafted.v1", """{"code":"x","n":1.10}""", """{"leaf":{"op":"collection"},"n":1.10,"big":12345678901234567890}"""), Given.Event());

        var outcome = await store.Append(new([new(stream, 0, [first, second])], [], [], "official-1", "call-1", "cause-1"));

        var appended = Assert.IsType<AppendOutcome.Appended>(outcome);
        Assert.Equal([2], appended.Versions);
        var events = await store.Load(stream);
        Assert.Equal([first.Id, second.Id], events.Select(e => e.Id));
        Assert.Equal([1, 2], events.Select(e => e.Version));
        Assert.Equal([stream, stream], events.Select(e => e.Stream));
        Assert.Equal(appended.Sequences, events.Select(e => e.Sequence));
        Assert.Equal(("request.drafted.v1", "official-1", "call-1", "cause-1"), (events[0].Type, events[0].User, events[0].Correlation, events[0].Causation));
        Assert.Equal("""{"n": 1.10, "code": "x"}""", events[0].Data.Text());
        Assert.Equal("""{"n": 1.10, "big": 12345678901234567890, "leaf": {"op": "collection"}}""", events[0].Headers.Text());
        Assert.True(events[1].Headers.IsEmpty);
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Nothing_is_added_to_what_was_said(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        using var trace = new Activity("call").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").Start();

        await store.Append(Append.To(stream, 0, Given.Event()));

        var stored = Assert.Single(await store.Load(stream));
        Assert.Equal((null, null, null, 0), (stored.User, stored.Correlation, stored.Causation, stored.Headers.Length));
        Assert.Equal("", await Database.Scalar<string>("select mt_dotnet_type from es.mt_events where id = $1", stored.Id));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Events_are_read_by_id_and_unknown_ids_are_left_out(string driver)
    {
        var (store, events) = (Open(driver), Given.Events(3));
        await store.Append(Append.To(Given.Stream(), 0, events));

        var read = await store.Read([events[2].Id, Guid.NewGuid(), events[0].Id]);

        Assert.Equal([events[0].Id, events[2].Id], read.Select(e => e.Id));
        Assert.Empty(await store.Read([]));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_stream_that_does_not_exist_is_empty(string driver) => Assert.Empty(await Open(driver).Load(Given.Stream()));

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Odd_bodies_survive(string driver)
    {
        (string Body, string AsStored)[] odd =
        [
            ("""{"code":"Ž\u00e9 𝄞","":1," ":{"":[]}}""", """{"": 1, " ": {"": []}, "code": "Žé 𝄞"}"""),
            ("""{"a":1,"a":2,"b":null}""", """{"a": 2, "b": null}"""),
            ("""{"n":[12345678901234567890.1234567890123456789,1e30,-0.0,1.10]}""", """{"n": [12345678901234567890.1234567890123456789, 1000000000000000000000000000000, 0.0, 1.10]}"""),
            ("""{"$type":"System.Object","$id":"1","$ref":"#","id":"x","version":7}""", """{"id": "x", "$id": "1", "$ref": "#", "$type": "System.Object", "version": 7}"""),
            ("[1, [2]]", "[1, [2]]"),
            ("\"text?\"", "\"text?\""),
            ("null", "null"),
        ];
        var (store, stream) = (Open(driver), Given.Stream());

        await store.Append(Append.To(stream, 0, [.. odd.Select(pair => Given.Event(data: pair.Body))]));

        Assert.Equal(odd.Select(pair => pair.AsStored), (await store.Load(stream)).Select(e => e.Data.Text()));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Large_and_deep_bodies_survive(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        var large = $$"""{"text": "{{string.Concat(Enumerable.Range(0, 200_000).Select(n => $"{n % 97} é"))}}"}""";
        var deep = string.Concat(Enumerable.Repeat("{\"a\": [", 200)) + "1" + string.Concat(Enumerable.Repeat("]}", 200));
        var headers = $$"""{"leaf": {{deep}}}""";

        await store.Append(Append.To(stream, 0, Given.Event(data: large), Given.Event(data: deep, headers: headers)));

        var events = await store.Load(stream);
        Assert.Equal(Encoding.UTF8.GetByteCount(large), events[0].Data.Length);
        Assert.Equal((large, deep, headers), (events[0].Data.Text(), events[1].Data.Text(), events[1].Headers.Text()));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_hundred_events_in_one_append_keep_their_order(string driver)
    {
        var (store, stream, events) = (Open(driver), Given.Stream(), Given.Events(100));
        await store.Append(Append.To(stream, 0, events));
        Assert.Equal(events.Select(e => e.Id), (await store.Load(stream)).Select(e => e.Id));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task The_time_is_the_server_s_and_in_UTC_whatever_zone_the_session_has(string driver)
    {
        foreach (var zone in (string[])["America/New_York", "Asia/Kathmandu", "UTC"])
        {
            var connection = new NpgsqlDataSourceBuilder(Database.Settings.ConnectionString) { ConnectionStringBuilder = { Timezone = zone, Pooling = true } };
            await using var pool = connection.Build();
            var (store, stream) = (Open(driver, on: pool), Given.Stream());
            var before = await Database.Scalar<DateTime>("select clock_timestamp()");

            await store.Append(Append.To(stream, 0, Given.Events(2)));

            var after = await Database.Scalar<DateTime>("select clock_timestamp()");
            Assert.All(await store.Load(stream), e =>
            {
                Assert.InRange(e.At.UtcDateTime, before, after);
                Assert.Equal(TimeSpan.Zero, e.At.Offset);
            });
            Assert.Equal(await store.Load(stream), await Open(driver).Load(stream), (a, b) => a.At == b.At);
        }
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_type_that_this_build_does_not_know_is_loaded_as_it_stands(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        await store.Append(Append.To(stream, 0, Given.Event("request.drafted.v1"), Given.Event()));
        var kind = $"newer.{Guid.NewGuid():N}.v9";
        foreach (var (version, dotnet) in new[] { (3L, ""), (4L, "Their.Type, Theirs"), (5L, typeof(Uri).AssemblyQualifiedName!) })
        {
            await Database.Run(
                "insert into es.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type) values (nextval('es.mt_events_sequence'), gen_random_uuid(), $1, $2, '{\"new\": 1.50}', $3, $4)",
                stream, version, $"{kind[..^1]}{version}", dotnet);
        }
        await Database.Run("update es.mt_streams set version = 5 where id = $1", stream);

        var events = await store.Load(stream);

        Assert.Equal(["request.drafted.v1", "test.noted.v1", $"{kind[..^1]}3", $"{kind[..^1]}4", $"{kind[..^1]}5"], events.Select(e => e.Type));
        Assert.All(events.Skip(2), e => Assert.Equal("""{"new": 1.50}""", e.Data.Text()));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Append.To(stream, 5, Given.Event())));
    }
}
