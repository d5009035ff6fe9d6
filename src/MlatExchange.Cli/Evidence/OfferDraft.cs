using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Cli.Evidence;

/// <summary>What <c>mlat seal</c> writes to <c>offer.json</c> and <c>mlat upload</c> posts: the body of <c>POST /api/received/{id}/transfers</c>.</summary>
internal sealed record OfferDraft(string Transfer, DateTimeOffset ReleaseBy, DateTimeOffset Expires, IReadOnlyList<SealedItemDraft> Items)
{
    internal const string FileName = "offer.json";

    private static readonly JsonSerializerOptions Writing =
        new(StrictJson.Options) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Writing);

    internal static OfferDraft Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return StrictJson.TryRead<OfferDraft>(Files.Read(path).AsSpan().Trim(" \t\r\n"u8), out var draft, out var fault)
            ? draft
            : throw Refusal.Usage($"{path}: {fault.Rule} at '{fault.JsonPointer}'.");
    }
}

/// <param name="Ref">Reference inside the transfer.</param>
/// <param name="RequestItem">Item of the request that it answers.</param>
/// <param name="Size">Padded plaintext, bytes.</param>
/// <param name="Digest">Item digest of the sealed file.</param>
/// <param name="Commitment">Commitment to the content, base64url.</param>
/// <param name="MediaType">As declared; nothing looks into the content.</param>
/// <param name="Custody">Signed custody record of the sealing (compact JWS).</param>
/// <param name="History">Signed custody records of what was done before, oldest first; null where none is told.</param>
/// <param name="WrappedShare">JWE(A).</param>
/// <param name="NodeShare">Share B, base64url: for the supplier's own node only.</param>
internal sealed record SealedItemDraft(
    string Ref,
    string RequestItem,
    long Size,
    Digest Digest,
    string Commitment,
    string MediaType,
    string DataCategory,
    string SubjectCategory,
    string Handling,
    string Custody,
    string WrappedShare,
    string NodeShare,
    WireRetention Retention,
    IReadOnlyList<OfferedCondition> Conditions,
    string Tool,
    IReadOnlyList<string>? History = null);

/// <summary>A condition that the offer sets; its value becomes a disclosure.</summary>
internal sealed record OfferedCondition(string Type, string? Value = null);

/// <summary>The file given as <c>--terms</c>.</summary>
internal sealed record OfferedTerms(WireRetention Retention, IReadOnlyList<OfferedCondition> Conditions)
{
    internal static OfferedTerms Read(string path) =>
        StrictJson.TryRead<OfferedTerms>(Files.Read(path).AsSpan().Trim(" \t\r\n"u8), out var terms, out var fault)
            ? terms
            : throw Refusal.Usage($"{path}: {fault.Rule} at '{fault.JsonPointer}'; it holds retention and conditions as a request does.");
}
