using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record MessageBody
{
    /// <summary>The sender's newest checkpoint with a consistency proof from the size that the recipient acknowledged last.</summary>
    /// <param name="Note">Signed note (C2SP tlog-checkpoint).</param>
    /// <param name="Consistency">Null for the first checkpoint a recipient gets.</param>
    public sealed record Checkpoint([property: JsonPropertyName("checkpoint")] string Note, LoggedConsistency? Consistency = null) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("checkpoint", new Carried(4096)),
            May("consistency", new Shape.Struct(Must("size", new Whole(1, 1L << 53)), Must("proof", new List(Shapes.Bytes32, 0, 64)))));

        private protected override MessageKind TheKind => MessageKind.Checkpoint;
    }

    /// <summary>Asks for messages of a thread again, because later ones arrived and these did not.</summary>
    /// <param name="Missing">Thread and first and last missing <c>seq</c> of the side asked.</param>
    public sealed record ResendRequest(MissingMessages Missing) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("missing", new Shape.Struct(
                Must("thread", Shapes.Id), Must("from", new Whole(1, 1L << 53)), Must("to", new Whole(1, 1L << 53)))));

        private protected override MessageKind TheKind => MessageKind.ResendRequest;
    }

    /// <summary>Shows that a link lives. It says nothing.</summary>
    public sealed record Ping : MessageBody
    {
        internal static readonly Shape.Struct Shape = new([]);

        private protected override MessageKind TheKind => MessageKind.Ping;
    }

    /// <summary>What each side believes was exchanged in a period: thread, seq and SHA-256 of the record of each message that has one.</summary>
    public sealed record ReconciliationList(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ReconciliationEntry> Entries) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("from", Shapes.Time),
            Must("to", Shapes.Time),
            Must("entries", new List(
                new Shape.Struct(Must("iss", Shapes.Entity), Must("thread", Shapes.Id), Must("seq", new Whole(1, 1L << 53)), Must("record", Shapes.Digest)),
                0,
                800)));

        private protected override MessageKind TheKind => MessageKind.ReconciliationList;
    }

    /// <summary>Something went wrong that the other side must know: a share that does not match, a loss, a fork of a log.</summary>
    /// <param name="Incident">Code, such as <c>share-mismatch</c>, <c>log-fork</c>, <c>equivocation</c>.</param>
    /// <param name="Messages">Digests of the messages concerned.</param>
    /// <param name="Proof">Signed texts that let a third party check: JWSs, checkpoints.</param>
    public sealed record IncidentNotice(
        string Incident,
        string? Transfer = null,
        IReadOnlyList<string>? Items = null,
        IReadOnlyList<Digest>? Messages = null,
        IReadOnlyList<string>? Proof = null,
        Selective? Texts = null) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("incident", Shapes.Slug),
            May("transfer", Shapes.Id),
            May("items", Shapes.Refs(1)),
            May("messages", new List(Shapes.Digest, 1, 32)),
            May("proof", new List(new Carried(64 * 1024), 1, 4)),
            May("texts", Shapes.Selective));

        private protected override MessageKind TheKind => MessageKind.IncidentNotice;
    }

    /// <summary>A party is suspended, as its superior says in the list or notice that this message carries.</summary>
    /// <param name="Reason"><c>compromise</c> or <c>legal</c>.</param>
    /// <param name="Notice">The superior's signed notice; the message itself suspends nobody.</param>
    public sealed record SuspensionNotice(string Entity, string Reason, DateTimeOffset From, string? Notice = null) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("entity", Shapes.Entity),
            Must("reason", new OneOf("compromise", "legal")),
            Must("from", Shapes.Time),
            May("notice", new Carried(128 * 1024)));

        private protected override MessageKind TheKind => MessageKind.SuspensionNotice;
    }
}

/// <param name="From">First missing <c>seq</c>.</param>
/// <param name="To">Last missing <c>seq</c>, inclusive.</param>
public sealed record MissingMessages(string Thread, long From, long To);

/// <param name="Iss">Sender of the message.</param>
/// <param name="Record">SHA-256 over the record string.</param>
public sealed record ReconciliationEntry(string Iss, string Thread, long Seq, Digest Record);
