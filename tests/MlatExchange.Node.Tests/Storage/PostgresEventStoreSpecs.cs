using System.Text;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Tests.Storage;

public sealed class PostgresEventStoreSpecs : IClassFixture<NodeDatabase>, IAsyncDisposable
{
    private readonly NodeDatabase database;
    private readonly PostgresEventStore store;

    public PostgresEventStoreSpecs(NodeDatabase database)
    {
        _ = database.Settings;
        this.database = database;
        store = new(database.App, new LogBell());
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task What_was_appended_is_loaded_in_order_with_everything_that_was_said_of_it()
    {
        var stream = Given.Stream();
        var (first, second) = (Given.Event("request.drafted.v1", """{"code":"x","n":1.10}""", """{"leaf":{"op":"collection"}}"""), Given.Event());
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);

        var outcome = await store.Append(new([new(stream, 0, [first, second])], [], [], "official-1", "call-1", "cause-1"));

        var appended = Assert.IsType<AppendOutcome.Appended>(outcome);
        Assert.Equal([2], appended.Versions);
        var events = await store.Load(stream);
        Assert.Equal([first.Id, second.Id], events.Select(e => e.Id));
        Assert.Equal([1, 2], events.Select(e => e.Version));
        Assert.Equal(appended.Sequences, events.Select(e => e.Sequence));
        Assert.Equal(("request.drafted.v1", "official-1", "call-1", "cause-1"), (events[0].Type, events[0].User, events[0].Correlation, events[0].Causation));
        Assert.Equal("""{"n": 1.10, "code": "x"}""", events[0].Data.Text());
        Assert.Equal("""{"leaf": {"op": "collection"}}""", events[0].Headers.Text());
        Assert.True(events[1].Headers.IsEmpty);
        Assert.InRange(events[0].At, before, before.AddMinutes(2));
        Assert.Equal(TimeSpan.Zero, events[0].At.Offset);
    }

    [Fact]
    public async Task Events_are_read_by_id_and_unknown_ids_are_left_out()
    {
        var events = Given.Events(3);
        await store.Append(Append.To(Given.Stream(), 0, events));

        var read = await store.Read([events[2].Id, Guid.NewGuid(), events[0].Id]);

        Assert.Equal([events[0].Id, events[2].Id], read.Select(e => e.Id));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_empty() => Assert.Empty(await store.Load(Given.Stream()));

    [Fact]
    public async Task Of_fifty_appends_at_one_version_one_wins_and_the_others_are_told_the_conflict()
    {
        var stream = Given.Stream();
        await store.Append(Append.To(stream, 0, Given.Events(3)));
        await using var another = new PostgresEventStore(database.App, new LogBell());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => (n % 2 == 0 ? store : another).Append(Append.To(stream, 3, Given.Event()))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(49, outcomes.OfType<AppendOutcome.Conflict>().Count(c => c == new AppendOutcome.Conflict(stream, 3, 4)));
        Assert.Equal(4, (await store.Load(stream)).Count);
    }

    [Fact]
    public async Task Of_fifty_that_create_one_stream_one_wins()
    {
        var stream = Given.Stream();
        await using var another = new PostgresEventStore(database.App, new LogBell());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => (n % 2 == 0 ? store : another).Append(Append.To(stream, 0, Given.Event()))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(49, outcomes.OfType<AppendOutcome.Conflict>().Count());
        Assert.Single(await store.Load(stream));
    }

    [Fact]
    public async Task A_version_of_a_stream_that_does_not_exist_is_a_conflict()
    {
        var stream = Given.Stream();
        Assert.Equal(new AppendOutcome.Conflict(stream, 2, 0), await store.Append(Append.To(stream, 2, Given.Event())));
    }

    [Fact]
    public async Task A_repeated_event_id_is_told_as_such_even_though_the_version_has_moved()
    {
        var append = Append.To(Given.Stream(), 0, Given.Events(2));
        await store.Append(append);

        Assert.Contains(Assert.IsType<AppendOutcome.Duplicate>(await store.Append(append)).EventId, append.Streams[0].Events.Select(e => e.Id));
        Assert.Equal(2, (await store.Load(append.Streams[0].Stream)).Count);
    }

    [Fact]
    public async Task Of_twenty_that_write_the_same_event_id_to_streams_of_their_own_one_wins()
    {
        var id = Guid.NewGuid();
        await using var another = new PostgresEventStore(database.App, new LogBell());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? store : another).Append(Append.To(Given.Stream(), 0, Given.Event(id: id)))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(19, outcomes.Count(o => o == new AppendOutcome.Duplicate(id)));
    }

