using System.Net;

namespace MlatExchange.Cli.Evidence;

/// <summary>The rest of a file as the body of a request, in constant memory, counted as it goes.</summary>
/// <param name="from">First byte; the file stands there.</param>
/// <param name="moved">Told the position after each write.</param>
internal sealed class CountedContent(Stream file, long from, Action<long> moved) : HttpContent
{
    private const int BufferLength = 256 * 1024;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var buffer = new byte[BufferLength];
        var at = from;
        int read;
        while ((read = await file.ReadAsync(buffer)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read));
            moved(at += read);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.Length - from;
        return true;
    }
}
