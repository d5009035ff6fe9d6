namespace MlatExchange.Domain.Transfers;

/// <summary>Rules about the chain of custody. A broken one is a 409 with the slug.</summary>
public static class CustodyRules
{
    public static readonly Rule Predecessor = new("custody-predecessor", "An act names the newest act on the same copy; the first act on a copy names a known act on its item.", "2AP 14(8), LED 25");

    public static readonly Rule Ended = new("custody-ended", "The copy was destroyed or returned: nothing can be done with it any more.", "design");

    public static readonly Rule CopyUnknown = new("custody-copy-unknown", "Before a copy is used, passed on or returned, the act by which it came to be is told.", "2AP 14(8), LED 25");

    public static readonly Rule Collection = new("custody-collection", "Only the side that supplies an item collects and seals it, before it is offered.", "design");
}
