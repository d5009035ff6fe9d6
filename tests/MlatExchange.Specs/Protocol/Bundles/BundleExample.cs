using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Messages;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Bundles;

/// <summary>Bundles of messages between the two nodes of the verification vectors.</summary>
internal static class BundleExample
{
    public static BundleFile Of(Draft draft, bool delivered = false)
    {
        var packed = draft.Pack();
        return new BundleFile(
            BundleFile.FileKind, 1, World.Now, packed.Message, packed.Acts, packed.Shares, packed.Disclosures, packed.Logged, [], delivered ? [Delivery(packed)] : [],
            World.Usual.Lists);
    }

    private static BundledReceipt Delivery(SealedEnvelope packed)
    {
        var (digest, thread) = (CompactJws.DigestOf(packed.Message), Acts.Id("thread"));
        var leaf = Draft.LeafOf("xb", "thread.message-accepted.v1", thread, digest, null);
        var receipt = new MessageBody.ReceiptOf(
            ReceiptKind.Delivery, new MessageRef(Acts.Id("message"), digest, 1), World.Now, Transcript.Of(World.XbNode, World.XaNode, null, digest), Draft.Prove("xb", leaf, thread, digest, size: 5));
        var answer = new Draft(receipt) { Sender = "xb", Jti = Acts.Id("receipt"), Thread = thread, Heads = new ThreadHeads(null, new Link(1, digest)) }.Pack();
        return new BundledReceipt(World.Now, answer.Message, answer.Logged);
    }
}
