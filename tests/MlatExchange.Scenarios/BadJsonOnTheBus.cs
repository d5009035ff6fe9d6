using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MlatExchange.Node.Access;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using RabbitMQ.Client;

namespace MlatExchange.Scenarios;

/// <summary>
/// The same kinds of JSON on the bus, where nobody is answered: inside the encryption, which anybody can write who knows the recipient's public key, and
/// inside the signature of a counterpart whose node has turned. Each is set aside under the step that failed, and the node goes on.
/// </summary>
[Collection(Scenario.Name)]
public class BadJsonOnTheBus(TwoJurisdictions nodes)
{
    private static readonly Dictionary<string, Func<string, byte[]>> Spoiled = new()
    {
        ["truncated"] = text => Utf8(text[..(text.Length / 2)]),
        ["not UTF-8"] = text => [.. Utf8(text[..^1] + ",\"x\":\""), 0xC3, 0x28, .. "\"}"u8],
        ["member twice"] = text => Utf8("{" + FirstMember(text) + "," + text[1..]),
        ["member twice by an escape"] = text => Utf8("{" + FirstMember(text).Insert(1, "\\u00" + ((int)text[2]).ToString("x2", CultureInfo.InvariantCulture)).Remove(7, 1) + "," + text[1..]),
        ["deep"] = text => Utf8(text[..^1] + ",\"x\":" + string.Concat(Enumerable.Repeat("[", 3000))),
        ["lone surrogate"] = text => Utf8(text[..^1] + ",\"x\":\"\\udead\"}"),
        ["comment"] = text => Utf8(text[..^1] + "/**/}"),
        ["not a number"] = text => Utf8(text[..^1] + ",\"x\":NaN}"),
        ["an array"] = text => Utf8($"[{text}]"),
        ["byte order mark"] = text => [0xEF, 0xBB, 0xBF, .. Utf8(text)],
    };

    public static MatrixTheoryData<string, string> All => new(["envelope", "payload"], [.. Spoiled.Keys]);

    [Theory, MemberData(nameof(All))]
    public async Task It_is_set_aside_under_the_step_that_failed_and_later_messages_flow(string where, string how)
    {
        var (honest, key) = await Captured();
        var bytes = where == "envelope"
            ? Seal(Padded(Spoiled[how](Text(honest.Write()).TrimEnd('}').TrimEnd('"').TrimEnd('0') + "\"}")), key)
            : Seal((honest with { Message = Signed(honest.Message, Spoiled[how](Payload(honest.Message))) }).Write(), key);
        await Inject(bytes);
        var expected = how.StartsWith("member twice", StringComparison.Ordinal) ? 6 : 5;
        Assert.Equal(expected, await StepOf(bytes));
        await WorksOn();
    }

    [Fact]
    public async Task A_huge_number_is_JSON_and_makes_another_message_under_a_known_identifier()
    {
        var (honest, key) = await Captured();
        const string Found = "select count(*) from es.mt_events where type = 'thread.equivocation-found.v1'";
        var before = await nodes.Xb.Count(Found);
        await Inject(Seal((honest with { Message = Signed(honest.Message, Utf8(Payload(honest.Message)[..^1] + ",\"x\":1e999}")) }).Write(), key));
        await Eventually.True(async () => await nodes.Xb.Count(Found) == before + 1, "two messages under one identifier are found");
        await WorksOn();
    }

    [Theory, InlineData(1), InlineData(300 * 1024), InlineData(2 * 1024 * 1024)]
    public async Task Bytes_that_are_no_message_are_set_aside_at_the_first_step(int length)
    {
        var bytes = new byte[length];
        RandomNumberGenerator.Fill(bytes);
        await Inject(bytes);
        Assert.Equal(1, await StepOf(bytes));
        await WorksOn();
    }

    /// <summary>A message of XA for XB, opened with XB's key, and XB's public key.</summary>
    private async Task<(SealedEnvelope Envelope, EcPublicKey Key)> Captured()
    {
        await using var link = await nodes.Broker.Connect("xa");
        await using var channel = await link.CreateChannelAsync();
        var copy = (await channel.QueueDeclareAsync("", exclusive: true, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "classic" })).QueueName;
        await channel.QueueBindAsync(copy, "mlat.incoming.relay", "mlat.outgoing.xb");
        await nodes.AtXa.DraftToSignature(CaseFile.Example());
        BasicGetResult? frame = null;
        await Eventually.True(async () => (frame = await channel.BasicGetAsync(copy, autoAck: true)) is not null, "a message leaves XA");
        var key = NodeKeys.Load(nodes.Xb.Keys).Encryption[0];
        Assert.True(CompactJwe.TryOpen(Text(frame!.Body.Span), SealedEnvelope.Type, SealedEnvelope.ContentType, key, out var plaintext, out _));
        return (SealedEnvelope.Read(plaintext, out _).Envelope!, key.Public);
    }

    private async Task Inject(byte[] bytes)
    {
        await using var link = await nodes.Broker.Connect("xb");
        await using var channel = await link.CreateChannelAsync();
        await channel.BasicPublishAsync("mlat.incoming.xa", "", bytes);
    }

    private async Task<int> StepOf(byte[] bytes)
    {
        IReadOnlyList<int> steps = [];
        await Eventually.True(async () => (steps = await nodes.Xb.Column<int>("select step from exchange.quarantine where digest = $1", SHA256.HashData(bytes))).Count > 0, "it is set aside");
        return Assert.Single(steps);
    }

    private async Task WorksOn()
    {
        Assert.True(await nodes.AtXb.IsReady());
        var (_, thread, signed) = await nodes.AtXa.DraftToSignature(CaseFile.Example());
        signed.Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => await nodes.Xb.Count("select count(*) from es.mt_events where stream_id = $1", $"thread-{thread}") > 0, "later messages flow");
    }

    private string Signed(string like, byte[] payload) => CompactJws.TryRead(like, out var read, out _)
        ? CompactJws.Sign(read.Type, payload, NodeKeys.Load(nodes.Xa.Keys).Message)
        : throw new InvalidOperationException("not a message");

    private static string Payload(string jws) => CompactJws.TryRead(jws, out var read, out _) ? Text(read.Payload.Span) : throw new InvalidOperationException("not a message");

    private static byte[] Seal(byte[] plaintext, EcPublicKey key) =>
        Encoding.ASCII.GetBytes(CompactJwe.Seal(plaintext, key, SealedEnvelope.Type, SealedEnvelope.ContentType, RandomNumberGenerator.Fill));

    /// <summary>To the smallest size that an envelope may have, so that it is not the size that is refused.</summary>
    private static byte[] Padded(byte[] json)
    {
        var padded = new byte[new[] { 4, 16, 64, 256 }.Select(size => size * 1024).First(size => size >= json.Length)];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded.AsSpan(padded.Length - json.Length));
        return padded;
    }

    private static string FirstMember(string text) => text[1..text.IndexOf(',', StringComparison.Ordinal)];

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
