using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>The words that the supplier's stories are told in. Each item has 100 sealed bytes.</summary>
public abstract class SupplySpec() : Spec<SuppliedTransfer, SupplyEvent>(SuppliedTransfer.Initial, SuppliedTransfer.Evolve)
{
    protected static readonly SupplyEvent.Prepared Package = new(
        "transfer-1", new("01977f00-0000-7000-8000-00000000a001"), "XA", [Evidence.First, Evidence.Second], Cast.Hour(48), Cast.Hour(96), Cast.Prosecutor, Cast.Hour(0));

    protected static SupplyEvent Stored(string item, long bytes = 100) => new SupplyEvent.ContentStored(item, bytes, 100, Cast.Hour(1));

    protected static SupplyEvent Offered => new SupplyEvent.Offered(Evidence.Offer, Cast.Supplier, Cast.Hour(2));

    protected static SupplyEvent Accepted => new SupplyEvent.AcceptanceReceived(Cast.Digest("acceptance"), "transfer-key", Cast.Hour(3));

    protected static SupplyEvent Released => new SupplyEvent.KeyReleased(Cast.Digest("jwe-b"), Cast.Hour(4));

    protected static SupplyEvent Granted => new SupplyEvent.FetchGranted("e1", 0, 100, Cast.Hour(4));

    protected static SupplyEvent Stopped => new SupplyEvent.Stopped(StopGround.Objection, Cast.Hour(5));

    protected static SupplyEvent Lapsed(LapseReason reason) => new SupplyEvent.Lapsed(reason, Cast.Hour(100));

    protected static SupplyEvent Certified => new SupplyEvent.CertificateReceived(Cast.Digest("certificate"), new(7, 1, 0), Cast.Hour(90));

    protected static SupplyEvent[] ToOffer => [Package, Stored("e1"), Stored("e2"), Offered];

    protected static SupplyEvent[] ToAcceptance => [.. ToOffer, Accepted];

    protected static SupplyEvent[] ToRelease => [.. ToAcceptance, Released];
}
