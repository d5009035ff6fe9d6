using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// A compact JWE (RFC 7516) of the profile: header exactly <c>alg</c> ECDH-ES+A256KW, <c>enc</c> A256GCM, <c>kid</c>, <c>epk</c> on P-256, <c>typ</c>,
/// <c>cty</c>. Anything else is refused before a key is touched. A JWE says nothing about its sender: anyone can seal to a public key.
/// </summary>
public sealed class CompactJwe
{
    /// <summary>Largest plaintext in bytes (256 KiB).</summary>
    public const int MaxPlaintext = 256 * 1024;

    /// <summary>Longest text in characters: the header, 40, 12 and 16 bytes, the largest plaintext, four dots.</summary>
    public static readonly int MaxLength = JoseHeader.MaxLength + KeyLength + NonceLength + TagLength + Base64Url.LengthOf(MaxPlaintext) + 4;

    internal static readonly byte[] OtherInfo = ConcatKdf.OtherInfo("ECDH-ES+A256KW", default, default, 256);

    private const int KeyLength = 54;
    private const int NonceLength = 16;
    private const int TagLength = 22;
    private static readonly string[] Members = ["alg", "enc", "kid", "epk", "typ", "cty"];
    private static readonly JoseFault DoesNotOpen = new(4, JoseRule.DoesNotOpen);

    private readonly string text;
    private readonly int[] dots;
    private readonly ECParameters ephemeral;

    private CompactJwe(string text, int[] dots, string keyId, ECParameters ephemeral)
    {
        (this.text, this.dots, KeyId) = (text, dots, keyId);
        this.ephemeral = ephemeral;
    }

    /// <summary>Header <c>kid</c>: the thumbprint of the recipient's key.</summary>
    public string KeyId { get; }

    /// <summary>Seals to one public key. Draws, in this order: the ephemeral private key, the content key (32 bytes), the nonce (12 bytes).</summary>
    /// <exception cref="ArgumentException">A plaintext above 256 KiB, or a type that is no plain token.</exception>
    public static string Seal(ReadOnlySpan<byte> plaintext, EcPublicKey recipient, string type, string contentType, RandomSource random) =>
        JweSealing.Seal(plaintext, recipient, type, contentType, random);

    /// <summary>Reads the form (steps 1 and 2): size, five parts, exact base64url of exact lengths, exact header. No key is touched.</summary>
    public static bool TryRead(
        string text, string type, string contentType, [NotNullWhen(true)] out CompactJwe? jwe, [NotNullWhen(false)] out JoseFault? fault) =>
        TryRead(text, Members, type, contentType, out jwe, out fault);

    /// <summary>Reads and opens with the key it names; step 3 when <paramref name="key"/> is another one.</summary>
    public static bool TryOpen(
        string text, string type, string contentType, EcKey key, [NotNullWhen(true)] out byte[]? plaintext, [NotNullWhen(false)] out JoseFault? fault)
    {
        plaintext = null;
        if (!TryRead(text, type, contentType, out var jwe, out fault))
        {
            return false;
        }
        if (jwe.KeyId != key.Thumbprint)
        {
            fault = new JoseFault(3, JoseRule.KeyId, "/kid");
            return false;
        }
        return jwe.TryOpen(key, out plaintext, out fault);
    }

