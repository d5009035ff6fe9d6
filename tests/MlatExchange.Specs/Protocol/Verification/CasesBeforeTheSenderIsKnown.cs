using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>One message per way to fail steps 1 to 10; each fails nowhere else.</summary>
internal static class CasesBeforeTheSenderIsKnown
{
    private static readonly Draft Ping = Draft.Ping;

    public static IEnumerable<Case> All =>
    [
        Of("01-padding", "One part of the JWE ends in padding.", Ping with { Jwe = jwe => jwe + "=" }, 1, "encoding"),
        Of("01-parts", "A sixth part follows.", Ping with { Jwe = jwe => jwe + ".AAAA" }, 1, "parts"),
        Of("02-alg-rsa15", "alg is RSA1_5: refused before any key is touched (B1).", Ping with { Jwe = Header("alg", "RSA1_5") }, 2, "algorithm", "/alg"),
        Of("02-alg-dir", "alg is dir (B1).", Ping with { Jwe = Header("alg", "dir") }, 2, "algorithm", "/alg"),
        Of("02-zip", "zip is present: no decompression ever runs (B2).", Ping with { Jwe = Header("zip", "DEF") }, 2, "header-members", "/zip"),
        Of("02-typ", "typ is that of another format.", Ping with { Jwe = Header("typ", "JOSE") }, 2, "type", "/typ"),
        Of("03-recipient", "Sealed to a key that this node does not have.", Ping with { Jwe = ToStranger }, 3, "unknown-key", "/kid"),
        Of("04-tag", "One bit of the authentication tag differs.", Ping with { Jwe = FlipTag }, 4, "does-not-open"),
        Of("05-unsigned", "The message is a bare payload without signature (B3).", Ping with { Envelope = Unsigned }, 5, "parts"),
        Of("05-alg-none", "The JWS says alg none and has no signature (A1).", Ping with { Jws = AlgNone }, 5, "algorithm", "/alg"),
        Of("05-act-as-message", "An act stands where the message belongs (A16).", Ping with { Type = "mlat-act-request+jwt" }, 5, "type", "/typ"),
        Of("05-access-token", "An access token stands where the message belongs (A16).", Ping with { Type = "at+jwt" }, 5, "type", "/typ"),
        Of("05-b64", "The header has a member of another extension.", Ping with { Jws = Unencoded }, 5, "header-members", "/b64"),
        Of("05-size", "The plaintext is not padded to 4, 16, 64 or 256 KiB.", Ping with { Plaintext = bytes => bytes[..^2] is var cut ? [.. cut[..^6], .. "\"}"u8] : bytes }, 5, "envelope-size"),
        Of("05-depth", "A member of the payload holds 33 arrays inside each other (A20).", Ping with { Raw = Deep }, 5, "too-deep", Deepest),
        Of("05-trailing", "A line end follows the payload's last brace.", Ping with { Raw = bytes => [.. bytes, (byte)'\n'] }, 5, "trailing-bytes"),
        Of("06-iss-twice", "iss stands twice in the payload (A9).", Ping with { Raw = Twice("iss") }, 6, "duplicate-member", "/iss"),
        Of("06-aud-twice", "aud stands twice in the payload (A9).", Ping with { Raw = Twice("aud") }, 6, "duplicate-member", "/aud"),
        Of("06-jti-twice", "jti stands twice in the payload (A9).", Ping with { Raw = Twice("jti") }, 6, "duplicate-member", "/jti"),
        Of("06-envelope", "message stands twice in the envelope.", Ping with { Plaintext = MessageTwice }, 6, "envelope-json", "/message"),
        Of("07-crit", "crit names an extension; all else holds (A3).", Ping with { Jws = Critical }, 7, "critical", "/crit"),
        Of("08-stranger", "Signed by a key that no list states.", Ping with { Signer = World.Key("stranger") }, 8, "unknown-key", "/kid"),
        Of("08-other-use", "Signed by the sender's token key: a key has one use.", Ping with { Signer = World.Key("xa/token") }, 8, "unknown-key", "/kid"),
        Of("08-other-issuer", "Signed by XA's key in the name of XB.", Ping with { Payload = p => p["iss"] = World.XbNode }, 8, "unknown-key", "/kid"),
        Of("09-signature", "The payload was replaced after signing.", Ping with { Jws = OtherPayload }, 9, "signature"),
        Of("10-aud", "Meant for another jurisdiction (A17).", Ping with { Payload = p => p["aud"] = "https://node.xc.example" }, 10, "audience", "/aud"),
        Of("10-aud-array", "aud is an array that includes this node (A17).", Ping with { Payload = p => p["aud"] = new JsonArray(World.XbNode, "https://node.xc.example") }, 10, "audience", "/aud"),
        Of("10-counterpart", "Came in through the queue of XC though XA signed it (C12).", Ping, 10, "issuer", "/iss") with { Counterpart = "XC" },
    ];

