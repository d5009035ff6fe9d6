using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// The canonical form of JSON (RFC 8785): members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
/// Stricter than the RFC: integers beyond 2^53 and lone surrogates are refused rather than changed.
/// </summary>
public static class CanonicalJson
{
    private const double Largest = 9007199254740992; // 2^53

    /// <summary>The canonical bytes of a value as <see cref="StrictJson.Options"/> writes it.</summary>
    /// <exception cref="FormatException">A number or string without canonical form.</exception>
    public static byte[] Of<T>(T value) => Of(JsonSerializer.SerializeToElement(value, StrictJson.Options));

    /// <summary>The canonical bytes.</summary>
    /// <exception cref="FormatException">A number or string without canonical form, or a member twice.</exception>
    public static byte[] Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(512);
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the canonical bytes.</summary>
    /// <exception cref="FormatException">A number or string without canonical form, or a member twice.</exception>
    public static void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    output.Write(first ? ""u8 : ","u8);
                    Write(output, item);
                    first = false;
                }
                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                WriteString(output, TextOf(value));
                break;
            case JsonValueKind.Number:
                WriteNumber(output, value);
                break;
            default:
                output.Write(value.ValueKind switch { JsonValueKind.True => "true"u8, JsonValueKind.False => "false"u8, _ => "null"u8 });
                break;
        }
    }

    private static void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        var members = new KeyValuePair<string, JsonElement>[value.GetPropertyCount()];
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            members[count++] = new(NameOf(member), member.Value);
        }
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Key == members[i - 1].Key)
            {
                throw new FormatException("A member stands twice in one object.");
            }
            output.Write(i == 0 ? ""u8 : ","u8);
            WriteString(output, members[i].Key);
            output.Write(":"u8);
            Write(output, members[i].Value);
        }
        output.Write("}"u8);
    }

    private static void WriteNumber(IBufferWriter<byte> output, JsonElement value)
    {
        var number = value.GetDouble();
        var isInteger = value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        if (!double.IsFinite(number) || (isInteger && (Math.Abs(number) > Largest || (Math.Abs(number) == Largest && value.GetInt64() != (long)number))))
        {
            throw new FormatException("A number is beyond what every reader holds exactly (2^53).");
        }
        Span<byte> text = stackalloc byte[32];
        output.Write(text[..EcmaScriptNumber.Format(number, text)]);
    }

    private static void WriteString(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var plain = rest.IndexOfAny(Escaped);
            plain = plain < 0 ? rest.Length : plain;
            Encoding.UTF8.GetBytes(rest[..plain], output);
            if (plain < rest.Length)
            {
                WriteEscape(output, rest[plain++]);
            }
            rest = rest[plain..];
        }
        output.Write("\""u8);
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (char)i), '"', '\\']);

    private static void WriteEscape(IBufferWriter<byte> output, char c)
    {
        var letter = c switch { '"' => '"', '\\' => '\\', '\b' => 'b', '\t' => 't', '\n' => 'n', '\f' => 'f', '\r' => 'r', _ => 'u' };
        Encoding.UTF8.GetBytes(letter == 'u' ? $"\\u{(int)c:x4}" : $"\\{letter}", output);
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("A string holds half a surrogate pair.");
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("A member name holds half a surrogate pair.");
        }
    }
}
