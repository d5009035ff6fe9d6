namespace MlatExchange.Protocol.Sealing;

/// <summary>Why a sealed message does not open.</summary>
public enum ChunkFault
{
    /// <summary>It opened, to its authenticated end.</summary>
    None,

    /// <summary>Shorter than a header, or a key of the wrong length.</summary>
    Header,

    /// <summary>Another key, another context, or a changed header.</summary>
    Commitment,

    /// <summary>A chunk is changed, out of its place, from another message, or cut.</summary>
    Chunk,

    /// <summary>The short last chunk is missing.</summary>
    Truncated,
}
