using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>Which thread a kind of message may stand in.</summary>
public enum ThreadRule
{
    /// <summary>The thread of a case.</summary>
    Case,

    /// <summary>The one thread of the link between two nodes, <see cref="LinkThread"/>.</summary>
    Link,

    /// <summary>Either.</summary>
    Any,
}

/// <summary>A kind of message. The set is closed: a kind that is not here is refused by its <c>typ</c>.</summary>
public sealed class MessageKind
{
    public static readonly MessageKind Request = Carrying(ActKind.Request, record: true);
    public static readonly MessageKind Acknowledgement = Word("acknowledgement", MessageBody.Acknowledgement.Shape);
    public static readonly MessageKind ClarificationRequest = Word("clarification-request", CaseWords.ClarificationRequest);
    public static readonly MessageKind Clarification = Word("clarification", CaseWords.Clarification);
    public static readonly MessageKind Validation = Carrying(ActKind.Validation, record: true);
    public static readonly MessageKind Decision = Carrying(ActKind.Decision, record: true);
    public static readonly MessageKind DelayNotice = Word("delay-notice", CaseWords.DelayNotice);
    public static readonly MessageKind Withdrawal = Carrying(ActKind.Withdrawal, record: true, underLegalSuspension: true);

    /// <summary>Carries a request act whose items are all <c>measure: preserve</c>.</summary>
    public static readonly MessageKind PreservationRequest = new("preservation-request", new Struct([]), ActKind.Request, false, ThreadRule.Case, false);

    public static readonly MessageKind PreservationStatus = Word("preservation-status", CaseWords.PreservationStatus);
    public static readonly MessageKind TransferOffer = Carrying(ActKind.TransferOffer, record: true);
    public static readonly MessageKind ConditionsAccepted = Carrying(ActKind.ConditionsAccepted, record: true);
    public static readonly MessageKind KeyRelease = new("key-release", MessageBody.KeyRelease.Shape, null, true, ThreadRule.Case, false);
    public static readonly MessageKind Receipt = Word("receipt", MessageBody.ReceiptOf.Shape, ThreadRule.Any, underLegalSuspension: true);
    public static readonly MessageKind UseReportRequest = Word("use-report-request", CaseWords.UseReportRequest);
    public static readonly MessageKind UseReport = Word("use-report", CaseWords.UseReport, underLegalSuspension: true);
    public static readonly MessageKind OnwardRequest = Word("onward-request", CaseWords.OnwardRequest);
    public static readonly MessageKind OnwardDecision = Carrying(ActKind.OnwardDecision, record: true);
    public static readonly MessageKind RemedyNotice = Carrying(ActKind.RemedyNotice, record: false, underLegalSuspension: true);
    public static readonly MessageKind DestructionOrder = Carrying(ActKind.DestructionOrder, record: true);
    public static readonly MessageKind DestructionCertificate = Carrying(ActKind.DestructionCertificate, record: true, underLegalSuspension: true);
    public static readonly MessageKind EnforcementNotification = Word("enforcement-notification", CaseWords.EnforcementNotification);
    public static readonly MessageKind EnforcementRequest = Word("enforcement-request", CaseWords.EnforcementRequest);
    public static readonly MessageKind Objection = Carrying(ActKind.Objection, record: false);
    public static readonly MessageKind PreservationExtension = Word("preservation-extension", CaseWords.PreservationExtension);
    public static readonly MessageKind ProductionFollows = Word("production-follows", CaseWords.ProductionFollows);
    public static readonly MessageKind ReconciliationList = Word("reconciliation-list", MessageBody.ReconciliationList.Shape, ThreadRule.Link);
    public static readonly MessageKind IncidentNotice = Word("incident-notice", MessageBody.IncidentNotice.Shape, ThreadRule.Any, underLegalSuspension: true);
    public static readonly MessageKind SuspensionNotice = Word("suspension-notice", MessageBody.SuspensionNotice.Shape, ThreadRule.Link);
    public static readonly MessageKind ResendRequest = Word("resend-request", MessageBody.ResendRequest.Shape, ThreadRule.Any);
    public static readonly MessageKind Checkpoint = Word("checkpoint", MessageBody.Checkpoint.Shape, ThreadRule.Link);
    public static readonly MessageKind Ping = Word("ping", MessageBody.Ping.Shape, ThreadRule.Link);

