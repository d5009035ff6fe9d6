using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// The key, base nonce and commitment of one C2SP chunked-encryption message ("Cobblestone-256": AES-256-GCM, HKDF-Expand with
/// SHA-512), and the sealing and opening of its numbered chunks.
/// </summary>
public sealed class ChunkCipher : IDisposable
{
    /// <summary>Bytes of the input key; any other length is refused.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of the salt that starts a sealed message.</summary>
    public const int SaltLength = 24;

    /// <summary>Bytes of the commitment to key, salt and context that follows the salt.</summary>
    public const int CommitmentLength = 32;

    /// <summary>Bytes of an authentication tag.</summary>
    public const int TagLength = 16;

    private const int NonceLength = 12;
    private const long MaximumChunks = 1L << 38;

    private readonly AesGcm aes;
    private readonly byte[] baseNonce;
    private readonly byte[] commitment;

    /// <summary>Derives everything from the input key (32 bytes), the salt (24 bytes) and the context (UTF-8 or any bytes).</summary>
    public ChunkCipher(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> context)
    {
        if (inputKey.Length != KeyLength || salt.Length != SaltLength)
        {
            throw new ArgumentException($"the input key has {KeyLength} bytes and the salt {SaltLength}");
        }
        Span<byte> output = stackalloc byte[KeyLength + NonceLength + CommitmentLength];
        Expand(inputKey, [.. "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"u8, .. salt, .. context], output);
        aes = new AesGcm(output[..KeyLength], TagLength);
        baseNonce = output.Slice(KeyLength, NonceLength).ToArray();
        commitment = output[(KeyLength + NonceLength)..].ToArray();
        CryptographicOperations.ZeroMemory(output);
    }

    /// <summary>The 32 bytes that only this key, salt and context give.</summary>
    public ReadOnlySpan<byte> Commitment => commitment;

    /// <summary>Seals chunk <paramref name="number"/>: ciphertext and tag, 16 bytes longer than the plaintext.</summary>
    public void Seal(long number, ReadOnlySpan<byte> plaintext, Span<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        NonceOf(number, nonce);
        aes.Encrypt(nonce, plaintext, chunk[..plaintext.Length], chunk.Slice(plaintext.Length, TagLength));
    }

    /// <summary>Opens chunk <paramref name="number"/>; false, with the plaintext cleared, when it is not authentic in that place.</summary>
    public bool TryOpen(long number, ReadOnlySpan<byte> chunk, Span<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        NonceOf(number, nonce);
        try
        {
            aes.Decrypt(nonce, chunk[..^TagLength], chunk[^TagLength..], plaintext[..(chunk.Length - TagLength)]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        aes.Dispose();
        CryptographicOperations.ZeroMemory(baseNonce);
    }

    /// <summary>The nonce of a chunk: the base nonce with its number, big-endian, laid over it. Public for the test that no two are alike.</summary>
    public void NonceOf(long number, Span<byte> nonce)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, MaximumChunks);
        baseNonce.CopyTo(nonce);
        var tail = nonce[^sizeof(long)..];
        BinaryPrimitives.WriteInt64BigEndian(tail, BinaryPrimitives.ReadInt64BigEndian(tail) ^ number);
    }

    /// <summary>HKDF-Expand (RFC 5869 2.3) with SHA-512; the platform's own refuses a key shorter than the hash, which the format asks for.</summary>
    private static void Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> info, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[HMACSHA512.HashSizeInBytes];
        var previous = 0;
        for (byte counter = 1; !output.IsEmpty; counter++)
        {
            HMACSHA512.HashData(key, [.. block[..previous], .. info, counter], block);
            previous = block.Length;
            var taken = Math.Min(output.Length, block.Length);
            block[..taken].CopyTo(output);
            output = output[taken..];
        }
        CryptographicOperations.ZeroMemory(block);
    }
}
