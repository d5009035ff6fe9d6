namespace MlatExchange.Node.Storage;

/// <summary>A data key in the clear, in memory only.</summary>
/// <param name="Instance">Random number of this key: one made anew under the same id has another.</param>
/// <param name="Bytes">32 bytes, AES-256.</param>
public sealed record DataKey(ulong Instance, byte[] Bytes);
