using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Messages;

/// <summary>What an acceptance repeats of an offer, so that nobody can say later that other conditions or terms were meant.</summary>
public static class OfferDigests
{
    /// <summary>SHA-256 over the JCS of <c>[{conditions, ref}]</c>, items in the offer's order.</summary>
    public static Digest Conditions(IReadOnlyList<OfferedItem> items)
        => Digest.Of(CanonicalJson.Of(items.Select(item => new { item.Ref, item.Conditions }).ToArray()));

    /// <summary>SHA-256 over the JCS of <c>[{ref, retention}]</c>, items in the offer's order.</summary>
    public static Digest Terms(IReadOnlyList<OfferedItem> items)
        => Digest.Of(CanonicalJson.Of(items.Select(item => new { item.Ref, item.Retention }).ToArray()));
}
