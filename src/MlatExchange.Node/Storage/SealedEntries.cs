namespace MlatExchange.Node.Storage;

/// <summary>
/// Vault entries that this process has just committed, sealed as they are in the table, so that what sends or answers a message a moment later need not read them back.
/// What opens them asks for the data key as ever: an erasure counts here at once. An entry is written once and never again, so none of these can be old.
/// </summary>
public sealed class SealedEntries
{
    private const int MostGroups = 512, MostBytes = 8 * 1024 * 1024;
    private readonly Lock gate = new();
    private readonly Dictionary<string, VaultEntry> entries = new(StringComparer.Ordinal);
    private readonly Queue<IReadOnlyList<VaultEntry>> groups = new();
    private long bytes;

    /// <summary>Takes what one append wrote, after its commit; the oldest groups make room.</summary>
    public void Keep(IReadOnlyList<VaultEntry> written)
    {
        if (written.Count == 0) return;
        lock (gate)
        {
            groups.Enqueue(written);
            foreach (var entry in written)
            {
                entries[entry.Reference] = entry;
                bytes += entry.Ciphertext.Length;
            }

            while (groups.Count > MostGroups || bytes > MostBytes)
            {
                foreach (var entry in groups.Dequeue())
                {
                    entries.Remove(entry.Reference);
                    bytes -= entry.Ciphertext.Length;
                }
            }
        }
    }

    /// <summary>
    /// Adds the entries under these references, all of which one append wrote, if it wrote them at all.
    /// </summary>
    /// <param name="references">The first is one that it did write.</param>
    /// <returns>False when the append is not remembered: then nothing is known of any of them.</returns>
    public bool Find(IReadOnlyList<string> references, List<VaultEntry> found)
    {
        lock (gate)
        {
            if (!entries.ContainsKey(references[0])) return false;
            foreach (var reference in references)
                if (entries.TryGetValue(reference, out var entry)) found.Add(entry);
            return true;
        }
    }
}
