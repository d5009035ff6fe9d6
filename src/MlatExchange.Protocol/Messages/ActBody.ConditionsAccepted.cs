using MlatExchange.Protocol.Jose;
using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>The requesting authority accepts conditions and terms by signature and names the key that share B is to be sealed to.</summary>
    /// <param name="ConditionsDigest"><see cref="OfferDigests.Conditions"/> of the offer.</param>
    /// <param name="TermsDigest"><see cref="OfferDigests.Terms"/> of the offer.</param>
    /// <param name="TransferKey">Public half of a fresh key made on the requesting prosecutor's machine for this transfer only.</param>
    public sealed record ConditionsAccepted(string Transfer, ActRef Offer, Digest ConditionsDigest, Digest TermsDigest, EcPublicKey TransferKey) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("transfer", Shapes.Id),
            Must("offer", Shapes.ActRef),
            Must("conditionsDigest", Shapes.Digest),
            Must("termsDigest", Shapes.Digest),
            Must("transferKey", Shapes.P256Key));

        private protected override ActKind TheKind => ActKind.ConditionsAccepted;
    }
}
