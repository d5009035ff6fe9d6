using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// What happened to a transfer of evidence. Stream <c>transfer-{wire id}</c>; each side keeps its own. A stream that begins with
/// <see cref="SupplyEvent.Prepared"/> is the supplier's, one that begins with <see cref="HoldingEvent.OfferReceived"/> the holder's; <see cref="UseEvent"/> stands in both.
/// </summary>
public abstract record TransferEvent
{
    private protected TransferEvent()
    {
    }

    /// <summary>Name of the stream of the transfer with the wire id <paramref name="transfer"/> (128 random bits, base64url).</summary>
    public static string StreamName(string transfer) => $"transfer-{transfer}";
}

/// <summary>An item of evidence as it is offered: codes, digests and sizes; names of files and people are in the sealed bytes alone.</summary>
/// <param name="Ref">Reference inside the transfer, <c>[a-z0-9-]{1,32}</c>.</param>
/// <param name="RequestItem">Reference of the item of the request that it answers.</param>
/// <param name="Size">Padded plaintext size in bytes; the true size is sealed.</param>
/// <param name="Digest">Digest of the sealed bytes, <c>sha-256:...</c>.</param>
/// <param name="Commitment">HMAC commitment to the content under a key sealed with share A.</param>
/// <param name="MediaType">As declared by the sealing official; never sniffed.</param>
/// <param name="SubjectCategory">LED Article 6 category of the persons the item is about.</param>
/// <param name="WrappedShareDigest">SHA-256 of JWE(A).</param>
/// <param name="NodeShareDigest">SHA-256 of share B.</param>
/// <param name="Conditions">Types of the conditions on use; their values travel in the act.</param>
/// <param name="Tool">What sealed it, such as <c>cli</c>.</param>
/// <param name="Limits">Days and terms of those conditions that have one; null where none has.</param>
/// <param name="Custody">Digest of the signed record of its sealing; null where it was offered without one.</param>
public sealed record EvidenceItem(
    string Ref,
    string RequestItem,
    long Size,
    string Digest,
    string Commitment,
    string MediaType,
    string DataCategory,
    string SubjectCategory,
    string Handling,
    string WrappedShareDigest,
    string NodeShareDigest,
    RetentionTerms Retention,
    IReadOnlyList<string> Conditions,
    string Tool,
    IReadOnlyList<ConditionLimit>? Limits = null,
    string? Custody = null)
{
    /// <summary>The day or term of a condition of this item; null where it has none that a clock can read.</summary>
    public ConditionLimit? Limit(string condition) => Limits?.FirstOrDefault(limit => limit.Condition == condition);
}

/// <summary>Terms of an offer, repeated word for word by whoever accepts it.</summary>
/// <param name="ActDigest">Digest of the transfer-offer act.</param>
/// <param name="ConditionsDigest">SHA-256 over the conditions of all items.</param>
/// <param name="TermsDigest">SHA-256 over the retention terms of all items.</param>
public sealed record OfferDigests(string ActDigest, string ConditionsDigest, string TermsDigest);
