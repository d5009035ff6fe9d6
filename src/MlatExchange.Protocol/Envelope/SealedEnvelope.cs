using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Envelope;

/// <summary>
/// What one message travels in: the plaintext of the JWE that the bus carries. The envelope itself is not signed; each part is bound by a signature inside the
/// message (acts and shares by digest, disclosures by their digests, the proof by the message's own digest), so a part that was changed does not pass.
/// </summary>
/// <param name="Message">The message's compact JWS, character for character.</param>
/// <param name="Acts">Compact JWSs of the acts that the message names, in its order.</param>
/// <param name="Shares">Compact JWEs of shares: JWE(A) beside an offer, JWE(B) beside a key release.</param>
/// <param name="Disclosures">Values shown to this recipient (RFC 9901).</param>
/// <param name="Logged">Proof that the message is in the sender's log.</param>
public sealed record SealedEnvelope(
    string Message, IReadOnlyList<string> Acts, IReadOnlyList<string> Shares, IReadOnlyList<string> Disclosures, LoggedProof Logged)
{
    /// <summary>The JWE header's <c>typ</c>.</summary>
    public const string Type = "mlat-sealed";

    /// <summary>The JWE header's <c>cty</c>.</summary>
    public const string ContentType = "mlat-envelope+json";

    /// <summary>Version of the set of algorithms.</summary>
    public const int Suite = 1;

    private static readonly int[] Sizes = [4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    private static readonly Struct Form = new(
        Must("message", new Carried(CompactJws.MaxLength)),
        Must("acts", new List(new Carried(CompactJws.MaxLength), 0, 1)),
        Must("shares", new List(new Carried(4096), 0, 100)),
        Must("disclosures", new List(new Carried(16 * 1024), 0, 512)),
        Must("logged", LoggedProof.Shape),
        Must("suite", new Whole(Suite, Suite)),
        Must("pad", new Token("zeros", "^0*$", text => !text.AsSpan().ContainsAnyExcept('0'))));

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether parts of these lengths fit into the largest envelope beside a proof of usual size (8 KiB). Asked before anything is signed.</summary>
    public static bool Fits(int messageLength, IEnumerable<int> partLengths) => messageLength + partLengths.Sum(length => length + 3) + (9 * 1024) <= Sizes[^1];

    /// <summary>The plaintext, padded to 4, 16, 64 or 256 KiB so that its size says little. Signed texts are copied once, never made again.</summary>
    /// <exception cref="InvalidOperationException">Above 256 KiB; <see cref="Fits"/> says so before.</exception>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(Message.Length + 4096);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("message", Message);
            WriteList(writer, "acts", Acts);
            WriteList(writer, "shares", Shares);
            WriteList(writer, "disclosures", Disclosures);
            writer.WritePropertyName("logged");
            JsonSerializer.Serialize(writer, Logged, PayloadJson.Bodies);
            writer.WriteNumber("suite", Suite);
            writer.Flush();
        }

        ReadOnlySpan<byte> before = ",\"pad\":\""u8, after = "\"}"u8;
        var needed = buffer.WrittenCount + before.Length + after.Length;
        var size = Array.Find(Sizes, candidate => candidate >= needed);
        if (size == 0)
            throw new InvalidOperationException("the envelope is above 256 KiB");
        var plaintext = new byte[size];
        buffer.WrittenSpan.CopyTo(plaintext);
        before.CopyTo(plaintext.AsSpan(buffer.WrittenCount));
        plaintext.AsSpan(buffer.WrittenCount + before.Length).Fill((byte)'0');
        after.CopyTo(plaintext.AsSpan(size - after.Length));
        return plaintext;
    }

    /// <summary>Pads and encrypts to the recipient's newest encryption key; called at publish time, so that a resend uses the key of that day.</summary>
    public string Seal(EcPublicKey recipient, RandomSource random) => CompactJwe.Seal(Write(), recipient, Type, ContentType, random);

    /// <summary>Reads a decrypted plaintext: exact size, strict JSON, exact members.</summary>
    /// <param name="plaintext">The decrypted bytes.</param>
    /// <param name="duplicate">Whether the fault is a member twice, which is a verification step of its own.</param>
    /// <returns>The envelope, or the first fault.</returns>
    public static (SealedEnvelope? Envelope, Fault? Fault) Read(ReadOnlyMemory<byte> plaintext, out bool duplicate)
    {
        duplicate = false;
        if (Array.IndexOf(Sizes, plaintext.Length) < 0)
            return (null, new Fault("", "envelope-size", "4, 16, 64 or 256 KiB"));
        if (!StrictJson.TryParse(plaintext, out var document, out var broken))
        {
            duplicate = broken.Rule == JsonRule.DuplicateMember;
            return (null, new Fault(broken.JsonPointer, "envelope-json", broken.Rule.ToString()));
        }

        using (document)
        {
            var root = document.RootElement;
            if (Form.Check(root) is [var first, ..])
                return (null, first);
            return (new SealedEnvelope(
                root.GetProperty("message").GetString()!,
                Texts(root.GetProperty("acts")),
                Texts(root.GetProperty("shares")),
                Texts(root.GetProperty("disclosures")),
                PayloadJson.Read<LoggedProof>(root.GetProperty("logged"))), null);
        }
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
