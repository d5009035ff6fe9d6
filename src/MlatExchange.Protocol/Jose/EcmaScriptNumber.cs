using System.Globalization;
using System.Text;

namespace MlatExchange.Protocol.Jose;

/// <summary>Numbers as ECMAScript's Number::toString writes them (RFC 8785 section 3.2.2.3): the shortest digits that read back the same, laid out its way.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>Writes a finite number into at least 32 bytes and returns how many were used. Minus zero is written as zero.</summary>
    public static int Format(double value, Span<byte> to)
    {
        if (value == 0)
        {
            to[0] = (byte)'0';
            return 1;
        }
        // "R" gives the shortest digits, but in the platform's own layout, so digits and exponent are taken out of it.
        Span<byte> text = stackalloc byte[32];
        Math.Abs(value).TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[20];
        var (count, point) = DigitsOf(text[..length], digits);
        var n = 0;
        if (value < 0)
        {
            to[n++] = (byte)'-';
        }
        return n + Layout(digits[..count], point, to[n..]);
    }

    /// <summary>Significant digits, and where the decimal point stands: value = 0.digits times 10^point.</summary>
    private static (int Count, int Point) DigitsOf(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var (count, point, exponent, seenPoint) = (0, 0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'E')
            {
                exponent = int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            if (text[i] is (byte)'.')
            {
                seenPoint = true;
                continue;
            }
            if (count > 0 || text[i] != (byte)'0')
            {
                digits[count++] = text[i];
                point += seenPoint ? 0 : 1;
            }
            else
            {
                point -= seenPoint ? 1 : 0; // a zero between the point and the first digit
            }
        }
        while (count > 1 && digits[count - 1] == (byte)'0')
        {
            count--;
        }
        return (count, point + exponent);
    }

    private static int Layout(ReadOnlySpan<byte> digits, int point, Span<byte> to)
    {
        var k = digits.Length;
        if (k <= point && point <= 21)
        {
            digits.CopyTo(to);
            to[k..point].Fill((byte)'0');
            return point;
        }
        if (point is > 0 and <= 21)
        {
            digits[..point].CopyTo(to);
            to[point] = (byte)'.';
            digits[point..].CopyTo(to[(point + 1)..]);
            return k + 1;
        }
        if (point is > -6 and <= 0)
        {
            "0."u8.CopyTo(to);
            to[2..(2 - point)].Fill((byte)'0');
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + k;
        }
        to[0] = digits[0];
        var n = 1;
        if (k > 1)
        {
            to[n++] = (byte)'.';
            digits[1..].CopyTo(to[n..]);
            n += k - 1;
        }
        to[n++] = (byte)'e';
        to[n++] = (byte)(point > 0 ? '+' : '-');
        return n + Encoding.ASCII.GetBytes(Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture), to[n..]);
    }
}
