using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

/// <summary>Shapes of the node's words about a case that have no record of their own: they are read as <see cref="MessageBody.Other"/>.</summary>
internal static class CaseWords
{
    public static readonly Struct ClarificationRequest = new(
        Must("inReplyTo", Shapes.ActRef), May("items", Shapes.Refs(1)), May("answerBy", Shapes.Time), Must("texts", Shapes.Selective));

    public static readonly Struct Clarification = new(
        Must("inReplyTo", Shapes.ActRef), Must("answers", Shapes.Digest), Must("texts", Shapes.Selective));

    public static readonly Struct DelayNotice = new(
        Must("inReplyTo", Shapes.ActRef), Must("ground", Shapes.Slug), May("until", Shapes.Time), May("texts", Shapes.Selective));

    public static readonly Struct PreservationStatus = new(
        Must("inReplyTo", Shapes.ActRef),
        Must("items", new List(
            new Struct(
                Must("ref", Shapes.Ref), Must("status", new OneOf("preserved", "not-possible", "extended", "released", "expired")), May("until", Shapes.Time)),
            1,
            200,
            "ref")));

    public static readonly Struct PreservationExtension = new(Must("inReplyTo", Shapes.ActRef), Must("items", Shapes.Refs(1)), Must("days", new Whole(1, 365)));

    public static readonly Struct ProductionFollows = new(Must("inReplyTo", Shapes.ActRef), Must("items", Shapes.Refs(1)), May("production", Shapes.ActRef));

    public static readonly Struct EnforcementNotification = new(Must("inReplyTo", Shapes.ActRef), Must("authority", Shapes.Authority), Must("items", Shapes.Refs(1)));

    public static readonly Struct EnforcementRequest = new(Must("inReplyTo", Shapes.ActRef), Must("authority", Shapes.Authority), Must("items", Shapes.Refs(1)), Must("texts", Shapes.Selective));

    public static readonly Struct UseReportRequest = new(
        Must("transfer", Shapes.Id), Must("items", Shapes.Refs(1)), May("answerBy", Shapes.Time), May("texts", Shapes.Selective));

    public static readonly Struct UseReport = new(
        Must("transfer", Shapes.Id),
        Must("items", new List(
            new Struct(
                Must("ref", Shapes.Ref),
                Must("uses", new List(new Struct(Must("purpose", Shapes.Slug), Must("on", Shapes.Date)), 0, 200))),
            1,
            200,
            "ref")),
        May("texts", Shapes.Selective));

    public static readonly Struct OnwardRequest = new(
        Must("transfer", Shapes.Id),
        Must("items", Shapes.Refs(1)),
        Must("to", new Struct(Must("jurisdiction", Shapes.Jurisdiction), May("authority", Shapes.Authority))),
        Must("purpose", Shapes.Slug),
        May("texts", Shapes.Selective));
}
