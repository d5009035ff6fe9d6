using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace MlatExchange.Node.Evidence;

/// <summary>
/// Items as objects <c>&lt;prefix&gt;&lt;transfer&gt;/&lt;digest&gt;</c> of an S3-compatible store. Sent in parts, from the local file that was verified, which goes when the object is complete: an
/// object that exists is whole. Parts of a node that died in between are not visible; a rule of the bucket (abort incomplete multipart uploads after a day) removes them.
/// </summary>
public sealed class S3BlobStore(IAmazonS3 client, string bucket, string prefix) : IBlobStore
{
    private const long SmallestPart = 16L * 1024 * 1024;
    private const int MostParts = 10_000;

    public async Task<long?> Length(BlobName name, CancellationToken cancellation)
    {
        try
        {
            return (await client.GetObjectMetadataAsync(bucket, KeyOf(name), cancellation)).ContentLength;
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task Keep(BlobName name, string path, CancellationToken cancellation)
    {
        var size = new FileInfo(path).Length;
        if (size <= SmallestPart)
            await client.PutObjectAsync(new() { BucketName = bucket, Key = KeyOf(name), FilePath = path, ContentType = "application/octet-stream", UseChunkEncoding = false }, cancellation);
        else
            await InParts(name, path, size, cancellation);
        if (await Length(name, cancellation) != size) throw new IOException("The store does not have all bytes that it took.");
        File.Delete(path);
    }

    public async Task<Stream> Open(BlobName name, long from, long length, CancellationToken cancellation) =>
        (await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = KeyOf(name), ByteRange = new(from, from + length - 1) }, cancellation)).ResponseStream;

    public async Task DeleteAll(string transfer, CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = FolderOf(transfer) };
        ListObjectsV2Response found;
        do
        {
            found = await client.ListObjectsV2Async(request, cancellation);
            foreach (var item in found.S3Objects ?? []) await client.DeleteObjectAsync(bucket, item.Key, cancellation);
            request.ContinuationToken = found.NextContinuationToken;
        }
        while (found.IsTruncated == true);
    }

    private async Task InParts(BlobName name, string path, long size, CancellationToken cancellation)
    {
        var length = Math.Max(SmallestPart, (size / MostParts) + 1);
        var upload = (await client.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = KeyOf(name), ContentType = "application/octet-stream" }, cancellation)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (var at = 0L; at < size; at += length)
            {
                var part = await client.UploadPartAsync(
                    new()
                    {
                        BucketName = bucket, Key = KeyOf(name), UploadId = upload, PartNumber = parts.Count + 1, FilePath = path, FilePosition = at, PartSize = Math.Min(length, size - at),
                        UseChunkEncoding = false,
                    },
                    cancellation);
                parts.Add(new(parts.Count + 1, part.ETag));
            }
            await client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = KeyOf(name), UploadId = upload, PartETags = parts }, cancellation);
        }
        catch
        {
            await client.AbortMultipartUploadAsync(bucket, KeyOf(name), upload, CancellationToken.None);
            throw;
        }
    }

    private string KeyOf(BlobName name) => FolderOf(name.Transfer) + name.File;

    private string FolderOf(string transfer) =>
        Protocol.Sealing.SealingContext.IsTransfer(transfer) ? $"{prefix}{transfer}/" : throw new ArgumentException("not a transfer id");
}
