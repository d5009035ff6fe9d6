using System.Collections.Concurrent;

namespace MlatExchange.Protocol.Jose;

/// <summary>
/// Key objects that only one thread may use at a time, kept for the next: importing a key costs more than one signature with it.
/// Holds as many as were ever in use at once.
/// </summary>
internal sealed class KeyPool<T>(Func<T> make)
    where T : class, IDisposable
{
    private readonly ConcurrentQueue<T> idle = new();
    private T? nearest;
    private volatile bool closed;

    public T Rent()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return Interlocked.Exchange(ref nearest, null) ?? (idle.TryDequeue(out var waiting) ? waiting : make());
    }

    public void Return(T item)
    {
        if (closed)
        {
            item.Dispose();
        }
        else if (Interlocked.CompareExchange(ref nearest, item, null) is not null)
        {
            idle.Enqueue(item);
        }
    }

    /// <summary>Frees what is idle now and, when it comes back, what is in use.</summary>
    public void Close()
    {
        closed = true;
        Interlocked.Exchange(ref nearest, null)?.Dispose();
        while (idle.TryDequeue(out var item))
        {
            item.Dispose();
        }
    }
}
