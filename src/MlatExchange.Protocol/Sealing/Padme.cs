using System.Numerics;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// The Padmé size of a message: its length rounded up so that only about log log of the length shows (at most 12 % more, less as it
/// grows). From "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", section 4.
/// </summary>
public static class Padme
{
    /// <summary>The padded length of that many bytes.</summary>
    public static long PaddedLength(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length < 2)
        {
            return length;
        }
        var exponent = BitOperations.Log2((ulong)length);
        var significant = BitOperations.Log2((uint)exponent) + 1;
        var mask = (1L << (exponent - significant)) - 1;
        return checked(length + mask) & ~mask;
    }
}
