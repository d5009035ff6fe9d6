using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace MlatExchange.Protocol.Jose;

/// <summary>A private key on P-256, for signing (ES256) or for key agreement; never both with the same key. Safe for many threads; dispose to wipe it.</summary>
public sealed class EcKey : IDisposable
{
    private readonly ECParameters parameters;
    private readonly KeyPool<Signer> signers;
    private readonly KeyPool<ECDiffieHellman> agreements;

    private EcKey(ECParameters parameters, EcPublicKey publicKey)
    {
        this.parameters = parameters;
        Public = publicKey;
        signers = new(() => new Signer(parameters));
        agreements = new(() => ECDiffieHellman.Create(parameters));
    }

    /// <summary>The public half.</summary>
    public EcPublicKey Public { get; }

    /// <summary>RFC 7638 thumbprint of the public half.</summary>
    public string Thumbprint => Public.Thumbprint;

    /// <summary>The public half as a JWK.</summary>
    public string PublicJwk => Public.Jwk;

    /// <summary>A new key drawn from the source: the same bytes give the same key.</summary>
    public static EcKey Generate(RandomSource random)
    {
        var d = P256.DrawScalar(random);
        using var made = ECDiffieHellman.Create(new ECParameters { Curve = P256.Curve, D = d });
        return Make(made.ExportParameters(includePrivateParameters: true))!;
    }

    /// <summary>Imports a private JWK of exactly <c>kty</c>, <c>crv</c>, <c>x</c>, <c>y</c>, <c>d</c>; refused when the halves do not belong together.</summary>
    public static bool TryImport(string privateJwk, [NotNullWhen(true)] out EcKey? key)
    {
        key = null;
        if (!StrictJson.TryParse(Encoding.UTF8.GetBytes(privateJwk), out var document, out _))
        {
            return false;
        }
        using (document)
        {
            key = P256.ReadJwk(document.RootElement, withPrivateHalf: true) is { } parameters ? Make(parameters) : null;
            return key is not null;
        }
    }

    /// <summary>The private JWK, for a key file and nothing else.</summary>
    public string ExportPrivateJwk() =>
        $$"""{"kty":"EC","crv":"P-256","x":"{{Public.X}}","y":"{{Public.Y}}","d":"{{Base64Url.Encode(parameters.D)}}"}""";

    /// <inheritdoc/>
    public void Dispose()
    {
        signers.Close();
        agreements.Close();
        CryptographicOperations.ZeroMemory(parameters.D);
    }

    internal void Sign(ReadOnlySpan<byte> signingInput, Span<byte> signature)
    {
        var signer = signers.Rent();
        try
        {
            signer.Sign(signingInput, signature);
        }
        finally
        {
            signers.Return(signer);
        }
    }

    internal byte[] Agree(ECDiffieHellman other, byte[] otherInfo)
    {
        var agreement = agreements.Rent();
        try
        {
            return ConcatKdf.Derive(agreement, other, otherInfo);
        }
        finally
        {
            agreements.Return(agreement);
        }
    }

    private static EcKey? Make(ECParameters parameters)
    {
        try
        {
            using var halvesBelongTogether = ECDsa.Create(parameters);
            return EcPublicKey.TryMake(parameters) is { } publicKey ? new EcKey(parameters, publicKey) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The ES256 signer of the JOSE library over a key object of its own.</summary>
    private sealed class Signer : IDisposable
    {
        private readonly ECDsa key;
        private readonly AsymmetricSignatureProvider es256;

        public Signer(ECParameters parameters)
        {
            key = ECDsa.Create(parameters);
            es256 = new AsymmetricSignatureProvider(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256, willCreateSignatures: true);
        }

        public void Sign(ReadOnlySpan<byte> signingInput, Span<byte> signature)
        {
            if (!es256.Sign(signingInput, signature, out var written) || written != signature.Length)
            {
                throw new CryptographicException("The signature does not have 64 bytes.");
            }
        }

        public void Dispose()
        {
            es256.Dispose();
            key.Dispose();
        }
    }
}