    [Fact]
    public async Task A_group_over_several_streams_with_vault_and_inbox_is_written_whole_or_not_at_all()
    {
        var (thread, request) = (Given.Stream(), Given.Stream());
        await store.Append(Append.To(thread, 0, Given.Events(2)));
        var digest = Guid.NewGuid().ToByteArray();
        await database.Run("insert into exchange.inbox_raw (digest, body, counterpart) values ($1, '', 'XB')", digest);
        var entry = new VaultEntry($"openings/{Guid.NewGuid()}", "case-1", [1, 2, 3]);
        Append Group(long threadVersion) => new([new(request, 0, Given.Events(2)), new(thread, threadVersion, Given.Events(1))], [entry], [digest]);

        Assert.Equal(new AppendOutcome.Conflict(thread, 1, 2), await store.Append(Group(1)));
        Assert.Empty(await store.Load(request));
        Assert.Equal(0, await database.Scalar<long>("select count(*) from vault.entries where reference = $1", entry.Reference));
        Assert.Equal(1, await database.Scalar<long>("select count(*) from exchange.inbox_raw where digest = $1", digest));

        var appended = Assert.IsType<AppendOutcome.Appended>(await store.Append(Group(2)));
        Assert.Equal([2, 3], appended.Versions);
        Assert.Equal(3, appended.Sequences.Count);
        Assert.Equal(2, (await store.Load(request)).Count);
        Assert.Equal(3, (await store.Load(thread)).Count);
        Assert.Equal([1, 2, 3], await database.Scalar<byte[]>("select ciphertext from vault.entries where reference = $1", entry.Reference));
        Assert.Equal(0, await database.Scalar<long>("select count(*) from exchange.inbox_raw where digest = $1", digest));
    }

    [Fact]
    public async Task A_vault_reference_is_written_once()
    {
        var entry = new VaultEntry($"openings/{Guid.NewGuid()}", "case-1", [1]);
        await store.Append(new([new(Given.Stream(), 0, [Given.Event()])], [entry], []));
        var stream = Given.Stream();

        Assert.Equal(new AppendOutcome.ReferenceTaken(entry.Reference), await store.Append(new([new(stream, 0, [Given.Event()])], [entry], [])));
        Assert.Empty(await store.Load(stream));
    }

    [Fact]
    public async Task An_archived_stream_takes_no_more_events()
    {
        var stream = Given.Stream();
        await store.Append(Append.To(stream, 0, Given.Event()));
        await database.Run("select es.mt_archive_stream($1)", stream);

        Assert.Equal(new AppendOutcome.Archived(stream), await store.Append(Append.To(stream, 1, Given.Event())));
        Assert.Single(await store.Load(stream));
    }

    [Fact]
    public async Task Groups_that_share_a_commit_lose_or_fail_alone()
    {
        await using var oneLane = new PostgresEventStore(database.App, new LogBell());
        var existing = Given.Stream();
        await oneLane.Append(Append.To(existing, 0, Given.Event()));
        var good = Enumerable.Range(0, 40).Select(_ => Append.To(Given.Stream(), 0, Given.Events(2))).ToList();
        var loses = Append.To(existing, 0, Given.Event());
        var notJson = Append.To(Given.Stream(), 0, Given.Event(data: "{not json"));
        var zero = Append.To(Given.Stream(), 0, Given.Event(data: """{"x":"\u0000"}"""));

        var all = good.Take(20).Append(loses).Append(notJson).Concat(good.Skip(20)).Append(zero).Select(a => oneLane.Append(a)).ToList();
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(40, all.Count(t => t.IsCompletedSuccessfully && t.Result is AppendOutcome.Appended));
        Assert.Equal(new AppendOutcome.Conflict(existing, 0, 1), await all[20]);
        await Assert.ThrowsAsync<PostgresException>(() => all[21]);
        await Assert.ThrowsAsync<PostgresException>(() => all[^1]);
        foreach (var append in good)
            Assert.Equal(2, (await oneLane.Load(append.Streams[0].Stream)).Count);
    }

