using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Http;

/// <summary>Reads request bodies with one meaning only (no duplicate members, bounded size and depth, valid UTF-8); a fault names the member and the rule, never the value.</summary>
public static class StrictBody
{
    /// <summary>Most bytes of a JSON body; evidence goes by its own route.</summary>
    public const int Limit = StrictJson.MaxBytes;

    /// <summary>The body as JSON, or the 400/413 problem. An empty body reads as an empty object, so commands without members need none.</summary>
    public static async Task<(JsonElement Body, IResult? Refused)> Read(HttpContext http)
    {
        var bytes = await Bytes(http);
        if (bytes is null) return (default, Problem.Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "A body has at most 256 KiB."));
        var text = Trim(bytes);
        if (text.IsEmpty) text = "{}"u8.ToArray();
        if (!StrictJson.TryParse(text, out var document, out var fault)) return (default, Refuse(fault));
        using (document)
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), null)
                : (default, Refuse(new JsonFault(JsonRule.Shape, "")));
    }

    /// <summary>The body as a record: members unknown, missing or of another type are refused with their pointer.</summary>
    public static async Task<(T? Body, IResult? Refused)> Read<T>(HttpContext http)
        where T : class
    {
        var bytes = await Bytes(http);
        if (bytes is null) return (default, Problem.Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "A body has at most 256 KiB."));
        var text = Trim(bytes);
        return StrictJson.TryRead<T>(text.IsEmpty ? "{}"u8 : text.Span, out var body, out var fault) ? (body, null) : (null, Refuse(fault));
    }

    private static IResult Refuse(JsonFault fault)
    {
        var slug = JsonNamingPolicy.KebabCaseLower.ConvertName(fault.Rule.ToString());
        return fault.Rule == JsonRule.Shape
            ? Problem.Of([new MemberFault(fault.JsonPointer, "shape", "The member is missing, unknown, null or of another type than the contract says.")])
            : Problem.Of(StatusCodes.Status400BadRequest, "unreadable-json", "The body is not JSON with one meaning.", errors: [new MemberFault(fault.JsonPointer, slug, "See RFC 8259 and RFC 7493.")]);
    }

    private static ReadOnlyMemory<byte> Trim(byte[] bytes)
    {
        var end = bytes.Length;
        while (end > 0 && bytes[end - 1] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') end--;
        return bytes.AsMemory(0, end);
    }

    private static async Task<byte[]?> Bytes(HttpContext http)
    {
        if (http.Request.ContentLength > Limit) return null;
        using var copy = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > Limit) return null;
        }
        return copy.ToArray();
    }
}
