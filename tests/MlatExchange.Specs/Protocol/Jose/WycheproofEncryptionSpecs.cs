using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

/// <summary>B4: agreement with the published vectors of key agreement, key wrap and JWE inside the profile, refusal outside it.</summary>
public sealed class WycheproofEncryptionSpecs
{
    private static readonly string[] MembersOfTheVectors = ["alg", "enc", "epk"];

    [Fact]
    public void All_ECDH_vectors_on_P256_agree() => Wycheproof.Agree(Wycheproof.Cases("ecdh_secp256r1_webcrypto_test.json", 353), 353, c =>
    {
        if (Wycheproof.PublicKey(c.Test.GetProperty("public")) is not { } other)
        {
            return false;
        }
        using var own = Wycheproof.PrivateKey(c.Test.GetProperty("private"))!;
        using var point = EcPublicKey.TryImportPoint(P256.ReadJwk(Keys.Json(other.Jwk), withPrivateHalf: false)!.Value)!;
        return own.Agree(point, CompactJwe.OtherInfo).AsSpan()
            .SequenceEqual(SHA256.HashData([0, 0, 0, 1, .. c.Hex("shared"), .. CompactJwe.OtherInfo]));
    });

    [Fact]
    public void AES256_key_wrap_agrees_for_content_keys_of_32_bytes_and_refuses_all_other_lengths() => Wycheproof.Agree(
        Wycheproof.Cases("aes_wrap_test.json", 165).Where(c => c.Group.GetProperty("keySize").GetInt32() == 256 && (c.Hex("ct").Length == 40 || !c.Valid)), 40, c =>
        {
            var opened = AesKeyWrap.TryUnwrap(c.Hex("key"), c.Hex("ct"), out var key) && key.AsSpan().SequenceEqual(c.Hex("msg"));
            return opened && AesKeyWrap.Wrap(c.Hex("key"), c.Hex("msg")).AsSpan().SequenceEqual(c.Hex("ct"));
        });

    [Fact]
    public void JWE_vectors_of_the_profile_agree_and_all_others_are_refused_before_a_key()
    {
        var opened = 0;
        foreach (var c in Wycheproof.Cases("json_web_encryption_test.json", 139))
        {
            Assert.False(CompactJwe.TryRead(c.Text("jwe"), "mlat-sealed", "mlat-envelope+json", out _, out _), c.Id);
            if (!CompactJwe.TryRead(c.Text("jwe"), MembersOfTheVectors, "", "", out var jwe, out _))
            {
                Assert.False(c.Valid && Header(c.Text("jwe")) is ("ECDH-ES+A256KW", "A256GCM"), c.Id);
                continue;
            }
            using var key = Wycheproof.PrivateKey(c.Group.GetProperty("private"))!;
            Assert.Equal(c.Valid, jwe.TryOpen(key, out var plaintext, out _));
            Assert.Equal(c.Hex("pt"), plaintext);
            opened++;
        }
        Assert.Equal(1, opened); // the one vector of this algorithm and encryption
    }

    [Fact]
    public void Every_forged_point_among_the_vectors_gives_the_one_uniform_fault()
    {
        var parts = CompactJwe.Seal("x"u8, Keys.Bob.Public, "t", "c", Keys.Drawn("w")).Split('.');
        var forged = Wycheproof.Cases("ecdh_secp256r1_webcrypto_test.json", 353).Where(c => !c.Valid && c.Test.GetProperty("public").GetProperty("crv").ValueEquals("P-256")).ToList();
        Assert.InRange(forged.Count, 17, 30);
        Assert.All(forged, c =>
        {
            var header = $$"""{"alg":"ECDH-ES+A256KW","enc":"A256GCM","kid":"{{Keys.Bob.Thumbprint}}","epk":{{Wycheproof.Bare(c.Test.GetProperty("public"))}},"typ":"t","cty":"c"}""";
            Assert.False(CompactJwe.TryOpen(string.Join('.', [Keys.Part(header), .. parts[1..]]), "t", "c", Keys.Bob, out _, out var fault));
            Assert.Equal(new JoseFault(4, JoseRule.DoesNotOpen), fault);
        });
    }

    private static (string?, string?) Header(string jwe)
    {
        if (!Base64Url.TryDecode(jwe.Split('.')[0], out var bytes) || !StrictJson.TryParse(bytes, out var header, out _))
        {
            return default;
        }
        using (header)
        {
            return (Wycheproof.Member(header.RootElement, "alg"), Wycheproof.Member(header.RootElement, "enc"));
        }
    }
}
