using System.Text;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Messages;
using MlatExchange.Specs.Protocol.Transparency;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Bundles;

/// <summary>The examples and schemas of contracts/transparency. Signatures are random, so an example is written once (MLAT_WRITE_CONTRACTS=1) and kept.</summary>
public sealed class TransparencyContractSpecs
{
    private static readonly LogKey Log = new(World.LogOrigin("xb"), World.Key("xb/log").Public);

    [Fact]
    public void The_example_of_a_proof_verifies()
    {
        Keep("transparency/proof.example.json", Proof().ToJson);
        Assert.True(ProofFile.TryRead(Bytes("transparency/proof.example.json"), out var proof, out _));
        var proven = proof.Verify([Log], out _);
        Assert.Equal(("transfer.offered.v1", "XB", 7), (proven!.Leaf.Kind, proven.Leaf.Jurisdiction, proof.Index));
        Assert.Equal(["messageDigest", "thread"], proof.Openings!.Keys.Order());
        SchemaAgrees.With("contracts/transparency/proof.schema.json", "contracts/transparency/proof.example.json");
    }

    [Fact]
    public void The_leaf_of_that_proof_has_the_schema_of_leaves()
    {
        Assert.True(ProofFile.TryRead(Bytes("transparency/proof.example.json"), out var proof, out _));
        Keep("transparency/leaf.example.json", () => Encoding.UTF8.GetBytes(proof.Leaf));
        Assert.Equal(proof.Leaf, Tree.Read("contracts/transparency/leaf.example.json"));
        SchemaAgrees.With("contracts/transparency/leaf.schema.json", "contracts/transparency/leaf.example.json");
    }

    [Fact]
    public void The_example_of_a_bundle_verifies_under_the_lists_of_the_verification_vectors()
    {
        Keep("transparency/bundle.example.json", () => Bundle().ToJson());
        Assert.True(BundleFile.TryRead(Bytes("transparency/bundle.example.json"), out var bundle, out _));
        var verdict = BundleVerification.Verify(bundle, World.Usual.Anchors, World.Usual.Trust(), _ => []);
        Assert.Equal(VerdictClass.Valid, verdict.Class);
        SchemaAgrees.With("contracts/transparency/bundle.schema.json", "contracts/transparency/bundle.example.json", "/shares", "/disclosures", "/receipts");
    }

    private static BundleFile Bundle() => BundleExample.Of(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Decision) with { Accepted = [CasesOfGoodMessages.Request] })
        with
        { Earlier = [CasesOfGoodMessages.Request.Jws] };

    private static ProofFile Proof()
    {
        string[] members = ["thread", "messageDigest"];
        var values = new Dictionary<string, string> { ["thread"] = Acts.Id("thread"), ["messageDigest"] = Acts.DigestOf("offer").ToString() };
        var salts = members.ToDictionary(member => member, member => Acts.DigestOf("example salt " + member).ToArray());
        var leaf = CanonicalJson.Of(new
        {
            v = 1,
            kind = "transfer.offered.v1",
            op = "disclosure",
            time = World.Now,
            jurisdiction = "XB",
            counterpart = "XA",
            instrument = "EEV",
            authorityRole = "public-prosecutor",
            articles = new[] { "EEV 5" },
            dataCategories = new[] { "traffic" },
            subjectCategories = new[] { "LED6a" },
            purpose = "establish-the-facts",
            conditionTypes = new[] { "NoOnward" },
            retention = new { maximumDays = 365, trigger = "final-judgment", reviewEveryDays = 90, disposal = "destroy-and-certify", legalReference = "XA Data Protection (Justice) Act 12" },
            packDigest = Acts.DigestOf("pack"),
            nonce = Base64Url.Encode(Acts.DigestOf("example nonce").ToArray()),
            eventDigest = Base64Url.Encode(Acts.DigestOf("example event").ToArray()),
            commit = members.ToDictionary(member => member, member => Base64Url.Encode(Commitment.Of(salts[member], member, values[member]))),
        });
        var stored = new StoredTiles();
        stored.Append([.. Enumerable.Range(0, 12).Select(i => i == 7 ? Rfc6962.Leaf(leaf) : Rfc6962.Leaf(ReferenceTree.Leaf(i)))]);
        var note = new Checkpoint(Log.Origin, 12, stored.Frontier.Root()).Sign(new LogSigner(Log.Origin, World.Key("xb/log"))).ToString();
        var openings = CanonicalJson.Of(members.ToDictionary(member => member, member => new ProofOpening(Base64Url.Encode(salts[member]), values[member])));
        return ProofFile.Of(leaf, 7, openings, stored.Tree().Inclusion(7), note);
    }

    private static byte[] Bytes(string relative) => File.ReadAllBytes(Approved.PathOf(relative));

    private static void Keep(string relative, Func<byte[]> make)
    {
        if (Approved.Writing && !File.Exists(Approved.PathOf(relative)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Approved.PathOf(relative))!);
            File.WriteAllBytes(Approved.PathOf(relative), make());
        }
    }
}
