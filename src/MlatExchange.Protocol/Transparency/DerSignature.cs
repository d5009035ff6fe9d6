using System.Formats.Asn1;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// An ECDSA P-256 signature as notes carry it, SEQUENCE of two INTEGERs in DER (RFC 3279 2.2.3), and as JOSE keys make it, r and s of 32 bytes each.
/// DER has one spelling per signature; every other is refused.
/// </summary>
internal static class DerSignature
{
    private const int Half = 32;

    internal static byte[] Write(ReadOnlySpan<byte> halves)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Minimal(halves[..Half]));
            writer.WriteIntegerUnsigned(Minimal(halves[Half..]));
        }
        return writer.Encode();
    }

    internal static bool TryRead(ReadOnlyMemory<byte> der, Span<byte> halves)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var fits = TryCopy(sequence.ReadIntegerBytes().Span, halves[..Half]) & TryCopy(sequence.ReadIntegerBytes().Span, halves[Half..]);
            sequence.ThrowIfNotEmpty();
            return fits;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number)
    {
        var zeros = number[..^1].IndexOfAnyExcept((byte)0);
        return zeros < 0 ? number[^1..] : number[zeros..];
    }

    private static bool TryCopy(ReadOnlySpan<byte> integer, Span<byte> half)
    {
        if (integer[0] >= 0x80)
        {
            return false; // negative
        }
        var digits = integer[0] == 0 ? integer[1..] : integer;
        half.Clear();
        if (digits.Length > Half)
        {
            return false;
        }
        digits.CopyTo(half[(Half - digits.Length)..]);
        return true;
    }
}
