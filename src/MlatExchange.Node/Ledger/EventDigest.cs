using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// What a leaf holds of its event: HMAC-SHA-256(nonce, canonical JSON of <c>{data, headers, stream, type, version}</c> as read back). It says nothing without the event,
/// and any later change of the event shows.
/// </summary>
internal static class EventDigest
{
    public static byte[] Of(StoredEvent e, ReadOnlySpan<byte> nonce) => Of(e, nonce, new ArrayBufferWriter<byte>(1024));

    /// <param name="e">The event.</param>
    /// <param name="nonce">The leaf's 32 random bytes.</param>
    /// <param name="scratch">Overwritten; kept by the caller from leaf to leaf.</param>
    public static byte[] Of(StoredEvent e, ReadOnlySpan<byte> nonce, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        try
        {
            scratch.Write("{\"data\":"u8);
            Json(scratch, e.Data);
            scratch.Write(",\"headers\":"u8);
            Json(scratch, e.Headers);
        }
        catch (Exception refused) when (refused is FormatException or JsonException)
        {
            // Only a hand-run INSERT gets here: jsonb holds numbers and depths that have no canonical form. It enters the log all the same, bound to the text as the database prints it.
            scratch.ResetWrittenCount();
            scratch.Write("{\"data\":"u8);
            CanonicalText.Write(scratch, Encoding.UTF8.GetString(e.Data.Span));
            scratch.Write(",\"headers\":"u8);
            CanonicalText.Write(scratch, Encoding.UTF8.GetString(e.Headers.Span));
        }
        scratch.Write(",\"stream\":"u8);
        CanonicalText.Write(scratch, e.Stream);
        scratch.Write(",\"type\":"u8);
        CanonicalText.Write(scratch, e.Type);
        scratch.Write(",\"version\":"u8);
        e.Version.TryFormat(scratch.GetSpan(20), out var digits, default, CultureInfo.InvariantCulture);
        scratch.Advance(digits);
        scratch.Write("}"u8);
        return HMACSHA256.HashData(nonce, scratch.WrittenSpan);
    }

    private static void Json(ArrayBufferWriter<byte> output, ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            output.Write("null"u8);
            return;
        }
        using var document = JsonDocument.Parse(json);
        CanonicalJson.Write(output, document.RootElement);
    }
}
