using System.Text;

namespace MlatExchange.Protocol.Transparency;

/// <summary>The part that every proof of being logged has: a leaf, its place, the nodes above it and a checkpoint.</summary>
/// <param name="Leaf">Read from the bytes that are proven.</param>
/// <param name="Checkpoint">Signed by <paramref name="SignedBy"/>.</param>
/// <param name="SignedBy">The log key that verified.</param>
public sealed record LeafProof(Leaf Leaf, Checkpoint Checkpoint, LogKey SignedBy)
{
    /// <summary>Checks signature, inclusion and form, in this order; null and the first fault otherwise. The texts are compared byte for byte, nothing is made again.</summary>
    public static LeafProof? Verify(string leafText, long index, IReadOnlyList<string> nodes, string note, IEnumerable<LogKey> keys, out ProofFault? fault)
    {
        if (!NodeHashes.TryRead(nodes, out var proof))
        {
            fault = ProofFault.Form;
            return null;
        }
        var bytes = Encoding.UTF8.GetBytes(leafText);
        var unverified = SignedNote.Parse(note);
        var (key, checkpoint) = keys.Select(key => (key, Checkpoint: Checkpoint.Verify(unverified, key))).FirstOrDefault(tried => tried.Checkpoint is not null);
        Leaf? leaf = null;
        fault = true switch
        {
            _ when checkpoint is null => ProofFault.Checkpoint,
            _ when !InclusionProof.Verify(index, checkpoint.Size, Rfc6962.Leaf(bytes), proof, checkpoint.Root) => ProofFault.Inclusion,
            _ when !Leaf.TryRead(bytes, out leaf) => ProofFault.Leaf,
            _ => null,
        };
        return fault is null ? new(leaf!, checkpoint!, key) : null;
    }
}
