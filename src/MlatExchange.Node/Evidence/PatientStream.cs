namespace MlatExchange.Node.Evidence;

/// <summary>Reads from a sender on the network and gives up when nothing comes for a while: a line that died quietly ends as one that broke.</summary>
/// <param name="silence">Longest wait for the next byte.</param>
/// <param name="cancellation">Ends every read.</param>
internal sealed class PatientStream(Stream inner, TimeSpan silence, CancellationToken cancellation) : Stream
{
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        patience.CancelAfter(silence); // counted anew for each read
        return await inner.ReadAsync(buffer, patience.Token);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            patience.Dispose();
        }
        base.Dispose(disposing);
    }
}
