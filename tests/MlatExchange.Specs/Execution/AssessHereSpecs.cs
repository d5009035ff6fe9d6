using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

public sealed class AssessHereSpecs : ExecutionSpec
{
    private static readonly AssessHere Assess = new(Assessments.Pass, Cast.Hour(6));

    private static readonly OverrideFinding Override = new("range-width", Cast.Prosecutor, Cast.Hour(7));

    [Fact]
    public void The_same_rules_are_run_here_and_agree() => Given(Request).When(Assess.Decide).Then(Assessed(Assessments.Pass));

    [Fact]
    public void Where_they_differ_the_difference_is_recorded() =>
        Given(Request).When((Assess with { Result = Assessments.TwoFlags }).Decide).Then(Assessed(Assessments.TwoFlags));

    [Fact]
    public void The_same_run_again_changes_nothing() => Given(ToDecision).When(Assess.Decide).Then();

    [Fact]
    public void A_run_with_another_pack_is_recorded_beside_it() =>
        Given(ToDecision).When((Assess with { Result = Assessments.NewerPack }).Decide).Then(Assessed(Assessments.NewerPack));

    [Fact]
    public void A_withdrawn_request_is_not_assessed() => Given(Request, Withdrawn).When(Assess.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));

    [Fact]
    public void Nothing_is_assessed_before_it_is_here() => Given().When(Assess.Decide).Then(NotPermitted(ExecutionRules.NotReceived));

    [Fact]
    public void A_named_official_may_set_an_own_flag_aside() => Given(Request, Assessed(Assessments.TwoFlags)).When(Override.Decide).Then(Overridden("range-width"));

    [Fact]
    public void What_the_sender_overrode_does_not_count_here() =>
        Given(Request with { Stated = Assessments.Stated with { Overrides = ["range-width"] } }, Assessed(Assessments.TwoFlags))
            .When(new DecideExecution(Cast.Digest("decision"), [Second], Cast.Prosecutor, Cast.Hour(8)).Decide)
            .Then(NotPermitted(AssessmentRules.FlagsOpen));

    [Fact]
    public void The_same_override_again_changes_nothing() =>
        Given(Request, Assessed(Assessments.TwoFlags), Overridden("range-width")).When(Override.Decide).Then();

    [Fact]
    public void A_run_with_another_pack_voids_the_overrides() =>
        Given(Request, Assessed(Assessments.TwoFlags), Overridden("range-width"), Assessed(Assessments.TwoFlags with { PackDigest = "sha-256:pack-2" }))
            .When(Override.Decide)
            .Then(Overridden("range-width"));

    [Fact]
    public void An_own_block_cannot_be_overridden() =>
        Given(Request, Assessed(Assessments.Incurable)).When((Override with { Rule = "threshold-traffic" }).Decide).Then(NotPermitted(AssessmentRules.BlockNotOverridable));

    [Fact]
    public void A_flag_that_was_not_raised_here_cannot_be_overridden() => Given(ToDecision).When(Override.Decide).Then(NotPermitted(AssessmentRules.NoSuchFlag));

    [Fact]
    public void Nothing_is_overridden_before_it_is_assessed_here() => Given(Request).When(Override.Decide).Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void Nothing_is_overridden_after_the_withdrawal() =>
        Given(Request, Assessed(Assessments.TwoFlags), Withdrawn).When(Override.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
}