    private MessageKind(string slug, Struct body, ActKind? carries, bool hasRecord, ThreadRule thread, bool underLegalSuspension)
    {
        (Slug, Typ, Carries, HasRecord, Thread, UnderLegalSuspension) = (slug, $"mlat-msg-{slug}+jwt", carries, hasRecord, thread, underLegalSuspension);
        var acts = carries is null ? 0 : 1;
        var core = new List<Member>
        {
            Must("messageType", new OneOf(slug)),
            Must("schemaVersion", new Whole(1, 1)),
            Must("jti", Shapes.Id),
            Must("iss", Shapes.Entity),
            Must("aud", Shapes.Entity),
            Must("iat", new Whole(0, 253_402_300_799)),
            Must("issuedAt", Shapes.Time),
            Must("thread", Shapes.Id),
            Must("seq", new Whole(1, 1L << 53)),
            Must("prev", new OrNull(Shapes.Digest)),
            Must("seen", new OrNull(new Struct(Must("seq", new Whole(1, 1L << 53)), Must("digest", Shapes.Digest)))),
        };
        if (hasRecord)
            core.Add(Must("record", new Carried(8192)));
        core.Add(Must("acts", new List(Shapes.Digest, acts, acts)));
        Payload = new Struct([.. core, .. body.Members, May("supersedes", Shapes.Digest)]);
    }

    /// <summary>All kinds, in the order of the specification.</summary>
    public static IReadOnlyList<MessageKind> All { get; } =
    [
        Request, Acknowledgement, ClarificationRequest, Clarification, Validation, Decision, DelayNotice, Withdrawal, PreservationRequest, PreservationStatus,
        TransferOffer, ConditionsAccepted, KeyRelease, Receipt, UseReportRequest, UseReport, OnwardRequest, OnwardDecision, RemedyNotice, DestructionOrder,
        DestructionCertificate, EnforcementNotification, Objection, PreservationExtension, ProductionFollows, ReconciliationList, IncidentNotice,
        SuspensionNotice, ResendRequest, Checkpoint, Ping, EnforcementRequest,
    ];

    /// <summary>Name in kebab case, the payload's <c>messageType</c>.</summary>
    public string Slug { get; }

    /// <summary>The JWS header's <c>typ</c>.</summary>
    public string Typ { get; }

    /// <summary>Strict shape of the whole payload.</summary>
    public Struct Payload { get; }

    /// <summary>The kind of the one act it carries; null where the message is the node's own word and carries none.</summary>
    public ActKind? Carries { get; }

    /// <summary>Whether the payload has a <c>record</c>; where not, the member is refused.</summary>
    public bool HasRecord { get; }

    public ThreadRule Thread { get; }

    /// <summary>Whether it is still admitted from a party under <c>legal</c> suspension: what winds an exchange down or reports harm.</summary>
    public bool UnderLegalSuspension { get; }

    /// <summary>Whether it is answered by a receipt; answering receipts, checkpoints and pings would never end.</summary>
    public bool IsReceipted => this != Receipt && this != Checkpoint && this != Ping;

    /// <summary>The kind of a JWS header's <c>typ</c>, or null.</summary>
    public static MessageKind? OfTyp(string typ) => All.FirstOrDefault(kind => kind.Typ == typ);

    /// <summary>The kind of that name, or null.</summary>
    public static MessageKind? Of(string slug) => All.FirstOrDefault(kind => kind.Slug == slug);

    public override string ToString() => Slug;

    private static MessageKind Carrying(ActKind act, bool record, bool underLegalSuspension = false)
        => new(act.Slug, new Struct([]), act, record, ThreadRule.Case, underLegalSuspension);

    private static MessageKind Word(string slug, Struct body, ThreadRule thread = ThreadRule.Case, bool underLegalSuspension = false)
        => new(slug, body, null, false, thread, underLegalSuspension);
}
