using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Bundles;

public class ProofFileSpecs
{
    private static readonly LoggedLeaf Logged = new();

    [Fact]
    public void A_proof_is_read_back_and_verifies_with_nothing_but_the_log_key()
    {
        Assert.True(ProofFile.TryRead(Logged.Proof.ToJson(), out var read, out _));
        var proven = read.Verify([Logged.Signer.Key], out var fault);
        Assert.Null(fault);
        Assert.Equal("transfer.offered.v1", proven!.Leaf.Kind);
        Assert.Equal("XB", proven.Leaf.Jurisdiction);
        Assert.Equal("disclosure", proven.Leaf.Operation);
        Assert.Equal("""{"kind":"transfer-offer"}""", proven.Leaf.Record);
        Assert.Equal(["thread"], proven.Leaf.Committed);
        Assert.Equal(300, proven.Checkpoint.Size);
        Assert.Same(Logged.Signer.Key, proven.SignedBy);
    }

    [Fact]
    public void After_erasure_the_clear_codes_are_still_proven()
    {
        var erased = Logged.Proof with { Openings = null };
        Assert.NotNull(erased.Verify([Logged.Signer.Key], out _));
        Assert.Contains("\"openings\": null", Encoding.UTF8.GetString(erased.ToJson()), StringComparison.Ordinal);
        Assert.True(ProofFile.TryRead(erased.ToJson(), out _, out _));
    }

    [Fact]
    public void Each_fault_is_named()
    {
        var (proof, keys) = (Logged.Proof, new[] { Logged.Signer.Key });
        var stranger = new LogSigner(LoggedLeaf.Origin, EcKey.Generate(RandomNumberGenerator.Fill));
        Assert.Equal(ProofFault.Form, Fault(proof with { Inclusion = ["AAAA", .. proof.Inclusion.Skip(1)] }));
        Assert.Equal(ProofFault.Form, Fault(proof with { Inclusion = [.. Enumerable.Repeat(proof.Inclusion[0], 65)] }));
        Assert.Equal(ProofFault.Checkpoint, Fault(proof with { Checkpoint = proof.Checkpoint.Replace("300", "301", StringComparison.Ordinal) }));
        Assert.Equal(ProofFault.Checkpoint, Fault(proof with { Checkpoint = "" }));
        Assert.Equal(ProofFault.Checkpoint, Fault(proof with { Origin = "node.xa.example/log/2026" }));
        Assert.Null(proof.Verify([stranger.Key], out var unknown));
        Assert.Equal(ProofFault.Checkpoint, unknown);
        Assert.Equal(ProofFault.Inclusion, Fault(proof with { Index = 124 }));
        Assert.Equal(ProofFault.Inclusion, Fault(proof with { Inclusion = [.. proof.Inclusion.Skip(1)] }));
        Assert.Equal(ProofFault.Inclusion, Fault(proof with { Leaf = proof.Leaf.Replace("EEV 5", "EEV 6", StringComparison.Ordinal) }));
        Assert.Equal(ProofFault.Opening, Fault(WithOpening("thread", new(proof.Openings!["thread"].Salt, "other"))));
        Assert.Equal(ProofFault.Opening, Fault(WithOpening("messageDigest", proof.Openings["thread"])));
        Assert.Equal(ProofFault.Opening, Fault(WithOpening("thread", new("AAAA", LoggedLeaf.Thread))));

        ProofFault? Fault(ProofFile changed) => changed.Verify(keys, out var fault) is null ? fault : null;
        ProofFile WithOpening(string member, ProofOpening opening) => proof with { Openings = new Dictionary<string, ProofOpening> { [member] = opening } };
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"v":1}""")]
    [InlineData("{ \"v\":1}")]
    public void A_proven_leaf_that_is_not_of_the_format_says_so(string leaf) => AssertLeafFault(leaf);

    [Fact]
    public void A_leaf_with_two_meanings_is_refused()
    {
        AssertLeafFault(LoggedLeaf.Canonical(" "));
        AssertLeafFault(LoggedLeaf.Canonical("\"v\":1,"));
        AssertLeafFault(LoggedLeaf.Canonical("\"z\":1,"));
        AssertLeafFault(LoggedLeaf.Canonical().Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal));
        AssertLeafFault(LoggedLeaf.Canonical().Replace("10:00:00.000Z", "10:00:00Z", StringComparison.Ordinal));
        AssertLeafFault(LoggedLeaf.Canonical().Replace("\"commit\":{", "\"commit\":{\"a\":1,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind", "mlat-bundle", "/kind")]
    [InlineData("version", 2, "/version")]
    [InlineData("index", "1", "/index")]
    [InlineData("extra", 1, "/extra")]
    [InlineData("leaf", null, "")]
    public void A_file_of_another_form_is_refused_by_the_member_at_fault(string member, object? value, string at)
    {
        var json = JsonNode.Parse(Logged.Proof.ToJson())!.AsObject();
        json.Remove(member);
        if (value is not null)
        {
            json[member] = JsonValue.Create(value);
        }
        Assert.False(ProofFile.TryRead(Encoding.UTF8.GetBytes(json.ToJsonString()), out _, out var fault));
        Assert.StartsWith(at, fault.JsonPointer, StringComparison.Ordinal);
    }

    private static void AssertLeafFault(string leaf)
    {
        var logged = new LoggedLeaf(leaf: leaf);
        Assert.Null((logged.Proof with { Openings = null }).Verify([logged.Signer.Key], out var fault));
        Assert.Equal(ProofFault.Leaf, fault);
    }
}
