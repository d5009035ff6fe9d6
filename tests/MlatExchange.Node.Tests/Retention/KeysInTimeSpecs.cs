using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using MlatExchange.Domain.Retention;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Retention;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Tests.Ledger;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Tests.Retention;

/// <summary>Keys whose term runs out are ordered to end, end, and become unrecoverable; and quarantined bytes go with the key that could open them.</summary>
public sealed class KeysInTimeSpecs : IAsyncDisposable
{
    private static readonly TimeSpan Objection = TimeSpan.FromHours(72);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-keys-");
    private readonly Clock clock = new();
    private readonly IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection([new("Erasure:NotBeforeSeconds", "259200")]).Build();
    private readonly NodeIdentity identity = new("XA", "https://node.xa.example", EcKey.Generate(RandomNumberGenerator.Fill), [EcKey.Generate(RandomNumberGenerator.Fill)]);
    private LedgerNode node = null!;
    private KeyStore keys = null!;
    private Vault vault = null!;
    private Journal journal = null!;

    public async ValueTask DisposeAsync()
    {
        if (node is not null) await node.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_key_of_a_day_ends_after_ninety_days_and_is_final_when_the_epoch_is_over()
    {
        await Start();
        var day = "day-2026-03-01";
        var entry = vault.Seal("consultation/1/justification", day, Encoding.UTF8.GetBytes("why"));
        var ends = new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero);

        clock.Now = ends - Objection - TimeSpan.FromMinutes(1);
        Assert.Equal(0, await Look());
        clock.Now = ends - Objection;
        Assert.Equal(1, await Look());
        Assert.Equal(0, await Look()); // ordered once
        await Steps(day);
        Assert.NotNull(vault.Open(entry)); // oversight may object

        clock.Now = ends;
        await Steps(day);
        Assert.Null(vault.Open(entry));
        var destroyed = Assert.IsType<KeyErasure.Destroyed>(await State(day));
        Assert.InRange(destroyed.UnrecoverableFrom, clock.Now, clock.Now + KeyEpoch);

        clock.Now = destroyed.UnrecoverableFrom + TimeSpan.FromDays(3); // no process ran when the epoch ended
        await Steps(day);
        Assert.Equal(clock.Now, Assert.IsType<KeyErasure.Final>(await State(day)).At);
        Assert.Equal(0, await Look());
    }

    [Fact]
    public async Task The_key_of_an_unknown_thread_ends_thirty_days_after_it_was_made_through_all_epochs()
    {
        await Start();
        keys.GetOrCreate("thread-abc");
        keys.GetOrCreate("case-1");
        for (var days = 0; days < 26; days++)
        {
            clock.Now += TimeSpan.FromDays(1);
            keys.Roll();
            Assert.Equal(0, await Look());
        }
        clock.Now += TimeSpan.FromDays(4);
        Assert.Equal(1, await Look());
        await Steps("thread-abc");
        Assert.Equal(["case-1"], keys.List());
    }

    [Fact]
    public async Task A_key_made_anew_after_its_case_was_erased_ends_after_thirty_days()
    {
        await Start();
        var key = "case-01977f00-0000-7000-8000-00000000c001";
        await node.Database.Run($"insert into read.cases values ('erasure-{key}', 'erasure', '{key}', '', '', '', 'final', false, now(), 1)");
        keys.GetOrCreate(key); // a message came late
        keys.GetOrCreate("case-2");
        clock.Now += TimeSpan.FromDays(26);
        Assert.Equal(0, await Look());
        clock.Now += TimeSpan.FromDays(4);
        Assert.Equal(1, await Look());
        await Steps(key);
        Assert.Equal(["case-2"], keys.List());
    }

