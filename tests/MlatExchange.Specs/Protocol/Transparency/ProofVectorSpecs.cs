using System.Security.Cryptography;
using System.Text.Json;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Transparency;

/// <summary>Every case of the transparency-dev/merkle test data, good and corrupted.</summary>
public class ProofVectorSpecs
{
    [Fact]
    public void Inclusion_proofs_agree_with_every_published_case() => EachCase("inclusion", 98, c =>
        IsHash(c, "leafHash") && InclusionProof.Verify(Number(c, "leafIdx"), Number(c, "treeSize"), Hash(c, "leafHash"), Proof(c), Hash(c, "root")));

    [Fact]
    public void Consistency_proofs_agree_with_every_published_case() => EachCase("consistency", 98, c =>
        ConsistencyProof.Verify(Number(c, "size1"), Number(c, "size2"), Hash(c, "root1"), Proof(c), Hash(c, "root2")));

    [Fact]
    public void Subtree_inclusion_proofs_agree_with_every_published_case() => EachCase("subtreeinclusion", 204, c =>
        IsHash(c, "leafHash") && SubtreeProof.VerifyInclusion(Number(c, "leafIdx"), Number(c, "start"), Number(c, "end"), Hash(c, "leafHash"), Proof(c), Hash(c, "root")));

    [Fact]
    public void Subtree_consistency_proofs_agree_with_every_published_case_of_a_subtree_with_leaves() => EachCase("subtreeconsistency", 118, c =>
        // A subtree without leaves is part of every tree; this library has no use for it and says so by refusing it.
        Number(c, "start") == Number(c, "end")
            ? !c.GetProperty("wantErr").GetBoolean()
            : SubtreeProof.VerifyConsistency(Number(c, "start"), Number(c, "end"), Number(c, "size"), Hash(c, "root1"), Proof(c), Hash(c, "root2")));

    private static void EachCase(string kind, int atLeast, Func<JsonElement, bool> verify)
    {
        var folder = Path.Combine(SharedFolder.OrSkip("vectors"), "rfc6962", "testdata", kind);
        var files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
        Assert.True(files.Length >= atLeast, $"{files.Length} cases of {kind}");
        var wrong = new List<string>();
        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (verify(document.RootElement) == document.RootElement.GetProperty("wantErr").GetBoolean())
            {
                wrong.Add(Path.GetRelativePath(folder, file));
            }
        }
        Assert.Empty(wrong);
    }

    /// <summary>Sizes from 2^63 on wrap to negative numbers, which are as impossible.</summary>
    private static long Number(JsonElement c, string member) => unchecked((long)c.GetProperty(member).GetUInt64());

    private static TreeHash[] Proof(JsonElement c) =>
        c.TryGetProperty("proof", out var proof) && proof.ValueKind == JsonValueKind.Array ? [.. proof.EnumerateArray().Select(Hash)] : [];

    private static bool IsHash(JsonElement c, string member) => c.GetProperty(member).GetBytesFromBase64().Length == TreeHash.Length;

    private static TreeHash Hash(JsonElement c, string member) => c.TryGetProperty(member, out var hash) ? Hash(hash) : Hash([]);

    private static TreeHash Hash(JsonElement hash) => Hash(hash.GetBytesFromBase64());

    /// <summary>Some cases use bytes of another length as "some root": here their SHA-256 stands for them, so that equal stays equal.</summary>
    private static TreeHash Hash(byte[] bytes) => TreeHash.From(bytes.Length == TreeHash.Length ? bytes : SHA256.HashData(bytes));
}