    private static Case Of(string name, string about, Draft draft, int step, string rule, string pointer = "") =>
        new(name, about, draft, Expected.Quarantined(step, rule, pointer));

    private static readonly string Deepest = "/deep" + string.Concat(Enumerable.Repeat("/0", 31));

    private static Func<string, string> Header(string member, string value) => jwe =>
    {
        var parts = jwe.Split('.');
        Assert.True(Base64Url.TryDecode(parts[0], out var bytes));
        var header = JsonNode.Parse(bytes)!.AsObject();
        header[member] = value;
        parts[0] = Keys.Part(header.ToJsonString());
        return string.Join('.', parts);
    };

    private static string ToStranger(string jwe) =>
        CompactJwe.Seal(new byte[4096], World.Key("stranger/encryption").Public, SealedEnvelope.Type, SealedEnvelope.ContentType, Keys.Drawn("seal"));

    private static string FlipTag(string jwe)
    {
        var at = jwe.LastIndexOf('.') + 1;
        return jwe[..at] + (jwe[at] == 'A' ? 'B' : 'A') + jwe[(at + 1)..];
    }

    private static SealedEnvelope Unsigned(SealedEnvelope envelope) =>
        envelope with { Message = Encoding.UTF8.GetString(Base64Url.TryDecode(envelope.Message.Split('.')[1], out var payload) ? payload : []) };

    private static string AlgNone(string jws)
    {
        var parts = jws.Split('.');
        return Keys.Part($$"""{"alg":"none","typ":"mlat-msg-ping+jwt","kid":"{{World.Key("xa/message").Thumbprint}}"}""") + "." + parts[1] + ".";
    }

    private static byte[] Deep(byte[] payload) =>
        [.. payload[..^1], .. Keys.Utf8(",\"deep\":" + new string('[', 33) + new string(']', 33) + "}")];

    private static Func<byte[], byte[]> Twice(string member) => bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        var from = text.IndexOf($"\"{member}\":", StringComparison.Ordinal);
        var copy = text[from..(text.IndexOf(',', from) + 1)];
        return Keys.Utf8(text.Insert(from, copy));
    };

    private static byte[] MessageTwice(byte[] plaintext)
    {
        var text = Encoding.UTF8.GetString(plaintext);
        const string Again = "\"message\":\"x\",";
        return Keys.Utf8(text[..1] + Again + text[1..^(Again.Length + 2)] + "\"}");
    }

    private static string Critical(string jws) => WithHeaderMember(jws, "\"crit\":[\"exp\"]");

    private static string Unencoded(string jws) => WithHeaderMember(jws, "\"b64\":true");

    private static string WithHeaderMember(string jws, string member) => Keys.SignedWithHeader(
        $$"""{"alg":"ES256","typ":"mlat-msg-ping+jwt","kid":"{{World.Key("xa/message").Thumbprint}}",{{member}}}""",
        Encoding.UTF8.GetString(Base64Url.TryDecode(jws.Split('.')[1], out var payload) ? payload : []),
        World.Key("xa/message"));

    private static string OtherPayload(string jws)
    {
        var parts = jws.Split('.');
        return parts[0] + "." + (Draft.Ping with { Jti = Messages.Acts.Id("another") }).Sign().Split('.')[1] + "." + parts[2];
    }
}
