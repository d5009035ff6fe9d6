using System.Security.Cryptography;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Evidence;

/// <summary><c>Upload-Checksum</c> of one PATCH (tus 1.0.0, checksum extension). Bytes that it does not hold for are taken back.</summary>
public sealed class UploadChecksum : IDisposable
{
    /// <summary>As <c>OPTIONS</c> names them. SHA-1 because every server must know it; against the line's faults alone, which is all that is asked of it here.</summary>
    public const string Algorithms = "sha1,sha256";

    private readonly IncrementalHash hash;
    private readonly byte[] expected;

    private UploadChecksum(IncrementalHash hash, byte[] expected) => (this.hash, this.expected) = (hash, expected);

    /// <returns>False where the header cannot be read or names another algorithm; without the header there is nothing to check.</returns>
    public static bool TryRead(string header, out UploadChecksum? checksum)
    {
        checksum = null;
        if (header.Length == 0) return true;
        if (header.Split(' ') is not [var name, var value]) return false;
        var (algorithm, length) = name switch { "sha1" => (HashAlgorithmName.SHA1, 20), "sha256" => (HashAlgorithmName.SHA256, 32), _ => (default, 0) };
        var bytes = new byte[length];
        if (length == 0 || !Convert.TryFromBase64String(value, bytes, out var written) || written != length) return false;
        checksum = new(IncrementalHash.CreateHash(algorithm), bytes);
        return true;
    }

    public void Append(ReadOnlyMemory<byte> bytes) => hash.AppendData(bytes.Span);

    /// <summary>Whether it holds for all that was appended.</summary>
    public bool Holds() => CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), expected);

    public static IResult Unreadable() => Problem.Of(StatusCodes.Status400BadRequest, "upload-checksum", "Upload-Checksum is sha1 or sha256 and a value in base64.");

    /// <summary>460, as tus defines it.</summary>
    public static IResult Differs() => Problem.Of(460, "checksum-mismatch", "The bytes do not have the checksum; they were not kept.");

    public void Dispose() => hash.Dispose();
}
