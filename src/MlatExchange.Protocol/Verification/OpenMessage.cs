using System.Text.Json;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Verification;

/// <summary>What steps 1 to 10 need besides the bytes.</summary>
/// <param name="Trust">The lists in use.</param>
/// <param name="OwnNode">Entity id of this node.</param>
/// <param name="RecipientKeys">Private encryption keys that still live, by thumbprint.</param>
/// <param name="Counterpart">Jurisdiction that the queue belongs to; null where the bytes came without one, as in offline verification.</param>
/// <param name="ReceivedAt">The one instant of the whole run.</param>
public sealed record OpeningFacts(
    TrustSnapshot Trust, string OwnNode, IReadOnlyDictionary<string, EcKey> RecipientKeys, string? Counterpart, DateTimeOffset ReceivedAt);

/// <summary>A message whose sender is proven (steps 1 to 10). What it says is still to be judged.</summary>
/// <param name="Kind">Kind, from the signed <c>typ</c>.</param>
/// <param name="Payload">The payload, strictly parsed, its shape not yet checked.</param>
/// <param name="Core">Sender, recipient and place in the thread; null where those members are faulty, which step 14 will name.</param>
/// <param name="SignedAt"><c>iat</c>; null where it is faulty.</param>
/// <param name="Key">The key that signed.</param>
public sealed record OpenedMessage(
    SealedEnvelope Envelope, CompactJws Jws, MessageKind Kind, JsonElement Payload, MessageCore? Core, DateTimeOffset? SignedAt, TrustedKey Key)
{
    /// <summary>Digest of the message.</summary>
    public Digest Digest => Jws.Digest;
}

/// <summary>What steps 1 to 10 came to.</summary>
public abstract record Opening
{
    private Opening()
    {
    }

    /// <summary>The sender is proven; look up what <see cref="JudgingFacts"/> asks for and judge.</summary>
    public sealed record Opened(OpenedMessage Message) : Opening;

    /// <summary>Nothing is known of who sent it: quarantine, no answer.</summary>
    public sealed record Refused(StepFailure Failure) : Opening;
}

/// <summary>Steps 1 to 10: from bytes to a proven sender. Pure: no clock, no I/O; it never throws on any input.</summary>
public static class OpenMessage
{
    private static readonly Struct Place = new(
        Must("jti", Shapes.Id),
        Must("iss", Shapes.Entity),
        Must("aud", Shapes.Entity),
        Must("issuedAt", Shapes.Time),
        Must("thread", Shapes.Id),
        Must("seq", new Whole(1, 1L << 53)),
        Must("prev", new OrNull(Shapes.Digest)),
        Must("seen", new OrNull(new Struct(Must("seq", new Whole(1, 1L << 53)), Must("digest", Shapes.Digest)))),
        May("supersedes", Shapes.Digest)) { IsOpen = true };

    /// <summary>Runs the steps in order; the first that fails is named.</summary>
    /// <param name="unverified">The bytes from the bus as text: a compact JWE.</param>
    /// <param name="facts">Trust, keys, instant.</param>
    public static Opening Run(string unverified, OpeningFacts facts)
    {
        if (!CompactJwe.TryRead(unverified, SealedEnvelope.Type, SealedEnvelope.ContentType, out var jwe, out var fault)) // 1, 2
            return Refuse(fault);
        if (!facts.RecipientKeys.TryGetValue(jwe.KeyId, out var recipientKey)) // 3
            return Refuse(Step.RecipientKey, "unknown-key", "/kid");
        if (!jwe.TryOpen(recipientKey, out var plaintext, out fault)) // 4
            return Refuse(fault);
        var (envelope, faulty) = SealedEnvelope.Read(plaintext, out var duplicate); // 5, 6
        if (envelope is null)
            return Refuse(duplicate ? Step.DuplicateMembers : Step.Shape, faulty!.Rule, faulty.JsonPointer);
        return Open(envelope, facts);
    }

    /// <summary>Steps 5 to 10 on an envelope that was decrypted elsewhere, such as a bundle shown to a court.</summary>
    public static Opening Open(SealedEnvelope unverified, OpeningFacts facts)
    {
        if (!CompactJws.TryRead(unverified.Message, out var jws, out var fault)) // 5, 6, 7
            return Refuse(fault);
        if (MessageKind.OfTyp(jws.Type) is not { } kind) // 5
            return Refuse(Step.Shape, "type", "/typ");
        if (!StrictJson.TryParse(jws.Payload, out var document, out var broken)) // 5, 6
            return Refuse((Step)broken.Step, StepFailure.Slug(broken.Rule), broken.JsonPointer);
        JsonElement payload;
        using (document)
            payload = document.RootElement.Clone();
        if (payload.ValueKind != JsonValueKind.Object) // 5
            return Refuse(Step.Shape, "wrong-type");
        var issuer = TextOf(payload, "iss");
        if (issuer is null || facts.Trust.FindKey(issuer, jws.KeyId, KeyUse.Message) is not { } key) // 8
            return Refuse(Step.Key, "unknown-key", "/kid");
        if (facts.Trust.IsExpired(key.Jurisdiction, facts.ReceivedAt)) // 8: a list that ran out states nothing any more
            return Refuse(Step.Key, "trust-list-expired");
        if (!jws.IsSignedBy(key.Key)) // 9
            return Refuse(Step.Signature, "signature");
        if (TextOf(payload, "aud") != facts.OwnNode) // 10: one exact string; an array that holds it is another form
            return Refuse(Step.IssuerAndAudience, "audience", "/aud");
        if (issuer == facts.OwnNode || (facts.Counterpart is { } counterpart && key.Jurisdiction != counterpart))
            return Refuse(Step.IssuerAndAudience, "issuer", "/iss");
        var core = Place.Check(payload).Count == 0 ? PayloadJson.Read<MessageCore>(payload) : null;
        return new Opening.Opened(new OpenedMessage(unverified, jws, kind, payload, core, SecondOf(payload), key));
    }

    private static string? TextOf(JsonElement payload, string member)
        => payload.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? SecondOf(JsonElement payload)
        => payload.TryGetProperty("iat", out var iat) && iat.ValueKind == JsonValueKind.Number && iat.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static Opening.Refused Refuse(JoseFault fault) => Refuse((Step)fault.Step, StepFailure.Slug(fault.Rule), fault.JsonPointer);

    private static Opening.Refused Refuse(Step step, string rule, string jsonPointer = "") => new(new StepFailure(step, rule, jsonPointer));
}
