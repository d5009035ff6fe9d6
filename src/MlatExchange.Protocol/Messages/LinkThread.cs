using System.Security.Cryptography;
using System.Text;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>The one thread between two nodes that belongs to no case: pings, checkpoints, reconciliation, suspension notices.</summary>
public static class LinkThread
{
    /// <summary>First 16 bytes of SHA-256(<c>mlat-link-v1</c> 0 lower entity id 0 higher entity id), so that both sides know it without agreeing on it.</summary>
    public static string Of(string oneNode, string otherNode)
    {
        var ordered = string.CompareOrdinal(oneNode, otherNode) <= 0;
        var (low, high) = ordered ? (oneNode, otherNode) : (otherNode, oneNode);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"mlat-link-v1\0{low}\0{high}"), hash);
        return Base64Url.Encode(hash[..16]);
    }
}