    [Fact]
    public async Task The_key_of_a_transfer_that_a_closing_missed_is_ordered_to_end()
    {
        await Start();
        await node.Database.Run("insert into read.cases (stream, kind, id, authority, counterpart, instrument, state, has_work, updated_at, position) values ('received-1', 'received', '1', '', '', '', 'closed', false, now(), 1)");
        await node.Database.Run("insert into read.cases (stream, kind, id, authority, counterpart, instrument, state, has_work, updated_at, position) values ('received-2', 'received', '2', '', '', '', 'in-execution', false, now(), 2)");
        foreach (var (transfer, of) in new[] { ("missed", 1), ("named", 1), ("open", 2) })
        {
            keys.GetOrCreate($"transfer-{transfer}");
            await node.Database.Run($"insert into read.cases (stream, kind, id, authority, counterpart, instrument, state, has_work, updated_at, position, case_stream) values ('transfer-{transfer}', 'supplied', '{transfer}', '', '', '', 'prepared', false, now(), 3, 'received-{of}')");
        }
        await node.Database.Run("insert into read.cases (stream, kind, id, authority, counterpart, instrument, state, has_work, updated_at, position) values ('erasure-transfer-named', 'erasure', 'transfer-named', '', '', '', 'ordered', true, now(), 4)");

        Assert.Equal(1, await Look());
        Assert.Equal(ErasureGround.CaseClosed, Assert.IsType<KeyErasure.Ordered>(await State("transfer-missed")).Order.Ground);
        clock.Now += Objection;
        await Steps("transfer-missed");
        Assert.Equal(["transfer-named", "transfer-open"], keys.List());
    }

    [Fact]
    public async Task Quarantined_bytes_stay_while_their_key_does_and_no_longer_than_such_a_key_can_live()
    {
        await Start();
        byte[] Message(string kid) => Encoding.ASCII.GetBytes(Base64Url.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"ECDH-ES+A256KW","kid":"{{kid}}"}""")) + ".a.b.c.d");
        var quarantine = new Quarantine(node.Database.App, NullLogger<Quarantine>.Instance);
        async Task Add(byte number, byte[] body) => await quarantine.Add(new([number], "XB", body, clock.Now), 4, "decrypt", CancellationToken.None);
        await Add(1, Message(identity.EncryptionKeys[0].Thumbprint));
        await Add(2, Message("a-key-that-was-destroyed"));
        await Add(3, Encoding.ASCII.GetBytes("not even a header"));
        await Add(4, Message(identity.EncryptionKeys[0].Thumbprint));
        await node.Database.Run($"update exchange.quarantine set quarantined_at = '{clock.Now.AddDays(-38):O}' where digest = '\\x04'");
        await node.Database.Run($"update exchange.quarantine set quarantined_at = '{clock.Now.AddDays(-36):O}' where digest <> '\\x04'");

        await Look();

        Assert.Equal("1", await node.Database.Scalar<string>("select string_agg(get_byte(digest, 0)::text, ',') from exchange.quarantine where body is not null"));
        Assert.Equal(4, await node.Database.Scalar<long>("select count(*) from exchange.quarantine where step = 4")); // digest, step and time stay
    }

    private static TimeSpan KeyEpoch => TimeSpan.FromDays(7);

    private async Task Start()
    {
        node = await LedgerNode.Create();
        keys = new(folder.FullName, KeyEpoch, clock);
        vault = new(node.Database.App, keys);
        journal = new(node.Store, new(vault, RandomNumberGenerator.Fill), vault);
    }

    private Task<int> Look() => new KeysInTime(
        keys, journal, node.Database.App, identity, new(node.Database.App, identity), settings, clock, NullLogger<KeysInTime>.Instance).Look(CancellationToken.None);

    private async Task Steps(string key)
    {
        var step = new EndKeyStep(journal, keys, new(false, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), clock, NullLogger<FreshStart>.Instance), clock);
        while (!await step.Run(key, CancellationToken.None))
        {
        }
    }

    private async Task<KeyErasure> State(string key) =>
        (await journal.Load<KeyErasure, KeyErasureEvent>(KeyErasure.StreamName(key), KeyErasure.Initial, KeyErasure.Evolve, CancellationToken.None)).State;

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
