namespace MlatExchange.Protocol;

/// <summary>Fills a span with random bytes. The protocol draws nothing itself, so a vector can be made again byte for byte.</summary>
public delegate void RandomSource(Span<byte> destination);
