using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Domain.Transfers;

/// <summary>Takes in what the sealing tool says of a transfer. Share B goes under the transfer's key in the same append.</summary>
/// <param name="Answers">The received request, as it stands at the version that the append names.</param>
public sealed record PrepareTransfer(SupplyEvent.Prepared Package, ReceivedRequest Answers)
{
    public Decision<SupplyEvent> Decide(SuppliedTransfer transfer) => transfer switch
    {
        not SuppliedTransfer.NotPrepared => new NotPermitted(TransferRules.TransferKnown),
        _ when Package.Items.Count == 0 || !Package.Items.All(Sound) || Package.Items.DistinctBy(item => item.Ref).Count() != Package.Items.Count =>
            new NotPermitted(TransferRules.ItemsFirst),
        _ when !Stands(Answers) || !Package.Items.All(IsRecognised) => new NotPermitted(TransferRules.NotRecognised),
        _ when Package.ReleaseBy <= Package.At || Package.Expires < Package.ReleaseBy => new NotPermitted(TransferRules.DatesReversed),
        _ => [Package],
    };

    private static bool Stands(ReceivedRequest request) =>
        request is ReceivedRequest.Decided or ReceivedRequest.InExecution && SupplyTimer.Stands((ReceivedRequest.InHand)request);

    private static bool Sound(EvidenceItem item) =>
        item.Ref.Length is > 0 and <= 32
        && item.Ref.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
        && item.Size > 0
        && item.Retention.MaximumDays > 0;

    private bool IsRecognised(EvidenceItem item) => ((ReceivedRequest.InHand)Answers).Decisions.IsRecognised(item.RequestItem);
}