    /// <summary>Opens (step 4). One fault for every cause; nothing of the plaintext is given out unless all of it is authentic.</summary>
    public bool TryOpen(EcKey key, [NotNullWhen(true)] out byte[]? plaintext, [NotNullWhen(false)] out JoseFault? fault)
    {
        plaintext = null;
        fault = DoesNotOpen;
        using var point = EcPublicKey.TryImportPoint(ephemeral);
        if (point is null || !Base64Url.TryDecode(Part(1), out var wrapped) || !Base64Url.TryDecode(Part(3), out var sealedBytes))
        {
            return false;
        }
        var wrappingKey = key.Agree(point, OtherInfo);
        if (!AesKeyWrap.TryUnwrap(wrappingKey, wrapped, out var contentKey))
        {
            return false;
        }
        Span<byte> nonce = stackalloc byte[12];
        Span<byte> tag = stackalloc byte[16];
        var exact = Base64Url.TryDecode(Part(2), nonce) & Base64Url.TryDecode(Part(4), tag);
        var opened = new byte[sealedBytes.Length];
        try
        {
            using var gcm = new AesGcm(contentKey, tag.Length);
            gcm.Decrypt(nonce, sealedBytes, tag, opened, Encoding.ASCII.GetBytes(text, 0, dots[0]));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrappingKey);
            CryptographicOperations.ZeroMemory(contentKey);
        }
        plaintext = exact ? opened : null;
        fault = exact ? null : DoesNotOpen;
        return exact;
    }

    /// <summary>The same with other members, so that vectors made by others, which carry no <c>kid</c>, <c>typ</c> and <c>cty</c>, pass the same code.</summary>
    internal static bool TryRead(
        string text, ReadOnlySpan<string> members, string type, string contentType, [NotNullWhen(true)] out CompactJwe? jwe,
        [NotNullWhen(false)] out JoseFault? fault)
    {
        jwe = null;
        fault = ReadParts(text, out var dots);
        if (fault is not null)
        {
            return false;
        }
        using var header = JoseHeader.TryRead(text.AsSpan(..dots[0]), members, 2, out var critical, out fault);
        if (header is null)
        {
            fault = (fault ?? new JoseFault(2, JoseRule.HeaderJson)) with { Step = 2 };
            return false;
        }
        var root = header.RootElement;
        var exact = members.Length == Members.Length;
        var ephemeral = P256.ReadJwk(root.GetProperty("epk"u8), withPrivateHalf: false);
        fault = true switch
        {
            _ when critical => new JoseFault(2, JoseRule.Critical, "/crit"),
            _ when !root.GetProperty("alg"u8).ValueEquals("ECDH-ES+A256KW"u8) => new JoseFault(2, JoseRule.Algorithm, "/alg"),
            _ when !root.GetProperty("enc"u8).ValueEquals("A256GCM"u8) => new JoseFault(2, JoseRule.Algorithm, "/enc"),
            _ when ephemeral is null => new JoseFault(2, JoseRule.EphemeralKey, "/epk"),
            _ when exact && !root.GetProperty("typ"u8).ValueEquals(type) => new JoseFault(2, JoseRule.Type, "/typ"),
            _ when exact && !root.GetProperty("cty"u8).ValueEquals(contentType) => new JoseFault(2, JoseRule.Type, "/cty"),
            _ when exact && !Base64Url.IsExact(root.GetProperty("kid"u8).GetString(), Digest.Size) => new JoseFault(2, JoseRule.KeyId, "/kid"),
            _ => null,
        };
        jwe = fault is null ? new CompactJwe(text, dots, exact ? root.GetProperty("kid"u8).GetString()! : "", ephemeral!.Value) : null;
        return jwe is not null;
    }

    private static JoseFault? ReadParts(string text, out int[] dots)
    {
        dots = new int[4];
        if (text.Length > MaxLength)
        {
            return new JoseFault(1, JoseRule.TooLarge);
        }
        for (var (i, from) = (0, 0); i < dots.Length; i++, from = dots[i - 1] + 1)
        {
            dots[i] = text.IndexOf('.', from);
            if (dots[i] < 0)
            {
                return new JoseFault(1, JoseRule.Parts);
            }
        }
        return true switch
        {
            _ when text.AsSpan(dots[3] + 1).Contains('.') => new JoseFault(1, JoseRule.Parts),
            _ when !Base64Url.IsExact(text.AsSpan((dots[0] + 1)..dots[1]), AesKeyWrap.WrappedSize) => new JoseFault(1, JoseRule.Encoding),
            _ when !Base64Url.IsExact(text.AsSpan((dots[1] + 1)..dots[2]), 12) => new JoseFault(1, JoseRule.Encoding),
            _ when !Base64Url.IsExact(text.AsSpan((dots[2] + 1)..dots[3])) => new JoseFault(1, JoseRule.Encoding),
            _ when !Base64Url.IsExact(text.AsSpan(dots[3] + 1), 16) => new JoseFault(1, JoseRule.Encoding),
            _ => null,
        };
    }

    private ReadOnlySpan<char> Part(int index) => text.AsSpan((dots[index - 1] + 1)..(index < dots.Length ? dots[index] : text.Length));
}
