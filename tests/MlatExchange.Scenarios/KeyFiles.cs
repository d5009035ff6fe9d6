using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Scenarios;

/// <summary>A node's key store as whoever can read its folder sees it: the layout of its files, read without the node's code.</summary>
public static class KeyFiles
{
    public static string DataOf(Jurisdiction of, string keyId) => Path.Combine(of.DataPath, "keys", "data", keyId);

    /// <summary>Keys of the epochs that are there.</summary>
    public static IReadOnlyDictionary<long, byte[]> Epochs(Jurisdiction of)
    {
        var epochs = new Dictionary<long, byte[]>();
        foreach (var file in Directory.GetFiles(Path.Combine(of.DataPath, "keys", "epochs"), "*.kek"))
            if (Read(file) is { Length: 40 } content)
                epochs[long.Parse(Path.GetFileNameWithoutExtension(file), System.Globalization.CultureInfo.InvariantCulture)] = content[8..];
        return epochs;
    }

    /// <summary>The data key in a file, or in a copy of one, where one of these epoch keys opens it; null otherwise.</summary>
    public static byte[]? Open(string keyId, byte[] file, IEnumerable<byte[]> epochs)
    {
        foreach (var under in epochs)
        {
            using var aes = new AesGcm(under, 16);
            var key = new byte[32];
            try
            {
                aes.Decrypt(file.AsSpan(25, 12), file.AsSpan(37, 32), file.AsSpan(69, 16), key, [.. file.AsSpan(0, 25), .. Encoding.UTF8.GetBytes(keyId)]);
                return key;
            }
            catch (AuthenticationTagMismatchException)
            {
                // not this epoch's
            }
        }
        return null;
    }

    /// <summary>Number of the epoch that a file is wrapped under.</summary>
    public static long EpochOf(byte[] file) => BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(1));

    /// <summary>The content, or null where the node replaced or destroyed the file just now.</summary>
    public static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
