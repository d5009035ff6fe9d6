using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record MessageBody
{
    /// <summary>Proof of delivery, or of its failure, signed by the recipient's node.</summary>
    /// <param name="Receipt">What it proves; only the kinds that a recipient signs travel.</param>
    /// <param name="Of">The message it speaks of.</param>
    /// <param name="At">When it happened, by the clock of the node that signs.</param>
    /// <param name="Transcript"><see cref="Transcript.Of"/> over the receipt's own <c>prev</c> and <c>seen</c>.</param>
    /// <param name="Logged">For a delivery: proof that the recipient's <c>MessageAccepted</c> is in the recipient's log, so "delivered" means in both logs.</param>
    /// <param name="Failure">For a rejection: the step that failed.</param>
    public sealed record ReceiptOf(
        ReceiptKind Receipt, MessageRef Of, DateTimeOffset At, Digest Transcript, LoggedProof? Logged = null, ReceiptFailure? Failure = null) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("receipt", new OneOf("delivery", "non-delivery", "retrieval", "non-retrieval", "stale")),
            Must("of", new Shape.Struct(Must("jti", Shapes.Id), Must("digest", Shapes.Digest), Must("seq", new Whole(1, 1L << 53)))),
            Must("at", Shapes.Time),
            Must("transcript", Shapes.Digest),
            May("logged", LoggedProof.Shape),
            May("failure", new Shape.Struct(Must("step", new Whole(11, 17)), Must("rule", Shapes.Slug), May("pointer", new Carried(200)))));

        private protected override MessageKind TheKind => MessageKind.Receipt;
    }
}

/// <summary>Kinds of receipt: the nine of ETSI EN 319 522 (REM), and <c>stale</c>. Submission and relay are local events of the sender's node and never travel.</summary>
public enum ReceiptKind
{
    SubmissionAcceptance,
    SubmissionRejection,
    RelayAcceptance,
    RelayRejection,
    RelayFailure,
    Delivery,
    NonDelivery,
    Retrieval,
    NonRetrieval,

    /// <summary>Older than seven days when it arrived: logged without effect; the sender re-issues the same act.</summary>
    Stale,
}

/// <summary>A message of the other side.</summary>
public sealed record MessageRef(string Jti, Digest Digest, long Seq);

/// <summary>Why a message was rejected.</summary>
/// <param name="Step">Verification step, 11 to 17: earlier failures are never answered, because nothing proves who sent the bytes.</param>
/// <param name="Rule">Slug of the rule.</param>
/// <param name="JsonPointer">JSON pointer of the faulty member.</param>
public sealed record ReceiptFailure(int Step, string Rule, [property: JsonPropertyName("pointer")] string? JsonPointer = null);
