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
    public static byte[] Of(StoredEvent e, ReadOnlySpan<byte> nonce) => HMACSHA256.HashData(nonce, Canonical(e).WrittenSpan);

    private static ArrayBufferWriter<byte> Canonical(StoredEvent e)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        try
        {
            output.Write("{\"data\":"u8);
            Json(output, e.Data);
            output.Write(",\"headers\":"u8);
            Json(output, e.Headers);
        }
        catch (Exception refused) when (refused is FormatException or JsonException)
        {
            // Only a hand-run INSERT gets here: jsonb holds numbers and depths that have no canonical form. It enters the log all the same, bound to the text as the database prints it.
            output.ResetWrittenCount();
            output.Write("{\"data\":"u8);
            CanonicalJson.Write(output, JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(e.Data.Span)));
            output.Write(",\"headers\":"u8);
            CanonicalJson.Write(output, JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(e.Headers.Span)));
        }
        output.Write(",\"stream\":"u8);
        Text(output, e.Stream);
        output.Write(",\"type\":"u8);
        Text(output, e.Type);
        output.Write(",\"version\":"u8);
        e.Version.TryFormat(output.GetSpan(20), out var digits, default, CultureInfo.InvariantCulture);
        output.Advance(digits);
        output.Write("}"u8);
        return output;
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

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static void Text(ArrayBufferWriter<byte> output, string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            CanonicalJson.Write(output, JsonSerializer.SerializeToElement(text));
            return;
        }
        output.Write("\""u8);
        Encoding.ASCII.GetBytes(text, output);
        output.Write("\""u8);
    }
}
