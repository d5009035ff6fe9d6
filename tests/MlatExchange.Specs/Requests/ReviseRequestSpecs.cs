using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class ReviseRequestSpecs : RequestSpec
{
    private static readonly ReviseRequest Revise = new(Assessments.Narrower, 2, Cast.OtherDrafter, Cast.Hour(1));

    [Fact]
    public void A_draft_can_be_revised() => Given(Drafted).When(Revise.Decide).Then(Revised);

    [Fact]
    public void The_same_revision_again_changes_nothing() => Given(Drafted, Revised).When(Revise.Decide).Then();

    [Fact]
    public void A_revision_of_a_version_that_someone_else_changed_is_refused() =>
        Given(Drafted, Revised).When((Revise with { By = Cast.Drafter }).Decide).Then(NotPermitted(RequestRules.RevisionSuperseded));

    [Fact]
    public void A_revision_may_not_skip_a_version() =>
        Given(Drafted).When((Revise with { Revision = 3 }).Decide).Then(NotPermitted(RequestRules.RevisionSuperseded));

    [Fact]
    public void A_revision_voids_the_assessment_and_its_overrides() =>
        Given(Drafted, Assessed(Assessments.TwoFlags), Overridden("range-width"), Revised)
            .When(new OverrideFinding("range-width", Cast.OtherAssessor, Cast.Hour(2)).Decide)
            .Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void A_revision_voids_the_approvals() =>
        Given([.. ToApproval, Revised])
            .When(new SignRequest(Act.PayloadDigest, ActDigest, "act-key", Cast.Signer, Cast.Hour(4)).Decide)
            .Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void An_approved_request_can_still_be_revised() => Given(ToApproval).When(Revise.Decide).Then(Revised);

    [Fact]
    public void What_is_signed_cannot_be_revised() => Given(ToAwaitingValidation).When(Revise.Decide).Then(NotPermitted(RequestRules.BytesFixed));

    [Fact]
    public void What_is_sent_cannot_be_revised() => Given(ToSending).When(Revise.Decide).Then(NotPermitted(RequestRules.AlreadySent));

    [Fact]
    public void Nothing_can_be_revised_before_it_is_drafted() => Given().When(Revise.Decide).Then(NotPermitted(RequestRules.DraftFirst));
}
