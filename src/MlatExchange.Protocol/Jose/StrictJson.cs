using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// Reads JSON with one meaning only: valid UTF-8 without byte order mark, no member twice at any depth, at most 32 levels, no lone surrogates,
/// nothing after the value. Parsers differ in all of these, and a signed text must not mean two things (RFC 8725 section 2.4, RFC 7493).
/// </summary>
public static class StrictJson
{
    /// <summary>Largest text in bytes (256 KiB).</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Most objects and arrays inside each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>Options for typed payloads: camelCase, unknown members refused, required members required, nulls only where declared, wire times.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    private static readonly JsonDocumentOptions Document = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a text of any shape. The document is pooled: dispose of it; <paramref name="utf8"/> must not change while it lives.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out JsonFault? fault, int maxBytes = MaxBytes)
    {
        document = null;
        fault = BeforeParsing(utf8.Span, maxBytes);
        if (fault is not null)
        {
            return false;
        }
        try
        {
            document = JsonDocument.Parse(utf8, Document);
            return true;
        }
        catch (JsonException)
        {
            fault = StrictJsonWalk.FindFault(utf8.Span) ?? new JsonFault(JsonRule.NotJson, "");
            return false;
        }
    }

    /// <summary>Reads a text into <typeparamref name="T"/> with <see cref="Options"/>; the fault names the member and never shows a value. Null as an item of an array is refused.</summary>
    public static bool TryRead<T>(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out JsonFault? fault, int maxBytes = MaxBytes)
        where T : class
    {
        value = null;
        // The serialiser lets null into lists of things that cannot be null; no format of ours has a list with nulls.
        fault = BeforeParsing(utf8, maxBytes) ?? (utf8.IndexOf("null"u8) >= 0 ? StrictJsonWalk.FindFault(utf8, refuseNullItems: true) : null);
        if (fault is not null)
        {
            return false;
        }
        try
        {
            value = JsonSerializer.Deserialize<T>(utf8, Options);
            fault = value is null ? new JsonFault(JsonRule.Shape, "") : null;
        }
        catch (JsonException e)
        {
            fault = StrictJsonWalk.FindFault(utf8) ?? JsonFault.At(JsonRule.Shape, StrictJsonWalk.PointerOf(e.Path));
        }
        return fault is null;
    }

    /// <summary>Checks a text without keeping anything of it; null when it is in order.</summary>
    public static JsonFault? Check(ReadOnlyMemory<byte> utf8, int maxBytes = MaxBytes)
    {
        if (TryParse(utf8, out var document, out var fault, maxBytes))
        {
            document.Dispose();
        }
        return fault;
    }

    private static JsonFault? BeforeParsing(ReadOnlySpan<byte> utf8, int maxBytes)
    {
        if (utf8.Length > maxBytes)
        {
            return new JsonFault(JsonRule.TooLarge, "");
        }
        if (utf8.StartsWith("\uFEFF"u8))
        {
            return new JsonFault(JsonRule.ByteOrderMark, "");
        }
        if (!Utf8.IsValid(utf8))
        {
            return new JsonFault(JsonRule.NotUtf8, "");
        }
        if (utf8 is [.., (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'])
        {
            return new JsonFault(JsonRule.TrailingBytes, "");
        }
        // Valid UTF-8 has no surrogates; only an escape can still spell one, and escapes are rare.
        return utf8.IndexOf("\\u"u8) >= 0 ? StrictJsonWalk.FindFault(utf8) : null;
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = MaxDepth,
            Converters = { new WireTime(), new WireEnum() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
