using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Transparency;

/// <summary>The private half of a log's key, in the hands of the sequencer alone.</summary>
public sealed class LogSigner(string origin, EcKey key)
{
    /// <summary>What everyone else verifies with.</summary>
    public LogKey Key { get; } = new(origin, key.Public);

    /// <summary>Signs note text.</summary>
    public NoteSignature Sign(ReadOnlySpan<byte> text)
    {
        Span<byte> halves = stackalloc byte[64];
        key.Sign(text, halves);
        return new(Key.Origin, Key.Id, DerSignature.Write(halves));
    }
}
