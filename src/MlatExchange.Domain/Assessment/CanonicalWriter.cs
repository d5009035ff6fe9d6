using System.Buffers;
using System.Globalization;
using System.Text;

namespace MlatExchange.Domain.Assessment;

/// <summary>
/// Writes JSON as RFC 8785 has it, when the caller gives members in ascending order: the framework's writer escapes more than the RFC allows.
/// The buffer is rented, because the digest of the facts is on the path of every assessment.
/// </summary>
internal sealed class CanonicalWriter : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(8192);
    private int length;
    private bool first = true;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public CanonicalWriter Open(char bracket)
    {
        Byte((byte)bracket);
        first = true;
        return this;
    }

    public CanonicalWriter Close(char bracket)
    {
        Byte((byte)bracket);
        first = false;
        return this;
    }

    /// <summary>A comma, unless this is the first in its bracket.</summary>
    public CanonicalWriter Next()
    {
        if (!first)
            Byte((byte)',');
        first = false;
        return this;
    }

    /// <param name="name">Plain ASCII, nothing to escape.</param>
    public CanonicalWriter Name(ReadOnlySpan<byte> name)
    {
        Room(name.Length + 4);
        var at = buffer.AsSpan(length);
        var start = 0;
        if (!first)
            at[start++] = (byte)',';
        at[start] = (byte)'"';
        name.CopyTo(at[(start + 1)..]);
        at[start + 1 + name.Length] = (byte)'"';
        at[start + 2 + name.Length] = (byte)':';
        length += start + name.Length + 3;
        first = false;
        return this;
    }

    public CanonicalWriter Text(ReadOnlySpan<byte> name, string? value)
    {
        Name(name);
        if (value is null)
            Raw("null"u8);
        else
            Quoted(value);
        return this;
    }

    public CanonicalWriter Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        Name(name).Open('[');
        for (var i = 0; i < values.Count; i++)
        {
            Next();
            Quoted(values[i]);
        }

        return Close(']');
    }

    public CanonicalWriter Flag(ReadOnlySpan<byte> name, bool? value)
    {
        Name(name);
        Raw(value switch { true => "true"u8, false => "false"u8, null => "null"u8 });
        return this;
    }

    public CanonicalWriter Whole(ReadOnlySpan<byte> name, int? value)
    {
        Name(name);
        if (value is { } number)
            Formatted(number, default);
        else
            Raw("null"u8);
        return this;
    }

    public CanonicalWriter Day(ReadOnlySpan<byte> name, DateOnly? value)
    {
        Name(name);
        if (value is not { } day)
        {
            Raw("null"u8);
            return this;
        }

        Byte((byte)'"');
        Formatted(day, "yyyy-MM-dd");
        Byte((byte)'"');
        return this;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Formatted<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Room(16);
        value.TryFormat(buffer.AsSpan(length), out var written, format, CultureInfo.InvariantCulture);
        length += written;
    }

    private void Quoted(string text)
    {
        Byte((byte)'"');
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var plain = rest.IndexOfAny(Escaped);
            var run = plain < 0 ? rest : rest[..plain];
            Room(run.Length * 3);
            length += Encoding.UTF8.GetBytes(run, buffer.AsSpan(length));
            if (plain < 0)
                break;
            Escape(rest[plain]);
            rest = rest[(plain + 1)..];
        }

        Byte((byte)'"');
    }

    private void Escape(char c)
    {
        var at = "\b\t\n\f\r\"\\".IndexOf(c, StringComparison.Ordinal);
        Byte((byte)'\\');
        if (at >= 0)
        {
            Byte("btnfr\"\\"u8[at]);
            return;
        }

        Raw("u00"u8);
        Byte("01"u8[c >> 4]);
        Byte("0123456789abcdef"u8[c & 15]);
    }

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\']);

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Byte(byte value)
    {
        Room(1);
        buffer[length++] = value;
    }

    private void Room(int more)
    {
        if (buffer.Length - length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + more));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
