namespace MlatExchange.Node.Retention;

/// <summary>What a process still remembers of values that it needs no more.</summary>
public sealed class MemoryOfTheDead
{
    /// <summary>Collects everything and gives the memory back.</summary>
    public void Overwrite()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
