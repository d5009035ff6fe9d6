using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>What a node with valid keys can do against the rules, and what it gets for it.</summary>
public sealed class RogueNode
{
    [Fact]
    public async Task Two_messages_under_one_identifier_are_kept_as_proof_and_raise_the_alarm()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);
        await nodes.ToXb.Inject(Again(nodes, nodes.ToXb.Seen.First(), payload => payload["authority"] = "xa-other"));

        await Eventually.True(async () => (await nodes.Xb.Events(said.Thread.Id)).Any(e => e is ThreadEvent.EquivocationFound), "it is found");
        var events = await nodes.Xb.Events(said.Thread.Id);
        var found = Assert.Single(events.OfType<ThreadEvent.EquivocationFound>());
        Assert.Equal(said.Digest.ToString(), found.First);
        Assert.Single(events.OfType<ThreadEvent.MessageAccepted>());
        var stored = (await nodes.Xb.Store.Load(said.Thread.Stream)).Single(e => e.Type == "thread.equivocation-found.v1");
        var kept = StoredMessage.Read((await nodes.Xb.Vault.Open(StoredMessage.Reference(stored.Id)))!);
        Assert.Equal(found.Digest, CompactJws.DigestOf(kept.Message).ToString());
        await Eventually.True(() => nodes.Xb.Logs.Lines.Any(line => line.Event == 4132), "the alarm is raised");
        // The rejection names a message that XA's own node knows nothing of: somebody else has its key, and it learns so.
        await Eventually.True(
            async () => (await nodes.Xa.Events(said.Thread.Id)).OfType<ThreadEvent.MessageRefused>().Any(e => e.Rule == "receipt-for-nothing-sent"), "XA learns of it");
        await nodes.Quiet();
    }

    [Fact]
    public async Task A_stale_message_takes_its_place_without_effect_and_is_told_so_once()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.ToXb.Passing = bytes => Enumerable.Repeat(
            Again(nodes, bytes, payload =>
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddDays(-8).ToUnixTimeMilliseconds());
                payload["iat"] = at.ToUnixTimeSeconds();
                payload["issuedAt"] = WireTime.Text(at);
            }),
            3);
        nodes.Trust.Change("XA", list => list with { Node = list.Node with { Keys = [.. list.Node.Keys.Select(key => key with { From = key.From.AddDays(-20), Until = DateTimeOffset.UtcNow.AddDays(5) })] } });
        var said = await nodes.Say();
        await Eventually.True(async () => (await nodes.Xb.Events(said.Thread.Id)).Count >= 2, "it is judged");
        await nodes.Quiet();

        var events = await nodes.Xb.Events(said.Thread.Id);
        var refused = Assert.Single(events.OfType<ThreadEvent.MessageRefused>());
        Assert.Equal((13, "stale", true), (refused.Step, refused.Rule, refused.TakesPlace));
        Assert.Single(events.OfType<ThreadEvent.MessageSigned>());
        Assert.Empty(events.OfType<ThreadEvent.MessageAccepted>());
    }

    [Fact]
    public async Task A_message_without_proof_of_logging_is_rejected_and_the_chain_goes_on()
    {
        await using var nodes = await TwoNodes.Start();
        var first = true;
        nodes.ToXb.Passing = bytes =>
        {
            if (!first) return [bytes];
            first = false;
            var envelope = Opened(nodes, bytes);
            return [Seal(nodes, envelope with { Logged = envelope.Logged with { Index = envelope.Logged.Index + 1 } })];
        };
        var one = await nodes.Say();
        await nodes.Receipted(one, "non-delivery");
        var two = await nodes.Xa.Say(one.Thread, TwoNodes.Word(), "XB");
        await nodes.Receipted(two);
        Assert.Equal(17, Assert.Single((await nodes.Xb.Events(one.Thread.Id)).OfType<ThreadEvent.MessageRefused>()).Step);
    }

    [Fact]
    public async Task A_revoked_key_is_rejected_even_for_what_it_says_it_signed_before()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.ToXb.Passing = bytes =>
        {
            nodes.Trust.Change("XA", list => list with { Revoked = [new(nodes.Trust.Keys["XA"].Message.Public.Thumbprint, DateTimeOffset.UtcNow.AddSeconds(-1))] });
            return [bytes];
        };
        var said = await nodes.Say();
        await Eventually.True(async () => (await nodes.Xb.Events(said.Thread.Id)).Count > 0, "it is judged");
        var refused = Assert.Single((await nodes.Xb.Events(said.Thread.Id)).OfType<ThreadEvent.MessageRefused>());
        Assert.Equal((12, "key-revoked", false), (refused.Step, refused.Rule, refused.TakesPlace));
        Assert.Null((await nodes.Xb.History(said.Thread.Id)).Other);
    }

    [Fact]
    public async Task A_third_jurisdiction_cannot_speak_in_a_thread_of_two_others()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);
        var before = (await nodes.Xb.Events(said.Thread.Id)).Count;

        var envelope = Opened(nodes, nodes.ToXb.Seen.First());
        var forged = Resigned(envelope, nodes.Trust.Keys["XC"].Message, payload =>
        {
            payload["iss"] = TestTrust.Entity("XC");
            payload["jti"] = WireId.New(RandomNumberGenerator.Fill);
            payload["seq"] = 2;
            payload["prev"] = said.Digest.ToString();
        });
        await using var link = await Broker.Connect(nodes.Xb.Broker.Admin);
        await using var channel = await link.CreateChannelAsync();
        await channel.BasicPublishAsync("mlat.incoming.xc", "", false, new RabbitMQ.Client.BasicProperties(), Seal(nodes, forged));
        await Eventually.True(async () => await nodes.Xb.Database.Scalar<long>("select count(*) from exchange.quarantine") == 1, "it is set aside");
        Assert.Equal("thread-of-another", await nodes.Xb.Database.Scalar<string>("select reason from exchange.quarantine"));
        Assert.Equal(before, (await nodes.Xb.Events(said.Thread.Id)).Count);
    }

    private static byte[] Again(TwoNodes nodes, byte[] bytes, Action<JsonObject> change) =>
        Seal(nodes, Resigned(Opened(nodes, bytes), nodes.Trust.Keys["XA"].Message, change));

    private static SealedEnvelope Resigned(SealedEnvelope envelope, EcKey signer, Action<JsonObject> change)
    {
        Assert.True(CompactJws.TryRead(envelope.Message, out var jws, out _));
        var payload = JsonNode.Parse(jws.Payload.Span)!.AsObject();
        change(payload);
        return envelope with { Message = CompactJws.Sign(jws.Type, Encoding.UTF8.GetBytes(payload.ToJsonString()), signer) };
    }

    private static SealedEnvelope Opened(TwoNodes nodes, byte[] bytes)
    {
        Assert.True(CompactJwe.TryOpen(
            Encoding.ASCII.GetString(bytes), SealedEnvelope.Type, SealedEnvelope.ContentType, nodes.Trust.Keys["XB"].Encryption, out var plaintext, out _));
        return SealedEnvelope.Read(plaintext, out _).Envelope!;
    }

    private static byte[] Seal(TwoNodes nodes, SealedEnvelope envelope) =>
        Encoding.ASCII.GetBytes(envelope.Seal(nodes.Trust.Keys["XB"].Encryption.Public, RandomNumberGenerator.Fill));
}
