namespace MlatExchange.Node.Retention;

/// <summary>
/// What a process still remembers of values that nothing refers to any more. A collection moves together what lives and gives whole pages back, but overwrites neither the rest
/// of a page nor the shared buffers of libraries: most is gone at once, and the last of it with the process (<see cref="FreshStart"/>).
/// </summary>
public static class MemoryOfTheDead
{
    /// <summary>Collects everything, twice because of finalizers, and gives the memory back. Stops the process for some ten milliseconds.</summary>
    public static void Release()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
