using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>The evidence that the stories of a transfer are about.</summary>
public static class Evidence
{
    public static readonly OfferDigests Offer = new(Cast.Digest("offer"), Cast.Digest("conditions"), Cast.Digest("terms"));

    /// <summary>Destroyed a year after the key came.</summary>
    public static readonly EvidenceItem First = Item("e1", "i1", new(365, "receipt", 180, "destroy-and-certify", "XB Evidence Act 7"));

    /// <summary>Destroyed 100 days after the final judgment.</summary>
    public static readonly EvidenceItem Second = Item("e2", "i2", new(100, "final-judgment", 90, "destroy-and-certify", "XB Evidence Act 8"));

    private static EvidenceItem Item(string reference, string requestItem, RetentionTerms terms) => new(
        reference,
        requestItem,
        4096,
        Cast.Digest(reference),
        Cast.Digest($"commitment-{reference}"),
        "text/csv",
        "subscriber",
        "LED6a",
        "restricted",
        Cast.Digest($"a-{reference}"),
        Cast.Digest($"b-{reference}"),
        terms,
        ["NoOnward"],
        "cli");
}
