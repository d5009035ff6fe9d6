using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

/// <summary>A13 and A14: exact agreement with the published vectors inside the profile, refusal by the profile outside it.</summary>
public sealed class WycheproofSignatureSpecs
{
    private static readonly string[] MembersOfTheVectors = ["alg", "kid"];

    [Fact]
    public void All_ECDSA_vectors_on_P256_with_SHA256_agree() =>
        Wycheproof.Agree(Wycheproof.Cases("ecdsa_secp256r1_sha256_p1363_test.json", 262), 262, c =>
            PointKey(c.Group.GetProperty("publicKey").GetProperty("uncompressed").GetString()!).Verify(Digest.Of(c.Hex("msg")), c.Hex("sig")));

    [Fact]
    public void All_JWS_vectors_of_ES256_keys_agree() =>
        Wycheproof.Agree(Wycheproof.Cases("json_web_signature_test.json", 401).Where(c => KeyAlgorithm(c) == "ES256"), 39, c =>
            CompactJws.TryRead(c.Text("jws"), MembersOfTheVectors, out var jws, out _)
            && KeyIdOf(c.Text("jws")) == Wycheproof.Member(PublicJwk(c), "kid")
            && jws.IsSignedBy(Wycheproof.PublicKey(PublicJwk(c))!));

    [Fact]
    public void Not_one_JWS_vector_passes_the_whole_profile_for_none_names_a_typ()
    {
        var cases = Wycheproof.Cases("json_web_signature_test.json", 401);
        Assert.Empty(cases.Where(c => CompactJws.TryRead(c.Text("jws"), out _, out _)).Select(c => c.Id));
    }

    [Fact]
    public void JWS_vectors_of_other_keys_are_refused_by_algorithm_or_by_the_key()
    {
        var others = Wycheproof.Cases("json_web_signature_test.json", 401).Where(c => KeyAlgorithm(c) != "ES256").ToList();
        Assert.Equal(362, others.Count);
        Assert.Empty(others
            .Where(c => CompactJws.TryRead(c.Text("jws"), MembersOfTheVectors, out _, out _) && EcPublicKey.TryImport(PublicJwk(c), out _))
            .Select(c => c.Id));
    }

    [Fact]
    public void Every_JWK_vector_is_refused_at_import_as_it_stands_and_the_faulty_points_also_when_bare()
    {
        var keys = Wycheproof.Cases("json_web_key_test.json", 26)
            .SelectMany(c => Keys(c).Select(jwk => (Comment: c.Group.GetProperty("comment").GetString(), Jwk: jwk))).ToList();
        Assert.InRange(keys.Count, 26, 200);
        Assert.DoesNotContain(keys, key => EcPublicKey.TryImport(key.Jwk, out _)); // kid, use and alg do not belong into a key of the profile
        var faulty = keys.Where(key => key.Comment is "invalid_point" or "wrong_curve" or "wrong_kty").ToList();
        Assert.Equal(3, faulty.Count);
        Assert.All(faulty, key => Assert.Null(Wycheproof.PublicKey(key.Jwk)));
        Assert.NotNull(Wycheproof.PublicKey(keys.Single(key => key.Comment == "invalid_use").Jwk)); // the point itself is good: the three fall for their fault
    }

    private static EcPublicKey PointKey(string uncompressed)
    {
        var (x, y) = (Base64Url.Encode(Convert.FromHexString(uncompressed[2..66])), Base64Url.Encode(Convert.FromHexString(uncompressed[66..])));
        return EcPublicKey.TryImport($$"""{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}"}""", out var key) ? key : throw new FormatException();
    }

    private static string? KeyAlgorithm(Wycheproof.Case c) => Wycheproof.Member(PublicJwk(c), "alg");

    private static JsonElement PublicJwk(Wycheproof.Case c) => c.Group.TryGetProperty("public", out var key) ? key : c.Group.GetProperty("private");

    private static IEnumerable<JsonElement> Keys(Wycheproof.Case c) =>
        PublicJwk(c).TryGetProperty("keys", out var set) ? set.EnumerateArray() : [PublicJwk(c)];

    private static string? KeyIdOf(string jws) =>
        Base64Url.TryDecode(jws.Split('.')[0], out var header) ? Wycheproof.Member(JsonDocument.Parse(header).RootElement, "kid") : null;
}
