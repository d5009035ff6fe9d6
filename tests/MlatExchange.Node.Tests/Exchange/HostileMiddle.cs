using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>What a broker, a link or another jurisdiction can do to messages, and what comes of it.</summary>
public sealed class HostileMiddle
{
    [Fact]
    public async Task A_message_delivered_ten_times_has_one_effect_and_identical_receipts()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.ToXb.Passing = bytes => Enumerable.Repeat(bytes, 10);
        var said = await nodes.Say();
        await nodes.Receipted(said);
        await nodes.Quiet();

        var events = await nodes.Xb.Events(said.Thread.Id);
        Assert.Single(events.OfType<ThreadEvent.MessageAccepted>());
        Assert.Single(events.OfType<ThreadEvent.MessageSigned>());
        Assert.Single((await nodes.Xa.Events(said.Thread.Id)).OfType<ThreadEvent.MessageAccepted>());
        Assert.Single(nodes.ToXa.Seen.Select(sealedReceipt => Opened(nodes.Trust.Keys["XA"].Encryption, sealedReceipt).Message).Distinct());
    }

    [Fact]
    public async Task A_replay_is_answered_with_the_first_receipt_byte_for_byte()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);
        await nodes.Quiet();
        await nodes.Xb.Stop(); // after a restart too
        await nodes.Xb.Start();
        var first = nodes.ToXa.Seen.Count;

        Assert.True(nodes.ToXb.Seen.TryPeek(out var captured));
        await nodes.ToXb.Inject(captured);
        await Eventually.True(() => nodes.ToXa.Seen.Count > first, "an answer comes");

        var answers = nodes.ToXa.Seen.Select(bytes => Opened(nodes.Trust.Keys["XA"].Encryption, bytes).Message).ToArray();
        Assert.Single(answers.Distinct());
        Assert.Equal(nodes.ToXa.Seen.Count, nodes.ToXa.Seen.Select(Convert.ToBase64String).Distinct().Count()); // the same signed text, sealed anew
        await nodes.Quiet();
        Assert.Equal(2, (await nodes.Xb.Events(said.Thread.Id)).Count);
    }

    [Theory]
    [InlineData("cut", 1)]
    [InlineData("other-recipient", 3)]
    [InlineData("bit", 4)]
    [InlineData("garbage", 5)]
    [InlineData("unknown-key", 8)]
    [InlineData("signature", 9)]
    [InlineData("audience", 10)]
    public async Task What_is_tampered_with_is_quarantined_with_the_step_that_failed(string how, int step)
    {
        await using var nodes = await TwoNodes.Start();
        var keys = nodes.Trust.Keys;
        nodes.ToXb.Passing = bytes => [Spoil(how, bytes, keys)];
        await nodes.Say();
        await Eventually.True(async () => await nodes.Xb.Database.Scalar<long>("select count(*) from exchange.quarantine") == 1, "it is set aside");

        Assert.Equal(step, await nodes.Xb.Database.Scalar<int>("select step from exchange.quarantine"));
        Assert.True(await nodes.Xb.Database.Scalar<bool>("select body is not null from exchange.quarantine"));
        Assert.Equal(0L, await nodes.Xb.Database.Scalar<long>("select count(*) from es.mt_events where type like 'thread.%'"));
        await nodes.Quiet();
        Assert.Empty(nodes.ToXa.Seen);
        Assert.Contains(nodes.Xb.Logs.Lines, line => line.Event == 4101 && line.Line.Contains($"step {step} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_comes_through_another_counterparts_queue_is_refused()
    {
        await using var nodes = await TwoNodes.Start();
        nodes.ToXb.Passing = _ => [];
        await nodes.Say();
        await Eventually.True(() => nodes.ToXb.Seen.Count == 1, "it leaves");
        await using var link = await Broker.Connect(nodes.Xb.Broker.Admin);
        await using var channel = await link.CreateChannelAsync();
        await channel.BasicPublishAsync("mlat.incoming.xc", "", false, new RabbitMQ.Client.BasicProperties(), nodes.ToXb.Seen.First());
        await Eventually.True(async () => await nodes.Xb.Database.Scalar<long>("select count(*) from exchange.quarantine") == 1, "it is set aside");
        Assert.Equal("10 XC issuer", await nodes.Xb.Database.Scalar<string>("select step || ' ' || counterpart || ' ' || reason from exchange.quarantine"));
    }

    [Fact]
    public async Task Something_larger_than_any_message_leaves_its_digest_and_no_more()
    {
        await using var nodes = await TwoNodes.Start();
        await nodes.ToXb.Inject(new byte[SealedMessage.MaxBytes + 1]);
        await Eventually.True(async () => await nodes.Xb.Database.Scalar<long>("select count(*) from exchange.quarantine where step = 1 and body is null") == 1, "it is noted");
        var said = await nodes.Say(); // later messages flow
        await nodes.Receipted(said);
    }

    [Fact]
    public async Task A_suspended_counterpart_gets_nothing_until_it_is_admitted_again()
    {
        await using var nodes = await TwoNodes.Start();
        var suspension = new TrustListSuspension(TestTrust.Entity("XB"), SuspensionReason.Compromise, DateTimeOffset.UtcNow.AddSeconds(-1));
        nodes.Trust.Change("XB", list => list with { Suspensions = [suspension] });
        var said = await nodes.Say();
        await Eventually.True(async () => await nodes.Xa.Reader.Leaf(said.EventId) is not null, "it is in the log");
        await Task.Delay(1500); // nothing to wait for: it must not leave
        Assert.Empty(nodes.ToXb.Seen);
        nodes.Trust.Change("XB", list => list with { Suspensions = [] });
        await nodes.Receipted(said);
    }

    private static SealedEnvelope Opened(EcKey key, byte[] bytes)
    {
        Assert.True(CompactJwe.TryOpen(Encoding.ASCII.GetString(bytes), SealedEnvelope.Type, SealedEnvelope.ContentType, key, out var plaintext, out _));
        return SealedEnvelope.Read(plaintext, out _).Envelope!;
    }

    private static byte[] Spoil(string how, byte[] bytes, Dictionary<string, TestKeys> keys) => how switch
    {
        "cut" => bytes[..^1],
        "bit" => Flip(bytes),
        "other-recipient" => Seal(Opened(keys["XB"].Encryption, bytes), keys["XC"].Encryption),
        "garbage" => Encoding.ASCII.GetBytes(CompactJwe.Seal(new byte[4096], keys["XB"].Encryption.Public, SealedEnvelope.Type, SealedEnvelope.ContentType, RandomNumberGenerator.Fill)),
        "unknown-key" => Resign(Opened(keys["XB"].Encryption, bytes), keys["XB"].Encryption, EcKey.Generate(RandomNumberGenerator.Fill), _ => { }),
        "signature" => Seal(OtherSignature(Opened(keys["XB"].Encryption, bytes)), keys["XB"].Encryption),
        "audience" => Resign(Opened(keys["XB"].Encryption, bytes), keys["XB"].Encryption, keys["XA"].Message, payload => payload["aud"] = TestTrust.Entity("XC")),
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    private static byte[] Flip(byte[] bytes)
    {
        var spoiled = (byte[])bytes.Clone();
        var at = spoiled.Length / 2;
        spoiled[at] = spoiled[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        return spoiled;
    }

    private static SealedEnvelope OtherSignature(SealedEnvelope envelope)
    {
        var at = envelope.Message.LastIndexOf('.') + 10;
        var other = envelope.Message[at] == 'A' ? 'B' : 'A';
        return envelope with { Message = envelope.Message[..at] + other + envelope.Message[(at + 1)..] };
    }

    private static byte[] Resign(SealedEnvelope envelope, EcKey recipient, EcKey signer, Action<JsonObject> change)
    {
        Assert.True(CompactJws.TryRead(envelope.Message, out var jws, out _));
        var payload = JsonNode.Parse(jws.Payload.Span)!.AsObject();
        change(payload);
        return Seal(envelope with { Message = CompactJws.Sign(jws.Type, Encoding.UTF8.GetBytes(payload.ToJsonString()), signer) }, recipient);
    }

    private static byte[] Seal(SealedEnvelope envelope, EcKey recipient) => Encoding.ASCII.GetBytes(envelope.Seal(recipient.Public, RandomNumberGenerator.Fill));
}
