namespace MlatExchange.Node.Evidence;

/// <summary>The disk for sealed bytes is full, or the quota used up. What was durable stays; the sender goes on from there once there is room.</summary>
public sealed class StoreFullException(Exception inner) : IOException("There is no room for sealed bytes.", inner)
{
    private const int NoSpace = 28; // ENOSPC
    private const int OverQuota = 122; // EDQUOT
    private const int DiskFull = unchecked((int)0x80070070); // Windows

    /// <summary>Whether a failed write says so.</summary>
    public static bool Says(IOException failure) => failure.HResult is NoSpace or OverQuota or DiskFull;
}
