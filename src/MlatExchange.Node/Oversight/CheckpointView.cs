using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Oversight;

/// <summary>The head of the log that covers an answer.</summary>
/// <param name="Root">RFC 6962 root, base64.</param>
/// <param name="Note">The signed note, verbatim.</param>
public sealed record CheckpointView(string? Origin, long Size, string Root, DateTimeOffset SignedAt, string Note)
{
    public static CheckpointView? Of(PublishedCheckpoint? checkpoint) => checkpoint is null ? null : new(
        SignedNote.Parse(checkpoint.Note) is { } note ? Checkpoint.Read(note.Text)?.Origin : null, checkpoint.Size, checkpoint.Root.ToString(), checkpoint.SignedAt, checkpoint.Note);
}
