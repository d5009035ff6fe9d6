using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Trust;

/// <summary>The example and the schemas that others implement against.</summary>
public sealed class TrustContractSpecs
{
    [Fact]
    public void The_published_example_is_taken_in_without_a_fault()
    {
        Assert.True(TrustAnchors.TryRead(Keys.Utf8(Tree.Read("contracts/trust/anchors.example.json")), out var anchors, out _));
        var signed = Tree.Read("contracts/trust/trust-list.example.jwt").Trim();
        var trust = TrustSnapshot.Build(anchors, [signed], Lists.Now);
        Assert.Empty(trust.Faults);
        Assert.Equal("xa-prosecutor", trust.Authorities("XA")[0].Code);

        Assert.True(CompactJws.TryRead(signed, TrustList.Type, out var jws, out _));
        Assert.Equal(CanonicalJson.Of(Keys.Json(Tree.Read("contracts/trust/trust-list.example.json"))), CanonicalJson.Of(Keys.Json(System.Text.Encoding.UTF8.GetString(jws.Payload.Span))));
    }

    [Theory]
    [InlineData("contracts/trust/trust-list.schema.json", "contracts/trust/trust-list.example.json")]
    [InlineData("contracts/trust/anchors.schema.json", "contracts/trust/anchors.example.json")]
    public void The_schema_names_exactly_the_members_of_the_example_at_every_depth(string schema, string example)
    {
        SchemaAgrees.With(schema, example);
    }
}
