using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Trust;

public sealed class TrustListSpecs
{
    private static readonly string Good = Lists.Payload(Lists.List());
    private static readonly string SomeX = Lists.Key("xa/message").Public.Jwk.Split("\"x\":\"")[1][..43];

    [Fact]
    public void A_list_reads_back_as_it_was_signed()
    {
        Assert.True(TrustList.TryRead(Keys.Utf8(Good), out var list, out _));
        Assert.Equal(Good, Lists.Payload(list));
        Assert.Contains("\"keys\":[{\"use\":\"message\",\"jwk\":{\"crv\":\"P-256\"", Good, StringComparison.Ordinal);
        Assert.Contains("\"from\":\"2026-03-01T00:00:00.000Z\"}", Good, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, TrustRule, string> Spoiled() => new()
    {
        { "unknown member", "\"seq\":1", "\"seq\":1,\"extra\":1", TrustRule.Form, "/extra" },
        { "missing member", "\"seq\":1,", "", TrustRule.Form, "" },
        { "duplicate member", "\"seq\":1", "\"seq\":1,\"seq\":2", TrustRule.Form, "/seq" },
        { "seq a string", "\"seq\":1", "\"seq\":\"1\"", TrustRule.Form, "/seq" },
        { "null for a list", "\"suspensions\":[]", "\"suspensions\":null", TrustRule.Form, "/suspensions" },
        { "null in a list", "\"suspensions\":[]", "\"suspensions\":[null]", TrustRule.Form, "/suspensions/0" },
        { "time with an offset", "2026-03-01T00:00:00.000Z", "2026-03-01T00:00:00.000+00:00", TrustRule.Form, "/node/keys/0/from" },
        { "use a number", "\"use\":\"message\"", "\"use\":1", TrustRule.Form, "/node/keys/0/use" },
        { "use in capitals", "\"use\":\"message\"", "\"use\":\"Message\"", TrustRule.Form, "/node/keys/0/use" },
        { "A14 key off the curve", SomeX, Lists.Key("other").Thumbprint, TrustRule.Form, "/node/keys/0/jwk" },
        { "A14 P-384", "{\"crv\":\"P-256\"", "{\"crv\":\"P-384\"", TrustRule.Form, "/node/keys/0/jwk" },
        { "A14 secp256k1", "{\"crv\":\"P-256\"", "{\"crv\":\"secp256k1\"", TrustRule.Form, "/node/keys/0/jwk" },
        { "A14 RSA", "\"kty\":\"EC\"", "\"kty\":\"RSA\"", TrustRule.Form, "/node/keys/0/jwk" },
        { "private half", "{\"crv\":\"P-256\"", "{\"d\":\"" + SomeX + "\",\"crv\":\"P-256\"", TrustRule.Form, "/node/keys/0/jwk" },
        { "jurisdiction", "\"XA\"", "\"xa\"", TrustRule.Name, "/jurisdiction" },
        { "issuer with a slash", "https://anchor.xa.example", "https://anchor.xa.example/", TrustRule.Name, "/iss" },
        { "authority code", "\"xa-judge\"", "\"../judge\"", TrustRule.Name, "/authorities/1/code" },
        { "same code twice", "\"xa-judge\"", "\"xa-prosecutor\"", TrustRule.Twice, "/authorities/1/code" },
        { "trust mark", "\"may-validate\"", "\"may validate\"", TrustRule.Name, "/authorities/1/trustMarks" },
        { "seq zero", "\"seq\":1", "\"seq\":0", TrustRule.Order, "/seq" },
        { "ends before it begins", "\"until\":\"2026-03-21", "\"until\":\"2026-03-01", TrustRule.Order, "/node/keys/2/until" },
        { "encryption key for years", "\"until\":\"2026-03-21", "\"until\":\"2028-03-21", TrustRule.EncryptionLife, "/node/keys/2/until" },
        { "act key in the node", "\"use\":\"message\"", "\"use\":\"act\"", TrustRule.NodeKeyUse, "/node/keys/0/use" },
        { "no token key", "\"use\":\"token\"", "\"use\":\"log\"", TrustRule.MissingKey, "/node/keys" },
        { "suspension of a stranger", "\"suspensions\":[]", "\"suspensions\":[{\"entity\":\"https://node.xb.example\",\"reason\":\"legal\",\"from\":\"2026-03-01T00:00:00.000Z\"}]", TrustRule.UnknownEntity, "/suspensions/0/entity" },
        { "revocation without thumbprint", "\"revoked\":[]", "\"revoked\":[{\"kid\":\"x\",\"at\":\"2026-03-01T00:00:00.000Z\"}]", TrustRule.Name, "/revoked/0/kid" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public void A_spoiled_list_is_refused_at_its_member(string fault, string old, string replacement, TrustRule rule, string pointer)
    {
        var at = Good.IndexOf(old, StringComparison.Ordinal);
        var payload = Good[..at] + replacement + Good[(at + old.Length)..];
        Assert.False(TrustList.TryRead(Keys.Utf8(payload), out _, out var found), fault);
        Assert.Equal((rule, pointer), (found.Rule, found.JsonPointer));
    }

    [Fact]
    public void One_key_for_two_uses_is_refused()
    {
        var list = Lists.List();
        var shared = list with { Node = list.Node with { Keys = [.. list.Node.Keys, new(KeyUse.Token, list.Authorities[0].ActKeys[0].Jwk, Lists.Start)] } };
        Assert.Throws<ArgumentException>(() => Lists.Signed(shared));
    }

    [Fact]
    public void The_table_of_anchors_reads_back_and_refuses_what_overlaps()
    {
        var file = System.Text.Encoding.UTF8.GetString(Lists.Anchors.ToJson());
        Assert.True(TrustAnchors.TryRead(Keys.Utf8(file + "\n"), out var read, out _));
        Assert.Equal(file, System.Text.Encoding.UTF8.GetString(read.ToJson()));

        TrustRule? Broken(params TrustAnchor[] anchors) =>
            TrustAnchors.TryRead(new TrustAnchors(true, anchors).ToJson(), out _, out var fault) ? null : fault.Rule;
        var (xa, xb) = (Lists.Anchor("xa"), Lists.Anchor("xb"));
        Assert.Null(Broken(xa, xb));
        Assert.Equal(TrustRule.Twice, Broken(xa, xb with { Jurisdiction = "XA" }));
        Assert.Equal(TrustRule.Twice, Broken(xa, xb with { Anchor = xa.Anchor }));
        Assert.Equal(TrustRule.Domain, Broken(xa, xb with { Domain = "node.xa.example" }));
        Assert.Equal(TrustRule.Domain, Broken(xa with { Node = "https://node.xc.example" }));
        Assert.Equal(TrustRule.SharedKey, Broken(xa, xb with { Keys = xa.Keys }));
        Assert.Equal(TrustRule.MissingKey, Broken(xa with { Keys = [] }));
    }
}
