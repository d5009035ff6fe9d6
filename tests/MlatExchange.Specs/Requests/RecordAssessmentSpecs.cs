using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class RecordAssessmentSpecs : RequestSpec
{
    private static readonly RecordAssessment Assess = new(Assessments.Pass, Cast.Assessor, Cast.Hour(1));

    [Fact]
    public void A_draft_is_assessed() => Given(Drafted).When(Assess.Decide).Then(Assessed(Assessments.Pass));

    [Fact]
    public void The_same_run_by_the_same_official_changes_nothing() => Given(Drafted, Assessed(Assessments.Pass)).When(Assess.Decide).Then();

    [Fact]
    public void The_same_run_by_another_official_makes_them_an_assessor_too() =>
        Given(Drafted, Assessed(Assessments.Pass)).When((Assess with { By = Cast.OtherAssessor }).Decide).Then(Assessed(Assessments.Pass, Cast.OtherAssessor));

    [Fact]
    public void The_same_run_keeps_the_overrides() =>
        Given(Drafted, Assessed(Assessments.TwoFlags), Overridden("range-width"), Assessed(Assessments.TwoFlags, Cast.OtherAssessor))
            .When(new OverrideFinding("range-width", Cast.OtherAssessor, Cast.Hour(2)).Decide)
            .Then();

    [Fact]
    public void A_run_with_another_rule_pack_voids_the_overrides() =>
        Given(Drafted, Assessed(Assessments.TwoFlags), Overridden("range-width"), Assessed(Newer))
            .When(new OverrideFinding("range-width", Cast.OtherAssessor, Cast.Hour(2)).Decide)
            .Then(Overridden("range-width"));

    [Fact]
    public void A_flag_is_a_result_and_no_error() => Given(Drafted).When((Assess with { Result = Assessments.TwoFlags }).Decide).Then(Assessed(Assessments.TwoFlags));

    [Fact]
    public void The_same_run_after_the_approval_changes_nothing() => Given(ToApproval).When(Assess.Decide).Then();

    [Fact]
    public void Another_run_after_the_approval_needs_a_revision() =>
        Given(ToApproval).When((Assess with { Result = Assessments.NewerPack }).Decide).Then(NotPermitted(RequestRules.BytesFixed));

    [Fact]
    public void What_is_sent_is_not_assessed_again() => Given(ToSending).When(Assess.Decide).Then(NotPermitted(RequestRules.AlreadySent));

    [Fact]
    public void Nothing_can_be_assessed_before_it_is_drafted() => Given().When(Assess.Decide).Then(NotPermitted(RequestRules.DraftFirst));

    private static AssessmentResult Newer => Assessments.TwoFlags with { RulePack = "eev@2", PackDigest = "sha-256:pack-2" };
}
