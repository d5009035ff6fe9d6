using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

/// <summary>The words that the stories of a request are told in.</summary>
public abstract class RequestSpec() : Spec<AssistanceRequest, RequestEvent>(AssistanceRequest.Initial, AssistanceRequest.Evolve)
{
    protected const string Thread = "thread-1";

    protected static readonly FixedAct Act = new("act-1", Cast.Digest("payload"), 1_780_300_800, "evidence-key", ValidationMode.None, null);

    protected static readonly FixedAct ActBefore = Act with { Validation = ValidationMode.Before, ValidatingAuthority = "xa-judge" };

    protected static readonly FixedAct ActEmergency = Act with { Validation = ValidationMode.Within48Hours, ValidatingAuthority = "xa-judge" };

    protected static readonly string ActDigest = Cast.Digest("act");

    protected static RequestEvent Drafted => new RequestEvent.Drafted(Assessments.Facts, Thread, Cast.Drafter, Cast.Hour(0));

    protected static RequestEvent Revised => new RequestEvent.Revised(Assessments.Narrower, 2, Cast.OtherDrafter, Cast.Hour(1));

    protected static RequestEvent Sent => new RequestEvent.Sent(Cast.Hour(4));

    protected static RequestEvent Signed => new RequestEvent.ActSigned(ActDigest, "act-key", Cast.Signer, Cast.Hour(4));

    protected static RequestEvent Assessed(AssessmentResult result, Official? by = null) =>
        new RequestEvent.Assessed(AssessmentSummary.Of(result), by ?? Cast.Assessor, Cast.Hour(1));

    protected static RequestEvent Overridden(string rule) => new RequestEvent.FindingOverridden(rule, Cast.OtherAssessor, Cast.Hour(2));

    protected static RequestEvent Approved(FixedAct act, Official? by = null) => new RequestEvent.TransmissionApproved(act, by ?? Cast.Approver, Cast.Hour(3));

    protected static RequestEvent Granted => new RequestEvent.Validated(
        ValidationOutcome.Granted, Cast.Digest("validation"), AssessmentSummary.Of(Assessments.Pass), Cast.Judge, Cast.Hour(5));

    protected static RequestEvent Refused => new RequestEvent.Validated(ValidationOutcome.Refused, Cast.Digest("validation"), null, Cast.Judge, Cast.Hour(5));

    protected static RequestEvent Withdrawn => new RequestEvent.Withdrawn(WithdrawalGround.NoLongerNeeded, Cast.Digest("withdrawal"), Cast.Signer, Cast.Hour(6));

    protected static RequestEvent GivenUp => new RequestEvent.Withdrawn(WithdrawalGround.NoLongerNeeded, null, Cast.Signer, Cast.Hour(6));

    protected static RequestEvent Closed => new RequestEvent.Closed(Cast.Holder, Cast.Hour(9));

    /// <summary>Approved, with nothing to validate.</summary>
    protected static RequestEvent[] ToApproval => [Drafted, Assessed(Assessments.Pass), Approved(Act)];

    /// <summary>With the other side, with nothing to validate.</summary>
    protected static RequestEvent[] ToSending => [.. ToApproval, Signed, Sent];

    /// <summary>Signed, and only the validation is missing.</summary>
    protected static RequestEvent[] ToAwaitingValidation => [Drafted, Assessed(Assessments.Curable), Approved(ActBefore), Signed];

    /// <summary>An emergency that has left at hour 4.</summary>
    protected static RequestEvent[] ToEmergency => [Drafted, Assessed(Assessments.Emergency), Approved(ActEmergency), Signed, Sent];
}
