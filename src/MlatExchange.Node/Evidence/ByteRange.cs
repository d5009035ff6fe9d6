using System.Buffers;
using System.Globalization;

namespace MlatExchange.Node.Evidence;

/// <summary>One range of a sealed item as a caller asks for it (RFC 9110 section 14), and how it is answered, in constant memory.</summary>
/// <param name="From">First byte.</param>
/// <param name="Length">Bytes from there.</param>
/// <param name="Whole">The caller asked for no range.</param>
public readonly record struct ByteRange(long From, long Length, bool Whole)
{
    private const int BufferLength = 256 * 1024;

    /// <summary>The range asked for; null where it lies outside or is more than one.</summary>
    public static ByteRange? Of(HttpContext http, long total)
    {
        if (http.Request.Headers.Range.Count == 0) return new(0, total, true);
        if (http.Request.GetTypedHeaders().Range is not { Unit.Value: "bytes", Ranges.Count: 1 } header) return null;
        var range = header.Ranges.First();
        var from = range.From ?? Math.Max(0, total - (range.To ?? 0));
        var to = range.From is null ? total - 1 : Math.Min(range.To ?? (total - 1), total - 1);
        return from > to ? null : new(from, to - from + 1, false);
    }

    /// <summary>416, with the length that a caller may compare.</summary>
    public static IResult Outside(HttpContext http, long total)
    {
        http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{total}");
        return Http.Problem.Of(StatusCodes.Status416RangeNotSatisfiable, "range-outside", "The range lies outside the item.");
    }

    /// <exception cref="EndOfStreamException">The store has fewer bytes than it said.</exception>
    public async Task Send(HttpContext http, Stream source, long total)
    {
        var cancellation = http.RequestAborted;
        http.Response.StatusCode = Whole ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = Length;
        http.Response.Headers.AcceptRanges = "bytes";
        if (!Whole) http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {From}-{From + Length - 1}/{total}");
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (var left = Length; left > 0;)
            {
                var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation);
                if (read == 0) throw new EndOfStreamException("A sealed item ended early.");
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellation);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
