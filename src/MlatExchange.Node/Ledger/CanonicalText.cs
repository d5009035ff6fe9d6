using System.Buffers;
using System.Text;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Ledger;

/// <summary>Writes strings in canonical form: those without anything to escape, which is nearly all that a leaf has, byte by byte.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    public static void Write(IBufferWriter<byte> output, string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            CanonicalJson.Write(output, JsonSerializer.SerializeToElement(text));
            return;
        }
        var span = output.GetSpan(text.Length + 2);
        span[0] = (byte)'"';
        Encoding.ASCII.GetBytes(text, span[1..]);
        span[text.Length + 1] = (byte)'"';
        output.Advance(text.Length + 2);
    }
}
