using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>
/// A second official approves the transmission. The first approval fixes the payload bytes of the request act; a later one is about the same bytes.
/// </summary>
/// <param name="Act">Description of the bytes, which go to the vault in the same append. For a later approval the act that the state holds.</param>
public sealed record ApproveTransmission(FixedAct Act, Official By, DateTimeOffset At)
{
    public Decision<RequestEvent> Decide(AssistanceRequest request) => (request, Refusal(request, By)) switch
    {
        (_, { } rule) => new NotPermitted(rule),
        (AssistanceRequest.Assessed s, _) when Act.Validation != Validation.ModeFor(s.Assessment.Summary) => new NotPermitted(RequestRules.ValidationModeDiffers),
        (AssistanceRequest.Assessed, _) when Act is { Validation: not ValidationMode.None, ValidatingAuthority: null } =>
            new NotPermitted(RequestRules.ValidatingAuthorityMissing),
        (AssistanceRequest.Approved s, _) when s.Act.PayloadDigest != Act.PayloadDigest => new NotPermitted(RequestRules.OtherBytes),
        (AssistanceRequest.Approved s, _) when s.Approvers.Any(approver => approver.Id == By.Id) => [],
        _ => [new RequestEvent.TransmissionApproved(Act, By, At)],
    };

    /// <summary>What forbids <paramref name="by"/> to approve, whatever the bytes; null when nothing does. Lets the node ask before it makes an act.</summary>
    public static Rule? Refusal(AssistanceRequest request, Official by) => request switch
    {
        AssistanceRequest.Assessed { Draft: var draft, Assessment: var assessment } =>
            SameEyes(draft, assessment, by)
            ?? (Validation.ModeFor(assessment.Summary) is null ? AssessmentRules.BlockStands : null)
            ?? (assessment.Summary.OpenFlags(assessment.Overrides).Any() ? AssessmentRules.FlagsOpen : null),
        AssistanceRequest.Approved { Draft: var draft, Assessment: var assessment } => SameEyes(draft, assessment, by),
        _ => RequestRules.OutOfOrder(request).Rule,
    };

    private static Rule? SameEyes(Draft draft, VersionAssessment assessment, Official by) =>
        assessment.IsBy(by) || draft.Authors.Any(author => author.Id == by.Id) ? RequestRules.FourEyes : null;
}
