using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class OverrideFindingSpecs : RequestSpec
{
    private static readonly OverrideFinding Override = new("range-width", Cast.OtherAssessor, Cast.Hour(2));

    [Fact]
    public void A_named_official_may_set_a_flag_aside() => Given(Drafted, Assessed(Assessments.TwoFlags)).When(Override.Decide).Then(Overridden("range-width"));

    [Fact]
    public void The_same_override_again_changes_nothing() =>
        Given(Drafted, Assessed(Assessments.TwoFlags), Overridden("range-width")).When(Override.Decide).Then();

    [Fact]
    public void A_block_cannot_be_overridden() =>
        Given(Drafted, Assessed(Assessments.Incurable)).When((Override with { Rule = "threshold-traffic" }).Decide).Then(NotPermitted(AssessmentRules.BlockNotOverridable));

    [Fact]
    public void A_block_that_validation_cures_cannot_be_overridden_either() =>
        Given(Drafted, Assessed(Assessments.Curable)).When((Override with { Rule = "competence-content" }).Decide).Then(NotPermitted(AssessmentRules.BlockNotOverridable));

    [Fact]
    public void A_flag_that_was_not_raised_cannot_be_overridden() =>
        Given(Drafted, Assessed(Assessments.TwoFlags)).When((Override with { Rule = "press-privilege" }).Decide).Then(NotPermitted(AssessmentRules.NoSuchFlag));

    [Fact]
    public void A_rule_that_passed_needs_no_override() =>
        Given(Drafted, Assessed(Assessments.TwoFlags)).When((Override with { Rule = "purpose-stated" }).Decide).Then(NotPermitted(AssessmentRules.NoSuchFlag));

    [Fact]
    public void Nothing_is_overridden_before_it_is_assessed() => Given(Drafted).When(Override.Decide).Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void Overrides_are_part_of_the_bytes_that_the_approval_fixes() =>
        Given(ToApproval).When(Override.Decide).Then(NotPermitted(RequestRules.BytesFixed));
}
