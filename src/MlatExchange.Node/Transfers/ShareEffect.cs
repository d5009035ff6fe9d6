using System.Text.Json;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <summary>The supplier released its share: from here on the items can be opened with the transfer key, and all obligations run.</summary>
public sealed class ShareEffect(TransferDesk desk)
{
    public static string ReleasedOf(string transfer) => $"transfer/{transfer}/released-shares";

    public async Task<Effect> Of(AcceptedMessage message, CancellationToken cancellation)
    {
        var body = (MessageBody.KeyRelease)message.Message.Body;
        var held = await desk.Held(body.Transfer, cancellation);
        if (held.State is not HeldTransfer.Known known || OfferEffect.RequestOf(message.Thread.History.Case) != known.Holding.Offer.Request) return new Effect.Refused("transfer-unknown");
        var named = body.Items.ToDictionary(item => item.ReleasedShare, item => item.Ref);
        var shares = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var share in message.Shares)
            if (named.TryGetValue(WrappedShare.DigestOf(share), out var item)) shares[item] = share;
        if (shares.Count != known.Holding.Offer.Items.Count) return new Effect.Refused("released-share-differs");

        var request = await desk.Request(known.Holding.Offer.Request, cancellation);
        var decision = new ReceiveShare(Digest.Of(JsonSerializer.SerializeToUtf8Bytes(body.Items, StrictJson.Options)).ToString(), message.At).Decide(held.State);
        if (decision.RefusedBy is { } rule) return new Effect.Refused(rule.Slug);
        var group = desk.Gather(body.Transfer, held, known.Holding, request, decision);
        if (!group.IsEmpty) group.Add([desk.Work.Vault.Seal(ReleasedOf(body.Transfer), TransferDesk.KeyOf(body.Transfer), JsonSerializer.SerializeToUtf8Bytes(shares))]);
        var append = group.ToAppend();
        return new Effect.Applied(message.Thread.History.Key!)
        {
            Case = message.Thread.History.Case,
            SharesKey = TransferDesk.KeyOf(body.Transfer),
            Codes = TransferDesk.Codes(request, known.Holding.Offer.Supplier, known.Holding.Offer.Items),
            Streams = append.Streams,
            Vault = append.Vault,
        };
    }
}
