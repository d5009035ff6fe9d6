using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Transparency;

/// <summary>The nodes of a proof as JSON carries them: base64url, lowest first.</summary>
public static class NodeHashes
{
    /// <summary>As JSON carries them.</summary>
    public static string[] Write(ReadOnlySpan<TreeHash> nodes)
    {
        var texts = new string[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            texts[i] = Base64Url.Encode(nodes[i].Bytes);
        }
        return texts;
    }

    /// <summary>Reads at most 64 of them; false when one is not 32 bytes of exact base64url.</summary>
    public static bool TryRead(IReadOnlyList<string> texts, out TreeHash[] nodes)
    {
        nodes = new TreeHash[texts.Count];
        Span<byte> bytes = stackalloc byte[TreeHash.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            if (texts[i] is null || !Base64Url.TryDecode(texts[i], bytes))
            {
                return false;
            }
            nodes[i] = TreeHash.From(bytes);
        }
        return nodes.Length <= InclusionProof.MaximumNodes + 1;
    }
}
