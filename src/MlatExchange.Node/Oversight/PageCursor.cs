using System.Buffers.Binary;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Oversight;

/// <summary>Where a page starts, and up to which position of the log all pages of the query look: newcomers belong to the next query, so no page shifts.</summary>
/// <param name="UpTo">Position of the log in whose state the first page was read.</param>
/// <param name="Key">What the last row of the page before was ordered by.</param>
/// <param name="Position">Its own place, which decides between equal keys.</param>
public sealed record PageCursor(long UpTo, long Key, long Position)
{
    private const int Length = 32;

    /// <summary>Null for a cursor of another query, or none at all.</summary>
    /// <param name="fingerprint">Eight bytes that stand for the other parameters.</param>
    public static PageCursor? Read(string text, ReadOnlySpan<byte> fingerprint)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.TryDecode(text, bytes) || !bytes[24..].SequenceEqual(fingerprint)) return null;
        var cursor = new PageCursor(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadInt64BigEndian(bytes[16..]));
        return cursor is { UpTo: > 0, Position: > 0, Key: >= 0 } && cursor.Key <= DateTime.MaxValue.Ticks ? cursor : null;
    }

    public string Text(ReadOnlySpan<byte> fingerprint)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, UpTo);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Key);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], Position);
        fingerprint.CopyTo(bytes[24..]);
        return Base64Url.Encode(bytes);
    }
}
