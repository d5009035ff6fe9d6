using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// A compact JWS (RFC 7515) of the profile: header exactly <c>alg</c> ES256, <c>typ</c>, <c>kid</c> (a thumbprint). Reading it proves nothing about who
/// signed it: that is <see cref="IsSignedBy"/>, with the key the trust list names for (issuer, <see cref="KeyId"/>, use), and no other key is ever tried.
/// </summary>
public sealed class CompactJws
{
    /// <summary>Longest text in characters (256 KiB).</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Characters of a signature.</summary>
    internal const int SignatureLength = 86;

    private const int Step = 5;
    private static readonly string[] Members = ["alg", "typ", "kid"];
    private readonly byte[] signature;

    private CompactJws(string text, string type, string keyId, byte[] payload, Digest digest, byte[] signature)
    {
        (Text, Type, KeyId, Payload, Digest) = (text, type, keyId, payload, digest);
        this.signature = signature;
    }

    /// <summary>The text as it came; keep this, never a text made again.</summary>
    public string Text { get; }

    /// <summary>Header <c>typ</c>.</summary>
    public string Type { get; }

    /// <summary>Header <c>kid</c>.</summary>
    public string KeyId { get; }

    /// <summary>The payload bytes, not parsed, not yet to be believed.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>SHA-256 over the signing input, <c>header.payload</c>: the name of this JWS everywhere. Another signature over the same input has the same name.</summary>
    public Digest Digest { get; }

    /// <summary>Signs; the header is exactly <c>alg</c>, <c>typ</c>, <c>kid</c>, in that order.</summary>
    /// <exception cref="ArgumentException">A <paramref name="type"/> that is no plain token, or a payload that makes the text too long.</exception>
    public static string Sign(string type, ReadOnlySpan<byte> payloadUtf8, EcKey key) => JwsSigning.Sign(type, payloadUtf8, key);

    /// <summary>The digest of a JWS text: SHA-256 over all before the last dot. Checks nothing else.</summary>
    public static Digest DigestOf(string text) => Digest.Of(Encoding.UTF8.GetBytes(text, 0, Math.Max(0, text.LastIndexOf('.'))));

    /// <summary>Reads the form: parts, exact base64url, exact header. The payload is decoded and not looked into.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out CompactJws? jws, [NotNullWhen(false)] out JoseFault? fault) =>
        TryRead(text, Members, out jws, out fault);

    /// <summary>Reads the form and refuses any other <c>typ</c> than this one.</summary>
    public static bool TryRead(string text, string type, [NotNullWhen(true)] out CompactJws? jws, [NotNullWhen(false)] out JoseFault? fault)
    {
        if (TryRead(text, Members, out jws, out fault) && jws.Type != type)
        {
            fault = new JoseFault(Step, JoseRule.Type, "/typ");
            jws = null;
        }
        return jws is not null;
    }

    /// <summary>Whether this key signed it.</summary>
    public bool IsSignedBy(EcPublicKey key) => key.Verify(Digest, signature);

    /// <summary>The same with other members, so that vectors made by others, which carry no <c>typ</c> and free <c>kid</c>s, pass the same code.</summary>
    internal static bool TryRead(
        string text, ReadOnlySpan<string> members, [NotNullWhen(true)] out CompactJws? jws, [NotNullWhen(false)] out JoseFault? fault)
    {
        jws = null;
        if (text.Length > MaxLength)
        {
            fault = new JoseFault(Step, JoseRule.TooLarge);
            return false;
        }
        var headerEnd = text.IndexOf('.', StringComparison.Ordinal);
        var end = text.LastIndexOf('.');
        if (headerEnd < 0 || end == headerEnd || text.AsSpan((headerEnd + 1)..end).Contains('.'))
        {
            fault = new JoseFault(Step, JoseRule.Parts);
            return false;
        }
        using var header = JoseHeader.TryRead(text.AsSpan(..headerEnd), members, Step, out var critical, out fault);
        if (header is null)
        {
            fault ??= new JoseFault(Step, JoseRule.HeaderJson);
            return false;
        }
        var exact = members.Length == Members.Length;
        var type = exact ? header.RootElement.GetProperty("typ"u8).GetString()! : "";
        var keyId = header.RootElement.GetProperty("kid"u8).GetString()!;
        var signature = new byte[2 * P256.Size];
        fault = true switch
        {
            _ when !header.RootElement.GetProperty("alg"u8).ValueEquals("ES256"u8) => new JoseFault(Step, JoseRule.Algorithm, "/alg"),
            _ when exact && !JoseHeader.IsToken(type) => new JoseFault(Step, JoseRule.Type, "/typ"),
            _ when exact && !Base64Url.IsExact(keyId, Digest.Size) => new JoseFault(Step, JoseRule.KeyId, "/kid"),
            _ when !Base64Url.TryDecode(text.AsSpan((end + 1)..), signature) => new JoseFault(Step, JoseRule.Encoding),
            _ => null,
        };
        if (fault is not null)
        {
            return false;
        }
        if (!Base64Url.TryDecode(text.AsSpan((headerEnd + 1)..end), out var payload))
        {
            fault = new JoseFault(Step, JoseRule.Encoding);
            return false;
        }
        if (critical)
        {
            fault = new JoseFault(7, JoseRule.Critical, "/crit");
            return false;
        }
        jws = new CompactJws(text, type, keyId, payload, JwsSigning.DigestOfAscii(text.AsSpan(..end)), signature);
        return true;
    }
}
