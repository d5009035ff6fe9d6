using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Protocol.Bundles;

/// <summary>
/// One file that a court keeps of one message: everything that was signed, as it was signed, and the trust it was accepted under. Format in
/// contracts/transparency/bundle.md.
/// </summary>
/// <param name="Kind">Always <c>mlat-bundle</c>.</param>
/// <param name="Version">Always 1.</param>
/// <param name="ReceivedAt">When the holder received it: the holder's word, and the instant that everything is judged at.</param>
/// <param name="Message">Compact JWS of the message.</param>
/// <param name="Acts">Compact JWSs of the acts that travelled with it.</param>
/// <param name="Shares">Compact JWEs that travelled with it.</param>
/// <param name="Disclosures">Disclosures that the holder has and shows.</param>
/// <param name="Logged">Proof that the message is in its sender's log.</param>
/// <param name="Earlier">Compact JWSs of the acts it rests on, back to the request.</param>
/// <param name="Receipts">Receipts for it.</param>
/// <param name="Lists">Signed trust lists that it was accepted under; they count only under an anchor that the verifier has pinned.</param>
/// <param name="Verdict">The verdict as the holder stored it: shown beside the verifier's own, never believed.</param>
public sealed record BundleFile(
    string Kind,
    int Version,
    DateTimeOffset ReceivedAt,
    string Message,
    IReadOnlyList<string> Acts,
    IReadOnlyList<string> Shares,
    IReadOnlyList<string> Disclosures,
    LoggedProof Logged,
    IReadOnlyList<string> Earlier,
    IReadOnlyList<BundledReceipt> Receipts,
    IReadOnlyList<string> Lists,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Verdict = null)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string FileKind = "mlat-bundle";

    private const int MaximumLength = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Writing = new(StrictJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The file's bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Writing);

    /// <summary>Reads a file strictly; white space around the value is allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out BundleFile? bundle, [NotNullWhen(false)] out JsonFault? fault)
    {
        fault = StrictJson.TryRead(file.Trim(" \t\r\n"u8), out bundle, out var json, MaximumLength)
            ? bundle switch
            {
                { Kind: not FileKind } => new(JsonRule.Shape, "/kind"),
                { Version: not 1 } => new(JsonRule.Shape, "/version"),
                _ => null,
            }
            : json;
        bundle = fault is null ? bundle : null;
        return bundle is not null;
    }
}

/// <summary>A receipt as it travelled.</summary>
/// <param name="ReceivedAt">When the sender of the first message received it.</param>
/// <param name="Message">Compact JWS of the receipt.</param>
/// <param name="Logged">Proof that the receipt is in the log of whoever signed it.</param>
public sealed record BundledReceipt(DateTimeOffset ReceivedAt, string Message, LoggedProof Logged);
