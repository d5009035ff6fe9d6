namespace MlatExchange.Protocol.Sealing;

/// <summary>Fills the start of a buffer and says how many bytes; 0 is the end. <c>stream.Read</c> is one.</summary>
public delegate int ByteSource(Span<byte> buffer);

/// <summary>Takes the next bytes; the span is valid only during the call. <c>stream.Write</c> is one.</summary>
public delegate void ByteSink(ReadOnlySpan<byte> bytes);

internal static class ByteStreams
{
    /// <summary>Reads until the buffer is full or the source ends; how many bytes.</summary>
    internal static int Fill(this ByteSource source, Span<byte> buffer)
    {
        var filled = 0;
        for (var read = 1; read > 0 && filled < buffer.Length; filled += read)
        {
            read = source(buffer[filled..]);
        }
        return filled;
    }
}
