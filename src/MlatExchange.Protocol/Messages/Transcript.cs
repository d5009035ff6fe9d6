using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>One hash over both chains of a thread, so that two sides can compare what they believe was said by comparing 32 bytes.</summary>
public static class Transcript
{
    /// <summary>SHA-256 over the two raw digests, that of the lower <paramref name="iss"/> first, 32 zero bytes where there is none.</summary>
    /// <param name="iss">Entity identifier of the side whose newest digest is <paramref name="prev"/>.</param>
    /// <param name="aud">Entity identifier of the side whose newest digest is <paramref name="seen"/>.</param>
    /// <param name="prev">Digest of the signer's previous message; null where none.</param>
    /// <param name="seen">Digest of the other side's newest accepted message; null where none.</param>
    public static Digest Of(string iss, string aud, Digest? prev, Digest? seen)
    {
        Span<byte> both = stackalloc byte[2 * Digest.Size];
        var (first, second) = string.CompareOrdinal(iss, aud) <= 0 ? (prev, seen) : (seen, prev);
        (first ?? default).CopyTo(both);
        (second ?? default).CopyTo(both[Digest.Size..]);
        return Digest.Of(both);
    }
}
