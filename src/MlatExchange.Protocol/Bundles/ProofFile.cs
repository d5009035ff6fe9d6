using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Protocol.Bundles;

/// <summary>
/// A file that proves, to anyone who trusts the log's key and without asking anybody, that one event is in a node's log: format in
/// contracts/transparency/proof.md.
/// </summary>
/// <param name="Kind">Always <c>mlat-proof</c>.</param>
/// <param name="Version">Always 1.</param>
/// <param name="Origin">Origin of the log; says which key to verify with.</param>
/// <param name="Index">Index of the leaf.</param>
/// <param name="Leaf">The leaf, byte for byte (canonical JSON text).</param>
/// <param name="Openings">Openings of the leaf's commitments by member; null once the case's key is destroyed.</param>
/// <param name="Inclusion">Node hashes of the inclusion proof, lowest first, base64url.</param>
/// <param name="Checkpoint">Signed note that covers the leaf.</param>
public sealed record ProofFile(
    string Kind,
    int Version,
    string Origin,
    long Index,
    string Leaf,
    IReadOnlyDictionary<string, ProofOpening>? Openings,
    IReadOnlyList<string> Inclusion,
    string Checkpoint)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string FileKind = "mlat-proof";

    private static readonly JsonSerializerOptions Writing = new(StrictJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>A proof from what the ledger holds.</summary>
    /// <param name="leaf">Leaf bytes, verbatim.</param>
    /// <param name="index">Leaf index.</param>
    /// <param name="openings">The vault's entry of openings, <c>{member: {salt, value}}</c>; null when there is none any more.</param>
    /// <param name="inclusion">From a tree of exactly the checkpoint's size.</param>
    /// <param name="checkpoint">The signed note.</param>
    /// <exception cref="FormatException">The note is no checkpoint, or the openings are not of their form.</exception>
    public static ProofFile Of(ReadOnlySpan<byte> leaf, long index, ReadOnlySpan<byte> openings, ReadOnlySpan<TreeHash> inclusion, string checkpoint)
    {
        var head = SignedNote.Parse(checkpoint) is { } note ? Transparency.Checkpoint.Read(note.Text) : null;
        IReadOnlyDictionary<string, ProofOpening>? opened = null;
        if (!openings.IsEmpty)
        {
            opened = StrictJson.TryRead<Dictionary<string, ProofOpening>>(openings, out var read, out _) ? read : throw new FormatException("openings are not of their form");
        }
        return new(
            FileKind, 1, head?.Origin ?? throw new FormatException("the note is no checkpoint"), index, Encoding.UTF8.GetString(leaf), opened, NodeHashes.Write(inclusion), checkpoint);
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Writing);

    /// <summary>Reads a file strictly; white space around the value is allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out ProofFile? proof, [NotNullWhen(false)] out JsonFault? fault)
    {
        fault = StrictJson.TryRead(file.Trim(" \t\r\n"u8), out proof, out var json)
            ? proof switch
            {
                { Kind: not FileKind } => new(JsonRule.Shape, "/kind"),
                { Version: not 1 } => new(JsonRule.Shape, "/version"),
                _ => null,
            }
            : json;
        proof = fault is null ? proof : null;
        return proof is not null;
    }

    /// <summary>Verifies the proof under the keys that the trust list states for the log of <see cref="Origin"/>; null and the first fault otherwise.</summary>
    public LeafProof? Verify(IEnumerable<LogKey> keys, out ProofFault? fault)
    {
        var proven = LeafProof.Verify(Leaf, Index, Inclusion, Checkpoint, keys.Where(key => key.Origin == Origin), out fault);
        if (proven is null || Openings is null)
        {
            return proven;
        }
        foreach (var (member, opening) in Openings)
        {
            if (!Base64Url.TryDecode(opening.Salt, out var salt) || !proven.Leaf.Opens(member, salt, opening.Value))
            {
                fault = ProofFault.Opening;
                return null;
            }
        }
        return proven;
    }
}

/// <summary>What opens one commitment.</summary>
/// <param name="Salt">32 bytes, base64url.</param>
/// <param name="Value">The value committed to.</param>
public sealed record ProofOpening(string Salt, string Value);
