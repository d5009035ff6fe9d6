using MlatExchange.Protocol.Jose;

namespace MlatExchange.Node.Evidence;

/// <summary>Where a sealed item lies: under its own digest, inside its transfer. So what is read can be checked against its name, and destroying one transfer takes nothing from another.</summary>
/// <param name="Transfer">Wire id.</param>
/// <param name="Digest">Item digest of the sealed bytes.</param>
public readonly record struct BlobName(string Transfer, Digest Digest)
{
    /// <summary>The digest as a file or object is called: 43 characters of base64url.</summary>
    public string File => Base64Url.Encode(Digest.ToArray());
}

/// <summary>
/// Whole, verified sealed items: on disk (<see cref="DiskBlobStore"/>) or in an S3-compatible store (<see cref="S3BlobStore"/>). Not trusted: a changed byte shows in the
/// digest and in every chunk's tag, a deleted item is denial and no more. Nothing looks into the bytes.
/// </summary>
public interface IBlobStore
{
    /// <summary>Bytes of the item; null when it is not here.</summary>
    Task<long?> Length(BlobName name, CancellationToken cancellation);

    /// <summary>Takes over a whole file whose digest was verified: durable under its name when this returns, the file gone. Done again after a crash it is no error.</summary>
    Task Keep(BlobName name, string path, CancellationToken cancellation);

    /// <summary>The bytes from <paramref name="from"/> on, <paramref name="length"/> of them.</summary>
    Task<Stream> Open(BlobName name, long from, long length, CancellationToken cancellation);

    /// <summary>Removes every item of a transfer; one that is gone is no error.</summary>
    Task DeleteAll(string transfer, CancellationToken cancellation);
}
