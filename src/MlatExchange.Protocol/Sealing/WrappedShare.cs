using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// The two JWEs that shares travel in, in the profile of envelopes with a <c>cty</c> of their own, so that neither passes for the other
/// or for a message. JWE(A) goes to the evidence key that the request names, JWE(B) to the transfer key that the acceptance names.
/// </summary>
public static class WrappedShare
{
    /// <summary>Header <c>typ</c> of both.</summary>
    public const string Type = "mlat-sealed";

    /// <summary>Header <c>cty</c> of JWE(A).</summary>
    public const string ContentTypeA = "mlat-share-a+json";

    /// <summary>Header <c>cty</c> of JWE(B).</summary>
    public const string ContentTypeB = "mlat-share-b+json";

    /// <summary>JWE(A): share A and the key of the content commitment, to the evidence key.</summary>
    public static string WrapA(ReadOnlySpan<byte> shareA, ReadOnlySpan<byte> commitmentKey, EcPublicKey evidenceKey, RandomSource random) =>
        Wrap(new PlainA(Exactly(shareA), Exactly(commitmentKey)), evidenceKey, ContentTypeA, random);

    /// <summary>JWE(B): share B, to the transfer key; what the supplier's node sends as <c>key-release</c>.</summary>
    public static string WrapB(ReadOnlySpan<byte> shareB, EcPublicKey transferKey, RandomSource random) =>
        Wrap(new PlainB(Exactly(shareB)), transferKey, ContentTypeB, random);

    /// <summary>Opens JWE(A); false and the step that failed when it is not for this key, not of the profile, or holds anything else.</summary>
    public static bool TryOpenA(
        string jwe, EcKey evidenceKey, [NotNullWhen(true)] out byte[]? shareA, [NotNullWhen(true)] out byte[]? commitmentKey, [NotNullWhen(false)] out JoseFault? fault)
    {
        (shareA, commitmentKey) = (null, null);
        if (!TryOpen<PlainA>(jwe, evidenceKey, ContentTypeA, out var plain, out fault))
        {
            return false;
        }
        if (Base64Url.IsExact(plain.A, ItemShares.Length) && Base64Url.IsExact(plain.CommitmentKey, ItemSealing.CommitmentKeyLength)
            && Base64Url.TryDecode(plain.A, out shareA) && Base64Url.TryDecode(plain.CommitmentKey, out commitmentKey))
        {
            return true;
        }
        fault = NotAShare;
        return false;
    }

    /// <summary>Opens JWE(B), the same way.</summary>
    public static bool TryOpenB(string jwe, EcKey transferKey, [NotNullWhen(true)] out byte[]? shareB, [NotNullWhen(false)] out JoseFault? fault)
    {
        shareB = null;
        if (!TryOpen<PlainB>(jwe, transferKey, ContentTypeB, out var plain, out fault))
        {
            return false;
        }
        if (Base64Url.IsExact(plain.B, ItemShares.Length) && Base64Url.TryDecode(plain.B, out shareB))
        {
            return true;
        }
        fault = NotAShare;
        return false;
    }

    /// <summary>What an offer and a release name a JWE by: SHA-256 over its characters.</summary>
    public static Digest DigestOf(string jwe) => Digest.Of(System.Text.Encoding.ASCII.GetBytes(jwe));

    private static JoseFault NotAShare => new(5, JoseRule.DoesNotOpen);

    private static string Wrap<T>(T plain, EcPublicKey recipient, string contentType, RandomSource random)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(plain, StrictJson.Options);
        try
        {
            return CompactJwe.Seal(bytes, recipient, Type, contentType, random);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool TryOpen<T>(string jwe, EcKey key, string contentType, [NotNullWhen(true)] out T? plain, [NotNullWhen(false)] out JoseFault? fault)
        where T : class
    {
        plain = null;
        if (!CompactJwe.TryOpen(jwe, Type, contentType, key, out var bytes, out fault))
        {
            return false;
        }
        fault = StrictJson.TryRead(bytes, out plain, out _) ? null : NotAShare;
        CryptographicOperations.ZeroMemory(bytes);
        return fault is null;
    }

    private static string Exactly(ReadOnlySpan<byte> share) =>
        share.Length == ItemShares.Length ? Base64Url.Encode(share) : throw new ArgumentException($"a share has {ItemShares.Length} bytes", nameof(share));

    private sealed record PlainA(string A, string CommitmentKey);

    private sealed record PlainB(string B);
}
