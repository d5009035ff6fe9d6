using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace MlatExchange.Node.Hosting;

/// <summary>
/// The web server's buffers, overwritten when they are given back: bodies of requests and answers hold names and texts, and the server's own pool would keep them until
/// another call happens to need the same block.
/// </summary>
public sealed class ForgetfulMemory : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        /// <summary>As the server's own blocks.</summary>
        private const int BlockSize = 4096;

        /// <summary>Most blocks kept while nobody needs them: 8 MiB.</summary>
        private const int Most = 2048;

        private readonly ConcurrentQueue<Block> free = new();

        /// <summary>More than a body may have, so that no larger buffer is taken from the pool that all libraries share and nobody overwrites.</summary>
        public override int MaxBufferSize => 1 << 20;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => minBufferSize > BlockSize
            ? new Block(this, minBufferSize)
            : free.TryDequeue(out var block) ? block : new Block(this, BlockSize);

        protected override void Dispose(bool disposing) => free.Clear();

        private void Return(Block block)
        {
            CryptographicOperations.ZeroMemory(block.Memory.Span);
            if (block.Memory.Length == BlockSize && free.Count < Most) free.Enqueue(block);
        }

        // Pinned for its life, as the sockets want it.
        private sealed class Block(Pool pool, int size) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateArray<byte>(size, pinned: true), 0, size);

            public void Dispose() => pool.Return(this);
        }
    }
}
