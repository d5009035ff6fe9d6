using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Node.Storage;

/// <summary>
/// The content of a data key's file: layout (1 byte), epoch (8), instance (8), when the key was made (8, Unix milliseconds), nonce (12), wrapped key (32), tag (16).
/// Numbers are big endian. AES-256-GCM under the epoch's key; all that stands before the nonce and the key's id are authenticated.
/// </summary>
internal static class WrappedKey
{
    public const int Length = 85;
    private const int InstanceAt = 9, MadeAt = 17, NonceAt = 25, BodyAt = 37, TagAt = 69;

    public static byte[] Wrap(string keyId, DataKey key, long epoch, ReadOnlySpan<byte> under)
    {
        var file = new byte[Length];
        file[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(1), epoch);
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(InstanceAt), key.Instance);
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(MadeAt), key.MadeAt.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(file.AsSpan(NonceAt, 12));
        Span<byte> clear = stackalloc byte[DataKey.Length];
        if (!key.TryCopy(clear))
            throw new CryptographicException("A data key was overwritten before it was wrapped.");
        using var aes = new AesGcm(under, 16);
        aes.Encrypt(file.AsSpan(NonceAt, 12), clear, file.AsSpan(BodyAt, 32), file.AsSpan(TagAt), Associated(file, keyId));
        CryptographicOperations.ZeroMemory(clear);
        return file;
    }

    public static long Epoch(byte[] file) => file.Length == Length && file[0] == 1
        ? BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(1))
        : throw new CryptographicException("A key file does not have the known layout.");

    public static DataKey Unwrap(string keyId, byte[] file, ReadOnlySpan<byte> under)
    {
        Span<byte> clear = stackalloc byte[DataKey.Length];
        using var aes = new AesGcm(under, 16);
        aes.Decrypt(file.AsSpan(NonceAt, 12), file.AsSpan(BodyAt, 32), file.AsSpan(TagAt), clear, Associated(file, keyId));
        var key = new DataKey(
            BinaryPrimitives.ReadUInt64BigEndian(file.AsSpan(InstanceAt)), DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(MadeAt))), clear);
        CryptographicOperations.ZeroMemory(clear);
        return key;
    }

    private static byte[] Associated(byte[] file, string keyId) => [.. file.AsSpan(0, NonceAt), .. Encoding.UTF8.GetBytes(keyId)];
}
