using System.Text;

namespace MlatExchange.Protocol.Sealing;

/// <summary>
/// What a sealed item is bound to, so that it opens nowhere else: <c>mlat-item-v1|supplier's node|transfer|ref</c> in UTF-8.
/// </summary>
public static class SealingContext
{
    private const int MaximumRef = 32;

    /// <summary>The context bytes.</summary>
    /// <param name="supplier">Entity id of the supplier's node; no vertical bar.</param>
    /// <param name="transfer">Wire id of the transfer: 128 random bits as 22 characters of base64url.</param>
    /// <param name="itemRef">Item reference, <c>[a-z0-9-]{1,32}</c>.</param>
    public static byte[] Of(string supplier, string transfer, string itemRef)
    {
        if (supplier.Length == 0 || supplier.Contains('|', StringComparison.Ordinal))
        {
            throw new ArgumentException("an entity id is not empty and has no vertical bar", nameof(supplier));
        }
        if (!IsTransfer(transfer))
        {
            throw new ArgumentException("a transfer is 128 bits as 22 characters of base64url", nameof(transfer));
        }
        if (!IsItemRef(itemRef))
        {
            throw new ArgumentException("an item reference is 1 to 32 characters of a-z, 0-9 and -", nameof(itemRef));
        }
        return Encoding.UTF8.GetBytes($"mlat-item-v1|{supplier}|{transfer}|{itemRef}");
    }

    /// <summary>Whether the text is a wire id.</summary>
    public static bool IsTransfer(string text) => Jose.Base64Url.IsExact(text, 16);

    /// <summary>Whether the text is an item reference.</summary>
    public static bool IsItemRef(string text) => text.Length is > 0 and <= MaximumRef && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
