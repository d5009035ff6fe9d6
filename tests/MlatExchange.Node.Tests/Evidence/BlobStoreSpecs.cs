using System.Security.Cryptography;
using MlatExchange.Node.Evidence;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Tests.Evidence;

/// <summary>What both stores of sealed items must do: on disk, and on a real S3 server.</summary>
public sealed class BlobStoreSpecs(S3Server s3) : IClassFixture<S3Server>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-blobs-");

    public static TheoryData<string> Stores => ["disk", "s3"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_item_taken_over_is_there_whole_and_in_ranges_and_the_local_file_is_gone(string kind)
    {
        var (store, name, bytes) = (Store(kind), Name(), RandomNumberGenerator.GetBytes(100_000));
        Assert.Null(await store.Length(name, default));
        var path = await Local(name.Transfer, bytes);
        await store.Keep(name, path, default);
        Assert.False(File.Exists(path));
        Assert.Equal(bytes.Length, await store.Length(name, default));
        Assert.Equal(bytes, await Read(store, name, 0, bytes.Length));
        Assert.Equal(bytes[70_000..70_010], await Read(store, name, 70_000, 10));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_item_of_many_parts_is_the_same_afterwards(string kind)
    {
        var (store, name, bytes) = (Store(kind), Name(), RandomNumberGenerator.GetBytes((40 << 20) + 7));
        await store.Keep(name, await Local(name.Transfer, bytes), default);
        Assert.Equal(bytes.Length, await store.Length(name, default));
        // Across the border of two parts, and the end.
        Assert.Equal(bytes[((16 << 20) - 5)..((16 << 20) + 5)], await Read(store, name, (16 << 20) - 5, 10));
        Assert.Equal(bytes[^9..], await Read(store, name, bytes.Length - 9, 9));
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await Read(store, name, 0, bytes.Length)));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Taken_over_again_after_a_crash_it_is_there_once(string kind)
    {
        var (store, name, bytes) = (Store(kind), Name(), RandomNumberGenerator.GetBytes(1000));
        await store.Keep(name, await Local(name.Transfer, bytes), default);
        await store.Keep(name, await Local(name.Transfer, bytes), default);
        Assert.Equal(bytes, await Read(store, name, 0, bytes.Length));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Removing_a_transfer_takes_all_its_items_and_nothing_of_another_even_of_the_same_digest(string kind)
    {
        var (store, name, bytes) = (Store(kind), Name(), RandomNumberGenerator.GetBytes(1000));
        var (second, other) = (name with { Digest = Digest.Of("second"u8) }, name with { Transfer = Name().Transfer });
        foreach (var each in (BlobName[])[name, second, other]) await store.Keep(each, await Local(each.Transfer, bytes), default);
        await store.DeleteAll(name.Transfer, default);
        Assert.Null(await store.Length(name, default));
        Assert.Null(await store.Length(second, default));
        Assert.Equal(bytes, await Read(store, other, 0, bytes.Length));
        await store.DeleteAll(name.Transfer, default);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_name_that_is_no_transfer_is_refused(string kind)
    {
        var store = Store(kind);
        await Assert.ThrowsAsync<ArgumentException>(() => store.DeleteAll("../other", default));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Length(Name() with { Transfer = ".." }, default));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private IBlobStore Store(string kind) => kind == "disk" ? new DiskBlobStore(folder.FullName) : new S3BlobStore(s3.OrSkip(), S3Server.Bucket, "node-xb/");

    private static BlobName Name() => new(WireId.New(RandomNumberGenerator.Fill), Digest.Of(RandomNumberGenerator.GetBytes(8)));

    private async Task<string> Local(string transfer, byte[] bytes)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, transfer)).FullName, $"{Guid.NewGuid():N}.part");
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    private static async Task<byte[]> Read(IBlobStore store, BlobName name, long from, int length)
    {
        await using var stream = await store.Open(name, from, length, default);
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
