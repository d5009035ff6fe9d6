using System.Globalization;

namespace MlatExchange.Protocol.Transparency;

/// <summary>The head of a log: C2SP tlog-checkpoint, the text of a signed note.</summary>
/// <param name="Origin">Identity of the log, <c>host/log/year[-n]</c>.</param>
/// <param name="Size">Leaves in the tree, 0 to 2^63 - 1.</param>
/// <param name="Root">RFC 6962 root hash at that size.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root)
{
    /// <summary>The three lines that are signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");

    /// <summary>The signed note to publish.</summary>
    public SignedNote Sign(LogSigner signer) => signer.Key.Origin == Origin
        ? SignedNote.Of(Text, signer.Sign(System.Text.Encoding.UTF8.GetBytes(Text)))
        : throw new ArgumentException("a log signs only checkpoints of its own origin", nameof(signer));

    /// <summary>
    /// The checkpoint in a note that this log signed; null otherwise. This is the only way from a note to a checkpoint to rely on:
    /// signature first, then the text.
    /// </summary>
    public static Checkpoint? Verify(SignedNote? unverified, LogKey key) =>
        unverified is not null && key.Verifies(unverified) && Read(unverified.Text) is { } checkpoint && checkpoint.Origin == key.Origin ? checkpoint : null;

    /// <summary>
    /// Reads the text of a checkpoint without any signature check: to display, or to find the key. Null when it is none. Extension
    /// lines are refused: nobody could audit them, and no log of this protocol writes them.
    /// </summary>
    public static Checkpoint? Read(string unverifiedText) =>
        unverifiedText.Split('\n') is [{ Length: > 0 } origin, var size, var root, ""]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
        && leaves.ToString(CultureInfo.InvariantCulture) == size
        && ExactBase64.TryRead(root, out var hash) && hash.Length == TreeHash.Length
            ? new(origin, leaves, TreeHash.From(hash))
            : null;
}
