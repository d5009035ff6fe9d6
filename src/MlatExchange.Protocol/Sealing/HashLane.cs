using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// A piece hash on a thread of its own. Hashing the sealed file and the content costs more than twice what encrypting does, and neither
/// waits for the other; bytes are copied into a few buffers that go round, so memory stays constant.
/// </summary>
internal sealed class HashLane : IDisposable
{
    private const int Buffers = 4;
    private const int BufferLength = 16 * PieceHash.PieceLength;

    private readonly PieceHash hash;
    private readonly Thread thread;
    private readonly BlockingCollection<byte[]> free = new(Buffers);
    private readonly BlockingCollection<(byte[] Buffer, int Length)> full = new(Buffers);
    private byte[] current = new byte[BufferLength];
    private int filled;

    internal HashLane(PieceHash hash)
    {
        this.hash = hash;
        for (var i = 1; i < Buffers; i++)
        {
            free.Add(new byte[BufferLength]);
        }
        thread = new Thread(Work) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Bytes taken so far.</summary>
    internal long Length { get; private set; }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(BufferLength - filled, bytes.Length);
            bytes[..taken].CopyTo(current.AsSpan(filled));
            filled += taken;
            bytes = bytes[taken..];
            if (filled == BufferLength)
            {
                full.Add((current, filled));
                (current, filled) = (free.Take(), 0);
            }
        }
    }

    /// <summary>The 32 bytes; nothing may be appended after.</summary>
    internal byte[] Finish()
    {
        full.Add((current, filled));
        full.CompleteAdding();
        thread.Join();
        return hash.Finish();
    }

    public void Dispose()
    {
        full.CompleteAdding();
        thread.Join();
        hash.Dispose();
        full.Dispose();
        free.Dispose();
        CryptographicOperations.ZeroMemory(current);
    }

    private void Work()
    {
        foreach (var (buffer, length) in full.GetConsumingEnumerable())
        {
            hash.Append(buffer.AsSpan(0, length));
            CryptographicOperations.ZeroMemory(buffer);
            free.Add(buffer);
        }
    }
}
