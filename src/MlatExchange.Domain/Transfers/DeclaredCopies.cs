namespace MlatExchange.Domain.Transfers;

/// <summary>A copy of an item or of a key to it, as a destruction certificate declares it.</summary>
/// <param name="Kind">What it is: <c>sealed-file</c>, <c>released-share</c>, <c>wrapped-share</c>, <c>opened-copy</c> or <c>transfer-key</c>.</param>
/// <param name="Record">Digest of the signed custody record that says so; null for what the node itself held, and where nothing was said.</param>
public sealed record DeclaredCopy(string Kind, CopyState State, string? Record);

/// <summary>Every copy known from custody. What the node held it destroyed; of what left it the holder's tools tell; a key nobody spoke of is unknown, never "erased".</summary>
public static class DeclaredCopies
{
    private const string TransferKey = "transfer-key";

    private static readonly DeclaredCopy[] OfTheNode = [new("sealed-file", CopyState.Destroyed, null), new("released-share", CopyState.Destroyed, null), new("wrapped-share", CopyState.Destroyed, null)];

    /// <summary>The copies of one item, a key that opens every item among them.</summary>
    public static IReadOnlyList<DeclaredCopy> Of(Holding holding, string item)
    {
        List<DeclaredCopy> copies = [.. OfTheNode];
        foreach (var (copy, told) in holding.Copies.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (told.Ref is null || told.Ref == item)
                copies.Add(new(copy.Split('/')[0], told.State, told.Record));
        if (copies.All(copy => copy.Kind != TransferKey)) copies.Add(new(TransferKey, CopyState.Unknown, null));
        return copies;
    }

    /// <summary>How many of each over all items: what the supplier counts in the certificate.</summary>
    public static CopyCounts Counts(Holding holding)
    {
        var states = holding.Offer.Items.SelectMany(item => Of(holding, item.Ref)).Select(copy => copy.State).ToList();
        return new(states.Count(state => state == CopyState.Destroyed), states.Count(state => state == CopyState.Kept), states.Count(state => state == CopyState.Unknown));
    }
}
