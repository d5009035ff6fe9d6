using System.Security.Cryptography;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Jose;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

public class HostileBytesSpecs
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.={}\"\\\u0000\u00e9\ud800";

    [Fact]
    public void No_mutation_of_the_sealed_text_passes_or_throws()
    {
        var (jwe, trust) = (Request().Seal(), World.Usual.Trust());
        for (var seed = 0; seed < 500; seed++)
        {
            var mutated = Mutated(jwe, seed, Alphabet);
            Assert.True(mutated == jwe || OpenMessage.Run(mutated, World.Opening(trust)) is Opening.Refused, $"seed {seed} passed");
        }
    }

    [Fact]
    public void No_mutation_of_what_was_sealed_throws_and_none_is_accepted_with_another_meaning()
    {
        var trust = World.Usual.Trust();
        var honest = Request().Pack();
        var plaintext = System.Text.Encoding.UTF8.GetString(honest.Write()).AsSpan().TrimEnd("0\"}").ToString();
        for (var seed = 0; seed < 1500; seed++)
        {
            var bytes = Keys.Utf8(Mutated(plaintext, seed, Alphabet[..^1]));
            var (envelope, _) = SealedEnvelope.Read(Padded(bytes), out _);
            if (envelope is null || OpenMessage.Open(envelope, World.Opening(trust)) is not Opening.Opened opened)
                continue;
            if (JudgeMessage.Run(opened.Message, World.Judging(trust)) is Verdict.Accepted accepted)
                Assert.Equal(CompactJws.DigestOf(honest.Message), accepted.Message.Digest);
        }
    }

    [Fact]
    public void Signed_payloads_of_any_form_come_to_a_verdict()
    {
        var trust = World.Usual.Trust();
        var payload = Request();
        var rejected = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var jwe = (payload with { Raw = bytes => Keys.Utf8(Mutated(System.Text.Encoding.UTF8.GetString(bytes), seed, "0123456789\"{}[],:null")) });
            var opening = OpenMessage.Open(Safely(jwe), World.Opening(trust));
            rejected += opening is Opening.Opened opened && JudgeMessage.Run(opened.Message, World.Judging(trust)) is Verdict.Rejected ? 1 : 0;
        }

        Assert.True(rejected > 20, $"only {rejected} of the mutations reached a verdict");
    }

    [Fact]
    public void A_text_above_the_limit_is_refused_before_any_key_is_used_and_without_memory()
    {
        // A20, B1, B2: less than 1 MiB allocated, far less than 5 ms.
        var trust = World.Usual.Trust();
        var facts = World.Opening(trust) with { RecipientKeys = new Dictionary<string, EcKey>() };
        var large = new string('A', CompactJwe.MaxLength + 1);
        var zipped = VectorFile.Load("02-zip").Jwe;
        OpenMessage.Run(zipped, facts);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Step.SizeAndEncoding, Assert.IsType<Opening.Refused>(OpenMessage.Run(large, facts)).Failure.Step);
        Assert.Equal(Step.JweHeader, Assert.IsType<Opening.Refused>(OpenMessage.Run(zipped, facts)).Failure.Step);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
    }

    [Fact]
    public void A_message_above_the_limit_is_refused_before_its_signature_is_checked()
    {
        // A20 inside the envelope: the text is as long as an envelope allows, its header is not one.
        var trust = World.Usual.Trust();
        var envelope = Draft.Ping.Pack() with { Message = new string('A', CompactJws.MaxLength + 1) };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.IsType<Opening.Refused>(OpenMessage.Open(envelope, World.Opening(trust)));
        Assert.Equal(new StepFailure(Step.Shape, "too-large"), refused.Failure);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    private static Draft Request() =>
        new(new MessageBody.Carrier(MessageKind.Request)) { Act = CasesOfGoodMessages.Request, Disclosed = Acts.Request().Disclosures };

    /// <summary>The leaf is made of whatever the payload still says; a payload that is no JSON gets an empty one.</summary>
    private static SealedEnvelope Safely(Draft draft)
    {
        var honest = Draft.Ping.Pack();
        return honest with { Message = draft.Sign(), Acts = [draft.Act!.Jws], Disclosures = draft.Disclosed };
    }

    private static byte[] Padded(byte[] start)
    {
        var bytes = new byte[16 * 1024];
        bytes.AsSpan().Fill((byte)'0');
        start.AsSpan(0, Math.Min(start.Length, bytes.Length - 2)).CopyTo(bytes);
        "\"}"u8.CopyTo(bytes.AsSpan(bytes.Length - 2));
        return bytes;
    }

    /// <summary>One to three places changed, cut or doubled; the seed alone decides.</summary>
    private static string Mutated(string text, int seed, string alphabet)
    {
        var drawn = SHA256.HashData(BitConverter.GetBytes(seed));
        for (var i = 0; i <= seed % 3; i++)
        {
            var at = (int)(BitConverter.ToUInt32(drawn, 4 * i) % (uint)text.Length);
            var with = alphabet[drawn[16 + i] % alphabet.Length];
            text = (drawn[20 + i] % 4) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, with.ToString()),
                2 => text[..at] + (char)(text[at] ^ 1) + text[(at + 1)..],
                _ => text[..at] + with + text[(at + 1)..],
            };
        }

        return text;
    }
}
