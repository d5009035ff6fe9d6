using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// A public key on P-256, checked to lie on the curve when it is made; named by its thumbprint (RFC 7638). What it may be used for is said by
/// the trust list, never by the key. Safe for many threads. Keys are equal when their thumbprints are.
/// </summary>
[JsonConverter(typeof(EcPublicKeyJsonConverter))]
public sealed class EcPublicKey : IEquatable<EcPublicKey>
{
    private readonly KeyPool<ECDsa> verifiers;
    private readonly KeyPool<ECDiffieHellman> agreements;

    private EcPublicKey(ECParameters parameters, ECDiffieHellman first)
    {
        X = Base64Url.Encode(parameters.Q.X);
        Y = Base64Url.Encode(parameters.Q.Y);
        Jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""";
        Thumbprint = Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));
        verifiers = new(() => ECDsa.Create(parameters));
        agreements = new(() => ECDiffieHellman.Create(parameters));
        agreements.Return(first);
    }

    /// <summary>RFC 7638 thumbprint, SHA-256, 43 characters of base64url; the <c>kid</c> of everything made with this key.</summary>
    public string Thumbprint { get; }

    /// <summary>The key as a JWK in canonical form: exactly <c>crv</c>, <c>kty</c>, <c>x</c>, <c>y</c>.</summary>
    public string Jwk { get; }

    internal string X { get; }

    internal string Y { get; }

    /// <summary>
    /// Imports a public JWK of exactly <c>kty</c> EC, <c>crv</c> P-256, <c>x</c> and <c>y</c>. Refused: other members (a private half above all),
    /// other curves, points off the curve or at infinity.
    /// </summary>
    public static bool TryImport(JsonElement jwk, [NotNullWhen(true)] out EcPublicKey? key)
    {
        key = P256.ReadJwk(jwk, withPrivateHalf: false) is { } parameters ? TryMake(parameters) : null;
        return key is not null;
    }

    /// <summary>Imports the text of a public JWK, as above; an ill-formed text is refused too.</summary>
    public static bool TryImport(string jwk, [NotNullWhen(true)] out EcPublicKey? key)
    {
        key = null;
        if (!StrictJson.TryParse(Encoding.UTF8.GetBytes(jwk), out var document, out _))
        {
            return false;
        }
        using (document)
        {
            return TryImport(document.RootElement, out key);
        }
    }

    /// <summary>
    /// Whether the signature (64 bytes: r, s) is an ES256 signature (RFC 7518 section 3.4) of what has this digest. The digest that names a JWS is
    /// the hash that ES256 signs, so the text is hashed once; the JOSE library's verifier would hash it again.
    /// </summary>
    public bool Verify(Digest digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 2 * P256.Size)
        {
            return false;
        }
        Span<byte> hash = stackalloc byte[Digest.Size];
        digest.CopyTo(hash);
        var verifier = verifiers.Rent();
        try
        {
            return verifier.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            verifiers.Return(verifier);
        }
    }

    /// <summary>The agreed key: one block of the Concat KDF over the shared point of this key and a private one.</summary>
    internal byte[] Agree(ECDiffieHellman own, byte[] otherInfo)
    {
        var agreement = agreements.Rent();
        try
        {
            return ConcatKdf.Derive(own, agreement, otherInfo);
        }
        finally
        {
            agreements.Return(agreement);
        }
    }

    internal static EcPublicKey? TryMake(ECParameters parameters)
    {
        parameters.D = null;
        return TryImportPoint(parameters) is { } first ? new EcPublicKey(parameters, first) : null;
    }

    internal static ECDiffieHellman? TryImportPoint(ECParameters parameters)
    {
        try
        {
            return ECDiffieHellman.Create(parameters); // refuses points off the curve
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(EcPublicKey? other) => other is not null && other.Thumbprint == Thumbprint;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EcPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Thumbprint.GetHashCode(StringComparison.Ordinal);

    /// <summary>The thumbprint.</summary>
    public override string ToString() => Thumbprint;
}
