using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>What every driver answers to an append: written, or why not.</summary>
public sealed class AppendContractSpecs(NodeDatabase database) : DriverContract(database)
{
    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Of_fifty_appends_at_one_version_one_wins_and_the_others_are_told_the_conflict(string driver)
    {
        var (store, another, stream) = (Open(driver), Open(driver), Given.Stream());
        await store.Append(Append.To(stream, 0, Given.Events(3)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => (n % 2 == 0 ? store : another).Append(Append.To(stream, 3, Given.Event()))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(49, outcomes.OfType<AppendOutcome.Conflict>().Count(c => c == new AppendOutcome.Conflict(stream, 3, 4)));
        Assert.Equal(4, (await store.Load(stream)).Count);
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Of_fifty_that_create_one_stream_one_wins(string driver)
    {
        var (store, another, stream) = (Open(driver), Open(driver), Given.Stream());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => (n % 2 == 0 ? store : another).Append(Append.To(stream, 0, Given.Event()))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(49, outcomes.OfType<AppendOutcome.Conflict>().Count());
        Assert.Single(await store.Load(stream));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_version_of_a_stream_that_does_not_exist_is_a_conflict(string driver)
    {
        var stream = Given.Stream();
        Assert.Equal(new AppendOutcome.Conflict(stream, 2, 0), await Open(driver).Append(Append.To(stream, 2, Given.Event())));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_version_that_is_too_low_or_too_high_is_a_conflict_with_the_one_found(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        await store.Append(Append.To(stream, 0, Given.Events(3)));

        Assert.Equal(new AppendOutcome.Conflict(stream, 2, 3), await store.Append(Append.To(stream, 2, Given.Events(2))));
        Assert.Equal(new AppendOutcome.Conflict(stream, 4, 3), await store.Append(Append.To(stream, 4, Given.Event())));
        Assert.Equal(new AppendOutcome.Conflict(stream, 0, 3), await store.Append(Append.To(stream, 0, Given.Event())));
        Assert.Equal(3, (await store.Load(stream)).Count);
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_repeated_event_id_is_told_as_such_even_though_the_version_has_moved(string driver)
    {
        var (store, append) = (Open(driver), Append.To(Given.Stream(), 0, Given.Events(2)));
        await store.Append(append);

        Assert.Contains(Assert.IsType<AppendOutcome.Duplicate>(await store.Append(append)).EventId, append.Streams[0].Events.Select(e => e.Id));
        Assert.Equal(2, (await store.Load(append.Streams[0].Stream)).Count);
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Of_twenty_that_write_the_same_event_id_to_streams_of_their_own_one_wins(string driver)
    {
        var (store, another, id) = (Open(driver), Open(driver), Guid.NewGuid());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? store : another).Append(Append.To(Given.Stream(), 0, Given.Event(id: id)))));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(19, outcomes.Count(o => o == new AppendOutcome.Duplicate(id)));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_group_over_several_streams_with_vault_and_inbox_is_written_whole_or_not_at_all(string driver)
    {
        var (store, thread, request) = (Open(driver), Given.Stream(), Given.Stream());
        await store.Append(Append.To(thread, 0, Given.Events(2)));
        var digest = Guid.NewGuid().ToByteArray();
        await Database.Run("insert into exchange.inbox_raw (digest, body, counterpart) values ($1, '', 'XB')", digest);
        VaultEntry[] entries = [new($"openings/{Guid.NewGuid()}", "case-1", [1, 2, 3]), new($"openings/{Guid.NewGuid()}", "case-1", [])];
        Append Group(long threadVersion) => new([new(request, 0, Given.Events(2)), new(thread, threadVersion, Given.Events(1))], entries, [digest]);

        Assert.Equal(new AppendOutcome.Conflict(thread, 1, 2), await store.Append(Group(1)));
        Assert.Empty(await store.Load(request));
        Assert.Equal(0, await Database.Scalar<long>("select count(*) from vault.entries where reference = $1", entries[0].Reference));
        Assert.Equal(1, await Database.Scalar<long>("select count(*) from exchange.inbox_raw where digest = $1", digest));

        var appended = Assert.IsType<AppendOutcome.Appended>(await store.Append(Group(2)));
        Assert.Equal([2, 3], appended.Versions);
        Assert.Equal((await store.Load(request)).Concat((await store.Load(thread)).Skip(2)).Select(e => e.Sequence), appended.Sequences);
        Assert.Equal([1, 2, 3], await Database.Scalar<byte[]>("select ciphertext from vault.entries where reference = $1", entries[0].Reference));
        Assert.Equal(1, await Database.Scalar<long>("select count(*) from vault.entries where reference = $1", entries[1].Reference));
        Assert.Equal(0, await Database.Scalar<long>("select count(*) from exchange.inbox_raw where digest = $1", digest));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Of_several_streams_the_first_that_differs_is_named(string driver)
    {
        var (store, streams) = (Open(driver), Enumerable.Range(0, 3).Select(_ => Given.Stream()).Reverse().ToArray());
        foreach (var stream in streams.Skip(1))
            await store.Append(Append.To(stream, 0, Given.Event()));

        var outcome = await store.Append(new([.. streams.Select(stream => new StreamAppend(stream, 0, [Given.Event()]))], [], []));

        Assert.Equal(new AppendOutcome.Conflict(streams[1], 0, 1), outcome);
        Assert.Empty(await store.Load(streams[0]));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_vault_reference_is_written_once(string driver)
    {
        var (store, entry) = (Open(driver), new VaultEntry($"openings/{Guid.NewGuid()}", "case-1", [1]));
        await store.Append(new([new(Given.Stream(), 0, [Given.Event()])], [entry], []));
        var stream = Given.Stream();

        Assert.Equal(new AppendOutcome.ReferenceTaken(entry.Reference), await store.Append(new([new(stream, 0, [Given.Event()])], [entry], [])));
        Assert.Empty(await store.Load(stream));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task An_archived_stream_takes_no_more_events_and_is_loaded_as_before(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        var events = Given.Events(2);
        await store.Append(Append.To(stream, 0, events));
        var before = await store.Load(stream);
        await Database.Run("select es.mt_archive_stream($1)", stream);

        Assert.Equal(new AppendOutcome.Archived(stream), await store.Append(Append.To(stream, 2, Given.Event())));
        Assert.Contains(Assert.IsType<AppendOutcome.Duplicate>(await store.Append(Append.To(stream, 0, events))).EventId, events.Select(e => e.Id));
        Assert.Equal(before.Select(e => (e.Id, e.Version, e.Data.Text())), (await store.Load(stream)).Select(e => (e.Id, e.Version, e.Data.Text())));
        Assert.Equal(2, (await store.Read([.. events.Select(e => e.Id)])).Count);
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task A_senseless_group_is_refused_before_it_reaches_the_server(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(new([], [], [])));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(Append.To(stream, 0)));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(Append.To(stream, 0, Given.Event(data: ""))));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Append(new([new(stream, 0, Given.Events(1)), new(stream, 1, Given.Events(1))], [], [])));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task Deadlocks_and_serialisation_failures_are_repeated_and_have_one_effect(string driver)
    {
        // A trigger of the test fails the first tries of every transaction that writes this type.
        await Database.Run($"create sequence public.tries_{driver}; grant usage on sequence public.tries_{driver} to public");
        await Database.Run($"""
            create function public.fail_first_{driver}() returns trigger language plpgsql as $$
            declare n bigint := nextval('public.tries_{driver}');
            begin
                if n % 3 = 1 then raise exception 'injected' using errcode = '40001'; end if;
                if n % 3 = 2 then raise exception 'injected' using errcode = '40P01'; end if;
                return new;
            end $$;
            create trigger fail_first_{driver} before insert on es.mt_events for each row when (new.type = 'test.unlucky-{driver}.v1') execute function public.fail_first_{driver}()
            """);
        var (store, stream) = (Open(driver), Given.Stream());

        Assert.IsType<AppendOutcome.Appended>(await store.Append(Append.To(stream, 0, Given.Event($"test.unlucky-{driver}.v1"))));

        Assert.Single(await store.Load(stream));
        Assert.Equal(3, await Database.Scalar<long>($"select last_value from public.tries_{driver}"));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task What_the_server_refuses_is_its_own_exception_and_nothing_is_written(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());

        foreach (var body in (string[])["{not json", """{"x":"\u0000"}""", "{} {}"])
            Assert.StartsWith("22", (await Assert.ThrowsAsync<PostgresException>(() => store.Append(Append.To(stream, 0, Given.Event(), Given.Event(data: body))))).SqlState, StringComparison.Ordinal);

        Assert.Empty(await store.Load(stream));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(Append.To(stream, 0, Given.Event())));
    }

    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task The_role_that_appends_can_change_and_delete_nothing(string driver)
    {
        var (store, stream) = (Open(driver), Given.Stream());
        await store.Append(Append.To(stream, 0, Given.Event()));

        foreach (var sql in (string[])["update es.mt_events set data = '{}'", "delete from es.mt_events", "update es.mt_streams set is_archived = true", "delete from es.mt_streams", "delete from ledger.pending"])
        {
            await using var command = Database.App.CreateCommand(sql);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }

        Assert.Equal("""{"code": "a"}""", (await store.Load(stream))[0].Data.Text());
    }
}
