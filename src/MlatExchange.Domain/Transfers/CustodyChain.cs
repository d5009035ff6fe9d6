using System.Collections.Immutable;
using System.Text;

namespace MlatExchange.Domain.Transfers;

/// <summary>
/// Every act on the items of a transfer, as far as one side knows it, each with the act before it. A copy has a line of its own that begins at an act on its item; the sealed bytes
/// at the node have one too. It follows from the events of the transfer alone, so nobody can put an act between two others later.
/// </summary>
public sealed record CustodyChain(ImmutableList<CustodyLink> Links)
{
    /// <summary>The sealed bytes of an item at this node.</summary>
    public const string AtNode = "sealed-file/node";

    /// <summary>Before the first act.</summary>
    public static CustodyChain Empty { get; } = new(ImmutableList<CustodyLink>.Empty);

    /// <summary>The newest act on a copy; null where none is known.</summary>
    public CustodyLink? Head(string? item, string copy) => Links.FindLast(link => link.Ref == item && link.Copy == copy);

    /// <summary>Whether an act on the item has this digest.</summary>
    public bool Knows(string item, string digest) => Links.Exists(link => link.Ref == item && (link.Record == digest || (link.Act == CustodyAct.Offered && link.Previous == digest)));

    /// <summary>The newest act on the sealed bytes of each item at this node.</summary>
    public IReadOnlyDictionary<string, string> Heads => Links.Where(link => link is { Copy: AtNode, Ref: not null }).GroupBy(link => link.Ref!).ToDictionary(line => line.Key, line => line.Last().Record);

    /// <summary>Digest of an act that a node did and that has no signed form of its own: SHA-256 over these values, one a line (contracts/evidence/custody.md).</summary>
    public static string NodeAct(string transfer, string item, CustodyAct act, string? previous, DateTimeOffset at) => Digests.OfBytes(Encoding.UTF8.GetBytes(
        $"mlat-custody-node-act-v1\n{transfer}\n{item}\n{EnumCode.Of(act)}\n{previous}\n{at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)}\n"));

    /// <summary>The chain after one more event of the transfer; the same one where it is no act on an item.</summary>
    internal CustodyChain After(TransferUse use, TransferEvent happened) => happened switch
    {
        SupplyEvent.Offered e => All(use, CustodyAct.Offered, e.Offer.ActDigest, e.By, e.At),
        HoldingEvent.OfferReceived e => All(use, CustodyAct.Offered, e.Offer.ActDigest, null, e.At),
        SupplyEvent.KeyReleased e => All(use, CustodyAct.Released, e.ShareDigest, null, e.At),
        HoldingEvent.ShareReceived e => All(use, CustodyAct.Released, e.ShareDigest, null, e.At),
        SupplyEvent.FetchGranted e => One(use, use.Item(e.Ref), CustodyAct.Fetched, null, null, e.At),
        HoldingEvent.ItemFetched e => One(use, use.Item(e.Ref), CustodyAct.Fetched, null, null, e.At),
        HoldingEvent.CiphertextDeleted e => All(use, CustodyAct.Destroyed, null, null, e.At),
        UseEvent.ItemActed e => Told(e.Step, e.By, e.At),
        UseEvent.ItemDisclosed e => Told(e.Step, e.By, e.At),
        _ => this,
    };

    private CustodyChain All(TransferUse use, CustodyAct act, string? record, Official? by, DateTimeOffset at) => use.Items.Aggregate(this, (chain, item) => chain.One(use, item, act, record, by, at));

    private CustodyChain One(TransferUse use, EvidenceItem? item, CustodyAct act, string? record, Official? by, DateTimeOffset at)
    {
        if (item is null) return this;
        var previous = Head(item.Ref, AtNode)?.Record ?? item.Custody;
        return new(Links.Add(new(record ?? NodeAct(use.Transfer, item.Ref, act, previous, at), previous, item.Ref, act, AtNode, by, at)));
    }

    private CustodyChain Told(CustodyStep step, Official by, DateTimeOffset at) => new(Links.Add(new(step.Record, step.Previous, step.Ref, step.Act, step.Copy, by, at, step)));
}
