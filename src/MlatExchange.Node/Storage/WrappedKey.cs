using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Node.Storage;

/// <summary>
/// The content of a data key's file: layout (1 byte), epoch (8), instance (8), nonce (12), wrapped key (32), tag (16).
/// AES-256-GCM under the epoch's key; layout, epoch, instance and the key's id are authenticated.
/// </summary>
internal static class WrappedKey
{
    public const int Length = 77;
    private const int NonceAt = 17, BodyAt = 29, TagAt = 61;

    public static byte[] Wrap(string keyId, DataKey key, long epoch, byte[] under)
    {
        var file = new byte[Length];
        file[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(1), epoch);
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(9), key.Instance);
        RandomNumberGenerator.Fill(file.AsSpan(NonceAt, 12));
        using var aes = new AesGcm(under, 16);
        aes.Encrypt(file.AsSpan(NonceAt, 12), key.Bytes, file.AsSpan(BodyAt, 32), file.AsSpan(TagAt), Associated(file, keyId));
        return file;
    }

    public static long Epoch(byte[] file) => file.Length == Length && file[0] == 1
        ? BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(1))
        : throw new CryptographicException("A key file does not have the known layout.");

    public static DataKey Unwrap(string keyId, byte[] file, byte[] under)
    {
        var bytes = new byte[32];
        using var aes = new AesGcm(under, 16);
        aes.Decrypt(file.AsSpan(NonceAt, 12), file.AsSpan(BodyAt, 32), file.AsSpan(TagAt), bytes, Associated(file, keyId));
        return new(BinaryPrimitives.ReadUInt64BigEndian(file.AsSpan(9)), bytes);
    }

    private static byte[] Associated(byte[] file, string keyId) => [.. file.AsSpan(0, NonceAt), .. Encoding.UTF8.GetBytes(keyId)];
}
