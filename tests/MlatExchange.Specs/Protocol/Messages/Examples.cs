using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Messages;

/// <summary>A whole example of every act and message that has a page.</summary>
internal static class Examples
{
    public static IEnumerable<Act> OfActs =>
    [
        CasesOfGoodMessages.Request, CasesOfGoodMessages.Validation, CasesOfGoodMessages.Decision, CasesOfGoodMessages.Offer, CasesOfGoodMessages.Acceptance,
        CasesOfGoodMessages.Withdrawal, CasesOfGoodMessages.Objection, CasesOfGoodMessages.Consent, CasesOfGoodMessages.Remedy, CasesOfGoodMessages.Order, CasesOfGoodMessages.Certificate,
    ];

    public static IEnumerable<Draft> OfMessages =>
    [
        .. CasesOfGoodMessages.All.Where(given => given.Name is not "00-request-undisclosed").Select(given => given.Draft),
        new Draft(new MessageBody.Acknowledgement(CasesOfGoodMessages.Request.Ref, "xb-central")) { Sender = "xb" },
        Words(MessageKind.ClarificationRequest, $"\"items\":[\"i1\"],", "xb"),
        Words(MessageKind.Clarification, $"\"answers\":\"{Acts.DigestOf("clarification request")}\",", "xa"),
        Words(MessageKind.DelayNotice, "\"ground\":\"volume\",\"until\":\"2026-12-20T12:00:00.000Z\",", "xb"),
        Word(MessageKind.PreservationStatus, "\"items\":[{\"ref\":\"i1\",\"status\":\"preserved\",\"until\":\"2027-01-18T22:00:00.000Z\"},{\"ref\":\"i2\",\"status\":\"not-possible\"}]", "xb"),
        Word(MessageKind.PreservationExtension, "\"items\":[\"i1\"],\"days\":30", "xa"),
        Word(MessageKind.EnforcementNotification, "\"authority\":\"xb-central\",\"items\":[\"i1\"]", "xa"),
        Words(MessageKind.EnforcementRequest, "\"authority\":\"xb-central\",\"items\":[\"i1\"],", "xa"),
        Word(MessageKind.ProductionFollows, $"\"items\":[\"i1\"],\"production\":{{\"act\":\"{Acts.Id("production")}\",\"digest\":\"{Acts.DigestOf("production")}\"}}", "xa"),
        About(MessageKind.UseReport, "\"items\":[{\"ref\":\"e1\",\"uses\":[{\"purpose\":\"establish-the-facts\",\"on\":\"2026-11-20\"}]}]"),
        About(MessageKind.OnwardRequest, "\"items\":[\"e1\"],\"to\":{\"jurisdiction\":\"XC\",\"authority\":\"xc-central\"},\"purpose\":\"establish-the-facts\""),
        new Draft(new MessageBody.ResendRequest(new MissingMessages(Acts.Id("thread"), 2, 4))),
        new Draft(new MessageBody.IncidentNotice("share-mismatch", Acts.Transfer, ["e1"], [Acts.DigestOf("key release")])),
        new Draft(new MessageBody.SuspensionNotice("https://node.xc.example", "legal", World.Now)),
        new Draft(new MessageBody.ReconciliationList(
            World.Start, World.Now, [new ReconciliationEntry(World.XaNode, Acts.Id("thread"), 1, Acts.DigestOf("record"))])),
        new Draft(new MessageBody.Checkpoint(
            new Checkpoint(World.LogOrigin("xa"), 6, default).Sign(Draft.SignerOf("xa")).ToString(),
            new LoggedConsistency(4, [MlatExchange.Protocol.Jose.Base64Url.Encode(Acts.DigestOf("node").ToArray())]))),
    ];

    /// <summary>The holder's words about a transfer, with one text disclosed among decoys.</summary>
    private static Draft About(MessageKind kind, string members) =>
        new(new MessageBody.Other(kind, Acts.Json($"{{\"transfer\":\"{Acts.Transfer}\",{members},\"texts\":{{\"_sd\":[{Decoys(kind)}]}}}}")));

    private static string Decoys(MessageKind kind) =>
        string.Join(',', Enumerable.Range(0, 4).Select(n => $"\"{Acts.DigestOf($"{kind} {n}").ToString()["sha-256:".Length..]}\"").Order(StringComparer.Ordinal));

    /// <summary>Words about the request act with one text disclosed among decoys.</summary>
    private static Draft Words(MessageKind kind, string members, string sender)
    {
        var digests = string.Join(',', Enumerable.Range(0, 4).Select(n => $"\"{Acts.DigestOf($"{kind} {n}").ToString()["sha-256:".Length..]}\"").Order(StringComparer.Ordinal));
        return Word(kind, $"{members}\"texts\":{{\"_sd\":[{digests}]}}", sender);
    }

    private static Draft Word(MessageKind kind, string members, string sender)
    {
        var reference = CasesOfGoodMessages.Request.Ref;
        return new Draft(new MessageBody.Other(kind, Acts.Json($"{{\"inReplyTo\":{{\"act\":\"{reference.Act}\",\"digest\":\"{reference.Digest}\"}},{members}}}"))) { Sender = sender };

    }
}
