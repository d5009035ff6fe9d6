using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class ApproveTransmissionSpecs : RequestSpec
{
    private static readonly ApproveTransmission Approve = new(Act, Cast.Approver, Cast.Hour(3));

    [Fact]
    public void A_second_official_approves_and_fixes_the_bytes() => Given(Drafted, Assessed(Assessments.Pass)).When(Approve.Decide).Then(Approved(Act));

    [Fact]
    public void The_same_approval_again_changes_nothing() => Given(ToApproval).When(Approve.Decide).Then();

    [Fact]
    public void A_further_approval_is_about_the_same_bytes() =>
        Given(ToApproval).When((Approve with { By = Cast.OtherApprover }).Decide).Then(Approved(Act, Cast.OtherApprover));

    [Fact]
    public void A_further_approval_of_other_bytes_is_refused() =>
        Given(ToApproval)
            .When((Approve with { By = Cast.OtherApprover, Act = Act with { PayloadDigest = Cast.Digest("other") } }).Decide)
            .Then(NotPermitted(RequestRules.OtherBytes));

    [Fact]
    public void Whoever_drafted_the_request_may_not_approve_it() =>
        Given(Drafted, Assessed(Assessments.Pass)).When((Approve with { By = Cast.Drafter.As("approver") }).Decide).Then(NotPermitted(RequestRules.FourEyes));

    [Fact]
    public void Whoever_revised_the_request_may_not_approve_it() =>
        Given(Drafted, Revised, Assessed(Assessments.Pass))
            .When((Approve with { By = Cast.OtherDrafter.As("approver") }).Decide)
            .Then(NotPermitted(RequestRules.FourEyes));

    [Fact]
    public void Whoever_drafted_an_earlier_version_may_not_approve_a_later_one() =>
        Given(Drafted, Revised, Assessed(Assessments.Pass)).When((Approve with { By = Cast.Drafter.As("approver") }).Decide).Then(NotPermitted(RequestRules.FourEyes));

    [Fact]
    public void Whoever_assessed_the_request_may_not_approve_it() =>
        Given(Drafted, Assessed(Assessments.Pass)).When((Approve with { By = Cast.Assessor.As("approver") }).Decide).Then(NotPermitted(RequestRules.FourEyes));

    [Fact]
    public void Whoever_assessed_it_once_more_may_not_approve_it() =>
        Given(Drafted, Assessed(Assessments.Pass), Assessed(Assessments.Pass, Cast.OtherAssessor))
            .When((Approve with { By = Cast.OtherAssessor.As("approver") }).Decide)
            .Then(NotPermitted(RequestRules.FourEyes));

    [Fact]
    public void Four_eyes_hold_for_a_further_approval_too() =>
        Given(ToApproval).When((Approve with { By = Cast.Drafter.As("approver") }).Decide).Then(NotPermitted(RequestRules.FourEyes));

    [Fact]
    public void A_draft_must_be_assessed_before_it_is_approved() => Given(Drafted).When(Approve.Decide).Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void A_revised_version_must_be_assessed_anew() =>
        Given(Drafted, Assessed(Assessments.Pass), Revised).When(Approve.Decide).Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void Every_flag_must_be_overridden_first() =>
        Given(Drafted, Assessed(Assessments.TwoFlags), Overridden("range-width")).When(Approve.Decide).Then(NotPermitted(AssessmentRules.FlagsOpen));

    [Fact]
    public void With_every_flag_overridden_it_can_be_approved() =>
        Given(Drafted, Assessed(Assessments.TwoFlags), Overridden("range-width"), Overridden("less-intrusive-alternative-missing"))
            .When(Approve.Decide)
            .Then(Approved(Act));

    [Fact]
    public void A_block_that_nothing_cures_stops_it() =>
        Given(Drafted, Assessed(Assessments.Incurable)).When(Approve.Decide).Then(NotPermitted(AssessmentRules.BlockStands));

    [Fact]
    public void One_block_that_nothing_cures_stops_it_beside_one_that_validation_cures() =>
        Given(Drafted, Assessed(Assessments.BothBlocks)).When((Approve with { Act = ActBefore }).Decide).Then(NotPermitted(AssessmentRules.BlockStands));

    [Fact]
    public void Where_validation_cures_every_block_the_act_asks_for_validation_before_it_leaves() =>
        Given(Drafted, Assessed(Assessments.Curable)).When((Approve with { Act = ActBefore }).Decide).Then(Approved(ActBefore));

    [Fact]
    public void An_act_may_not_ask_for_less_validation_than_the_assessment() =>
        Given(Drafted, Assessed(Assessments.Curable)).When(Approve.Decide).Then(NotPermitted(RequestRules.ValidationModeDiffers));

    [Fact]
    public void An_act_may_not_claim_an_emergency_that_the_assessment_does_not_find() =>
        Given(Drafted, Assessed(Assessments.Curable)).When((Approve with { Act = ActEmergency }).Decide).Then(NotPermitted(RequestRules.ValidationModeDiffers));

    [Fact]
    public void An_emergency_is_validated_within_48_hours() =>
        Given(Drafted, Assessed(Assessments.Emergency)).When((Approve with { Act = ActEmergency }).Decide).Then(Approved(ActEmergency));

    [Fact]
    public void An_act_that_needs_validation_names_who_validates() =>
        Given(Drafted, Assessed(Assessments.Curable))
            .When((Approve with { Act = ActBefore with { ValidatingAuthority = null } }).Decide)
            .Then(NotPermitted(RequestRules.ValidatingAuthorityMissing));

    [Fact]
    public void What_is_signed_is_not_approved_any_more() => Given(ToAwaitingValidation).When(Approve.Decide).Then(NotPermitted(RequestRules.ValidationFirst));

    [Fact]
    public void What_was_given_up_is_not_approved() => Given(Drafted, GivenUp).When(Approve.Decide).Then(NotPermitted(RequestRules.WasWithdrawn));
}
