using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Protocol.Jose;

/// <summary>The Concat KDF of NIST SP 800-56A as JOSE uses it (RFC 7518 section 4.6.2), for keys of one SHA-256 block.</summary>
internal static class ConcatKdf
{
    private static readonly byte[] FirstRound = [0, 0, 0, 1];

    /// <summary>The OtherInfo of an agreement: algorithm, both parties' names and the bits of the key.</summary>
    public static byte[] OtherInfo(string algorithm, ReadOnlySpan<byte> partyU, ReadOnlySpan<byte> partyV, int bits)
    {
        var info = new byte[16 + algorithm.Length + partyU.Length + partyV.Length];
        var to = info.AsSpan();
        to = Prefixed(to, Encoding.ASCII.GetBytes(algorithm));
        to = Prefixed(to, partyU);
        to = Prefixed(to, partyV);
        BinaryPrimitives.WriteInt32BigEndian(to, bits);
        return info;
    }

    /// <summary>32 bytes: SHA-256(1 || Z || OtherInfo); shorter keys are its beginning.</summary>
    public static byte[] Derive(ECDiffieHellman own, ECDiffieHellman other, byte[] otherInfo)
    {
        using var point = other.PublicKey;
        return own.DeriveKeyFromHash(point, HashAlgorithmName.SHA256, FirstRound, otherInfo);
    }

    private static Span<byte> Prefixed(Span<byte> to, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, value.Length);
        value.CopyTo(to[4..]);
        return to[(4 + value.Length)..];
    }
}
