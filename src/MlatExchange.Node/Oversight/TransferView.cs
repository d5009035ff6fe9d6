using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
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

/// <summary>A transfer record as oversight reads it; members as in <see cref="TransferRecord"/>.</summary>
/// <param name="FetchedItems">How many items are complete at the holder.</param>
/// <param name="Overdue">At the instant of the answer.</param>
public sealed record TransferView(
    string Transfer,
    TransferDirection Direction,
    string Counterpart,
    string? Instrument,
    IReadOnlyList<string> LegalBasis,
    string? AuthorityRole,
    IReadOnlyList<string> DataCategories,
    IReadOnlyList<string> SubjectCategories,
    string? Purpose,
    IReadOnlyList<string> Conditions,
    RetentionTerms Retention,
    IReadOnlyList<RetentionTerms> Terms,
    string? PackDigest,
    string State,
    int Items,
    int FetchedItems,
    int Holds,
    TransferTimes Times,
    DateTimeOffset ReleaseBy,
    DateTimeOffset Expires,
    DateTimeOffset? Due,
    string? DueFor,
    bool Overdue,
    CopyCounts? Copies,
    LogPlace First,
    LogPlace Last,
    LogPlace Record)
{
    public static TransferView Of(TransferRecord r, DateTimeOffset now) => new(
        r.Transfer, r.Direction, r.Counterpart, r.Instrument, r.LegalBasis, r.AuthorityRole, r.DataCategories, r.SubjectCategories, r.Purpose, r.Conditions, r.Retention, r.Terms,
        r.PackDigest, r.State, r.Items, r.Fetched.Count, r.Holds, r.Times, r.ReleaseBy, r.Expires, r.Due, r.DueFor, r.OverdueAt(now), r.Copies, r.First, r.Last, r.Record);
}