    [Fact]
    public async Task Groups_that_share_a_commit_and_a_stream_follow_each_other()
    {
        await using var oneLane = new PostgresEventStore(database.App, new LogBell());
        var stream = Given.Stream();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => oneLane.Append(Append.To(stream, n, Given.Event()))));

        Assert.All(outcomes, o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), (await oneLane.Load(stream)).Select(e => e.Version));
    }

    [Fact]
    public async Task Deadlocks_and_serialisation_failures_are_repeated_and_have_one_effect()
    {
        // A trigger of the test fails the first tries of every transaction that writes this type.
        await database.Run("create sequence public.tries; grant usage on sequence public.tries to public");
        await database.Run("""
            create function public.fail_first() returns trigger language plpgsql as $$
            declare n bigint := nextval('public.tries');
            begin
                if n % 3 = 1 then raise exception 'injected' using errcode = '40001'; end if;
                if n % 3 = 2 then raise exception 'injected' using errcode = '40P01'; end if;
                return new;
            end $$;
            create trigger fail_first before insert on es.mt_events for each row when (new.type = 'test.unlucky.v1') execute function public.fail_first()
            """);
        var stream = Given.Stream();

        Assert.IsType<AppendOutcome.Appended>(await store.Append(Append.To(stream, 0, Given.Event("test.unlucky.v1"))));

        Assert.Single(await store.Load(stream));
        Assert.Equal(3, await database.Scalar<long>("select last_value from public.tries"));
    }

    [Fact]
    public async Task Racing_writers_of_several_streams_in_any_order_all_finish()
    {
        await using var another = new PostgresEventStore(database.App, new LogBell());
        var streams = Enumerable.Range(0, 4).Select(_ => Given.Stream()).ToArray();
        foreach (var stream in streams)
            await store.Append(Append.To(stream, 0, Given.Event()));

        async Task<int> Write(PostgresEventStore through, int seed)
        {
            var (random, written) = (new Random(seed), 0);
            for (var n = 0; n < 25; n++)
            {
                var chosen = random.GetItems(streams, 2).Distinct().ToArray();
                random.Shuffle(chosen);
                var loaded = await Task.WhenAll(chosen.Select(s => through.Load(s)));
                var outcome = await through.Append(new([.. chosen.Select((s, i) => new StreamAppend(s, loaded[i].Count, [Given.Event()]))], [], []));
                written += outcome is AppendOutcome.Appended ? chosen.Length : 0;
                Assert.True(outcome is AppendOutcome.Appended or AppendOutcome.Conflict);
            }
            return written;
        }
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Write(seed % 2 == 0 ? store : another, seed)));

        var stored = await Task.WhenAll(streams.Select(s => store.Load(s)));
        Assert.Equal(written.Sum() + 4, stored.Sum(s => s.Count));
        Assert.All(stored, s => Assert.Equal(Enumerable.Range(1, s.Count).Select(n => (long)n), s.Select(e => e.Version)));
    }

    [Fact]
    public async Task A_senseless_group_is_refused_before_it_reaches_the_server()
    {
        var stream = Given.Stream();
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(new([], [], [])));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(Append.To(stream, 0)));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(new([new(stream, 0, Given.Events(1)), new(stream, 1, Given.Events(1))], [], [])));
    }

    [Fact]
    public async Task Text_outside_ascii_survives()
    {
        var stream = Given.Stream();
        await store.Append(Append.To(stream, 0, Given.Event(data: """{"code":"Ž\u00e9 𝄞"}""")));
        Assert.Equal("""{"code": "Žé 𝄞"}""", Encoding.UTF8.GetString((await store.Load(stream))[0].Data.Span));
    }
}
