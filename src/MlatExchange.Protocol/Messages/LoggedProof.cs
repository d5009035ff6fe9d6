using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>Proof of being logged, complete in itself: leaf, openings, inclusion proof, checkpoint.</summary>
/// <param name="Leaf">The leaf, byte for byte (UTF-8 JSON text in canonical form).</param>
/// <param name="Openings">Openings of the leaf's commitments to <c>thread</c> and <c>messageDigest</c>.</param>
/// <param name="Index">Index of the leaf.</param>
/// <param name="Proof">Node hashes of the inclusion proof, lowest first, base64url.</param>
/// <param name="Checkpoint">Signed note (C2SP tlog-checkpoint): the first checkpoint that covers the leaf.</param>
/// <param name="Consistency">From the size the recipient acknowledged last; null where there is none.</param>
public sealed record LoggedProof(
    string Leaf, LoggedOpenings Openings, long Index, IReadOnlyList<string> Proof, string Checkpoint, LoggedConsistency? Consistency = null)
{
    /// <summary>Commitments of a leaf that bind it to one message: the wire id of its thread.</summary>
    public const string ThreadMember = "thread";

    /// <summary>Commitments of a leaf that bind it to one message: its digest in wire form.</summary>
    public const string DigestMember = "messageDigest";

    /// <summary>Kind of the leaf that a sender makes of its message.</summary>
    public const string SignedKind = "thread.message-signed.v1";

    /// <summary>Kind of the leaf that a recipient makes when it accepts one; a delivery receipt shows it.</summary>
    public const string AcceptedKind = "thread.message-accepted.v1";

    private static readonly Shape Opening = new Shape.Struct(Must("salt", Shapes.Bytes32), Must("value", new Text(200)));

    private static readonly Shape Hashes = new List(Shapes.Bytes32, 0, 64);

    internal static readonly Shape.Struct Shape = new(
        Must("leaf", new Carried(16 * 1024)),
        Must("openings", new Shape.Struct(Must("thread", Opening), Must("messageDigest", Opening))),
        Must("index", new Whole(0, 1L << 53)),
        Must("proof", Hashes),
        Must("checkpoint", new Carried(4096)),
        May("consistency", new Shape.Struct(Must("size", new Whole(1, 1L << 53)), Must("proof", Hashes))));
}

/// <summary>The two commitments that bind a leaf to one message.</summary>
/// <param name="Thread">Value: the thread's wire id.</param>
/// <param name="MessageDigest">Value: the message's digest in wire form.</param>
public sealed record LoggedOpenings(LoggedOpening Thread, LoggedOpening MessageDigest);

/// <param name="Salt">32 bytes, base64url.</param>
public sealed record LoggedOpening(string Salt, string Value);

/// <param name="Size">Tree size that the recipient acknowledged last.</param>
/// <param name="Proof">Node hashes of the consistency proof, base64url.</param>
public sealed record LoggedConsistency(long Size, IReadOnlyList<string> Proof);
