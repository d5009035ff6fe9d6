using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

/// <summary>The JOSE library reads what we sign, and we read what it signs.</summary>
public sealed class LibraryInteropSpecs
{
    [Fact]
    public async Task The_library_validates_what_we_sign()
    {
        var text = CompactJws.Sign("mlat-msg-ping+jwt", """{"iss":"https://node.xa.example","iat":1772323200}"""u8, Keys.Alice);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            IssuerSigningKey = new JsonWebKey(Keys.Alice.PublicJwk) { KeyId = Keys.Alice.Thumbprint },
            ValidAlgorithms = ["ES256"],
            ValidTypes = ["mlat-msg-ping+jwt"],
            ValidIssuer = "https://node.xa.example",
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public void We_verify_what_the_library_signs()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ecdsa.ExportParameters(false).Q;
        Assert.True(EcPublicKey.TryImport($$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.Encode(point.X)}}","y":"{{Base64Url.Encode(point.Y)}}"}""", out var key));
        var credentials = new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = key.Thumbprint }, SecurityAlgorithms.EcdsaSha256);
        var text = new JsonWebTokenHandler().CreateToken("""{"iss":"a"}""", credentials);
        Assert.True(CompactJws.TryRead(text, "JWT", out var jws, out _));
        Assert.True(jws.IsSignedBy(key));
        Assert.Equal("""{"iss":"a"}"""u8, jws.Payload.Span);
    }
}
