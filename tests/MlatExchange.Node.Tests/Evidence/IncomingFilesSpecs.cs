using System.Security.Cryptography;
using MlatExchange.Node.Evidence;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Tests.Evidence;

/// <summary>Half-written items: what a sender that stops leaves, who may write, and that the digest is that of the whole however the bytes came.</summary>
public sealed class IncomingFilesSpecs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-incoming-");
    private readonly string transfer = WireId.New(RandomNumberGenerator.Fill);
    private readonly byte[] bytes = RandomNumberGenerator.GetBytes(3_000_000);

    [Fact]
    public async Task The_digest_is_that_of_the_whole_however_the_bytes_came()
    {
        var files = new IncomingFiles(folder.FullName);
        foreach (var (from, to, restarted) in ((int, int, bool)[])[(0, 1, false), (1, 1_000_001, false), (1_000_001, 2_000_000, true), (2_000_000, bytes.Length, false)])
        {
            if (restarted) files = new(folder.FullName); // another process: it knows of no digest under way
            using var file = files.TryOpen(transfer, "i1")!;
            Assert.Equal(from, file.Length);
            Assert.Equal(to - from, await file.Append(new MemoryStream(bytes[from..to]), long.MaxValue, _ => { }, null, default));
        }
        using var whole = files.TryOpen(transfer, "i1")!;
        Assert.Equal(Expected(bytes), whole.Digest());
    }

    [Fact]
    public async Task What_was_taken_back_is_not_in_the_digest()
    {
        var files = new IncomingFiles(folder.FullName);
        using var file = files.TryOpen(transfer, "i1")!;
        await file.Append(new MemoryStream(bytes[..20_000]), long.MaxValue, _ => { }, null, default);
        await file.Append(new MemoryStream([1, 2, 3]), long.MaxValue, _ => { }, null, default);
        file.CutTo(20_000);
        await file.Append(new MemoryStream(bytes[20_000..]), long.MaxValue, _ => { }, null, default);
        Assert.Equal(Expected(bytes), file.Digest());
    }

    [Fact]
    public async Task What_a_sender_gave_before_the_line_broke_is_kept()
    {
        var files = new IncomingFiles(folder.FullName);
        using (var file = files.TryOpen(transfer, "i1")!)
            Assert.Equal(700_000, await file.Append(new BreakingStream(bytes, 700_000), bytes.Length, _ => { }, null, default));
        Assert.Equal(700_000, files.Length(transfer, "i1"));
        Assert.Equal(bytes[..700_000], await File.ReadAllBytesAsync(Path.Combine(folder.FullName, transfer, "i1.part")));
    }

    [Fact]
    public async Task Of_a_sender_that_gives_more_no_more_than_asked_is_taken()
    {
        using var file = new IncomingFiles(folder.FullName).TryOpen(transfer, "i1")!;
        Assert.Equal(10, await file.Append(new MemoryStream(bytes), 10, _ => { }, null, default));
        Assert.Equal(10, file.Length);
    }

    [Fact]
    public void One_writer_at_a_time_has_an_item()
    {
        var (files, others) = (new IncomingFiles(folder.FullName), new IncomingFiles(folder.FullName));
        using (files.TryOpen(transfer, "i1"))
        {
            Assert.Null(files.TryOpen(transfer, "i1"));
            Assert.Null(others.TryOpen(transfer, "i1"));
            using var another = others.TryOpen(transfer, "i2");
            Assert.NotNull(another);
        }
        using var afterwards = others.TryOpen(transfer, "i1");
        Assert.NotNull(afterwards);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Names_that_could_leave_the_folder_are_refused(string name)
    {
        var files = new IncomingFiles(folder.FullName);
        Assert.Throws<ArgumentException>(() => files.TryOpen(transfer, name));
        Assert.Throws<ArgumentException>(() => files.TryOpen(name, "i1"));
        Assert.Throws<ArgumentException>(() => files.DeleteAll(name));
    }

    [Theory]
    [InlineData(0, 1000, null, 0, null, null)]
    [InlineData(999, 1000, 10.0, 99.9, 10L, 1L)]
    [InlineData(250, 1000, 100.0, 25, 100L, 8L)]
    [InlineData(1000, 1000, 100.0, 100, null, 0L)]
    public void Progress_says_percent_pace_and_time_left(long received, long size, double? rate, double percent, long? pace, long? left) =>
        Assert.Equal(new ItemProgress("i1", received, size, percent, pace, left), ItemProgress.Of("i1", received, size, rate));

    public void Dispose() => folder.Delete(recursive: true);

    private static Digest Expected(byte[] content)
    {
        using var hash = PieceHash.Digest();
        hash.Append(content);
        return new(hash.Finish());
    }

    private sealed class BreakingStream(byte[] bytes, int after) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return Position >= after ? throw new IOException("the line was cut") : Read(buffer.Span[..(int)Math.Min(buffer.Length, after - Position)]);
        }
    }
}
