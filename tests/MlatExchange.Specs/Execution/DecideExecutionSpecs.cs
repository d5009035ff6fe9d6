using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

public sealed class DecideExecutionSpecs : ExecutionSpec
{
    private static readonly ItemDecision Conditional = new("i1", ItemOutcome.WithConditions, null, null, ["NoOnward"]);

    private static readonly ItemDecision Postponed = new("i1", ItemOutcome.Postponed, "ongoing-investigation", null, []);

    [Fact]
    public void Every_item_may_be_recognised_at_once() =>
        Given(ToDecision).When(Decide([.. DecideExecution.OnAll(Assessments.Facts, ItemOutcome.Recognised)]).Decide).Then(Decided(First, Second));

    [Fact]
    public void Some_items_may_be_recognised_and_others_refused() => Given(ToDecision).When(Decide(First, SecondRefused).Decide).Then(Decided(First, SecondRefused));

    [Fact]
    public void It_is_then_partially_recognised() => Given(ToDecision).When(Decide(First, SecondRefused).Decide).ThenState(request => request.Name, "partially-recognised");

    [Fact]
    public void Every_item_recognised_is_recognised() => Given(ToDecision).When(Decide(First, Second).Decide).ThenState(request => request.Name, "recognised");

    [Fact]
    public void Every_item_refused_is_refused() =>
        Given(ToDecision).When(Decide(SecondRefused with { Ref = "i1" }, SecondRefused).Decide).ThenState(request => request.Name, "refused");

    [Fact]
    public void One_item_of_two_refused_is_not_yet_a_refusal_of_the_request() =>
        Given(ToDecision).When(Decide(SecondRefused).Decide).ThenState(request => request.Name, "partially-recognised");

    [Fact]
    public void Every_item_postponed_is_postponed() =>
        Given(ToDecision).When(Decide(Postponed, Postponed with { Ref = "i2" }).Decide).ThenState(request => request.Name, "postponed");

    [Fact]
    public void Every_item_under_conditions_is_recognised_with_conditions() =>
        Given(ToDecision).When(Decide(Conditional, Conditional with { Ref = "i2" }).Decide).ThenState(request => request.Name, "recognised-with-conditions");

    [Fact]
    public void The_same_decision_again_changes_nothing() => Given([.. ToDecision, Decided(First, SecondRefused)]).When(Decide(First, SecondRefused).Decide).Then();

    [Fact]
    public void Only_what_is_new_is_recorded() => Given([.. ToDecision, Decided(First)]).When(Decide(First, SecondRefused).Decide).Then(Decided(SecondRefused));

    [Fact]
    public void A_decision_is_not_reversed() =>
        Given([.. ToDecision, Decided(First)]).When(Decide(SecondRefused with { Ref = "i1" }).Decide).Then(NotPermitted(ExecutionRules.AlreadyDecided));

    [Fact]
    public void A_postponed_item_may_be_decided_later() => Given([.. ToDecision, Decided(Postponed)]).When(Decide(First).Decide).Then(Decided(First));

    [Fact]
    public void An_item_left_over_may_be_decided_while_others_are_executed() =>
        Given([.. ToDecision, Decided(First), Started]).When(Decide(Second).Decide).Then(Decided(Second));

    [Fact]
    public void A_refusal_names_its_ground() =>
        Given(ToDecision).When(Decide(SecondRefused with { Ground = null }).Decide).Then(NotPermitted(ExecutionRules.GroundFirst));

    [Fact]
    public void A_refusal_cites_its_article() =>
        Given(ToDecision).When(Decide(SecondRefused with { Citation = null }).Decide).Then(NotPermitted(ExecutionRules.GroundFirst));

    [Fact]
    public void A_postponement_names_its_ground() =>
        Given(ToDecision).When(Decide(Postponed with { Ground = null }).Decide).Then(NotPermitted(ExecutionRules.GroundFirst));

    [Fact]
    public void Conditions_are_named() => Given(ToDecision).When(Decide(Conditional with { Conditions = [] }).Decide).Then(NotPermitted(ExecutionRules.ConditionsFirst));

    [Fact]
    public void Conditions_are_not_slipped_into_a_plain_recognition() =>
        Given(ToDecision).When(Decide(First with { Conditions = ["NoOnward"] }).Decide).Then(NotPermitted(ExecutionRules.ConditionsFirst));

    [Fact]
    public void An_item_that_was_not_asked_for_is_not_decided() =>
        Given(ToDecision).When(Decide(First with { Ref = "i9" }).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));

    [Fact]
    public void An_item_is_decided_once_in_one_decision() => Given(ToDecision).When(Decide(First, First).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));

    [Fact]
    public void An_empty_decision_is_none() => Given(ToDecision).When(Decide().Decide).Then(NotPermitted(ExecutionRules.NothingDecided));

    [Fact]
    public void Nothing_is_recognised_before_it_is_assessed_here() => Given(Request).When(Decide(First).Decide).Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void A_refusal_needs_no_assessment() => Given(Request).When(Decide(SecondRefused).Decide).Then(Decided(SecondRefused));

    [Fact]
    public void Each_own_flag_on_the_item_must_be_overridden_first() =>
        Given(Request, Assessed(Assessments.TwoFlags), Overridden("range-width")).When(Decide(First, Second).Decide).Then(NotPermitted(AssessmentRules.FlagsOpen));

    [Fact]
    public void Postponing_too_needs_the_overrides() =>
        Given(Request, Assessed(Assessments.TwoFlags)).When(Decide(Postponed).Decide).Then(NotPermitted(AssessmentRules.FlagsOpen));

    [Fact]
    public void A_flag_on_another_item_does_not_matter() =>
        Given(Request, Assessed(Assessments.TwoFlags), Overridden("less-intrusive-alternative-missing")).When(Decide(First).Decide).Then(Decided(First));

    [Fact]
    public void With_every_own_flag_overridden_it_can_be_recognised() =>
        Given(Request, Assessed(Assessments.TwoFlags), Overridden("range-width"), Overridden("less-intrusive-alternative-missing"))
            .When(Decide(First, Second).Decide)
            .Then(Decided(First, Second));

    [Fact]
    public void Refusing_needs_no_override() => Given(Request, Assessed(Assessments.TwoFlags)).When(Decide(SecondRefused).Decide).Then(Decided(SecondRefused));

    [Fact]
    public void A_blocked_item_can_only_be_refused() =>
        Given(Request, Assessed(Assessments.Incurable)).When(Decide(Second).Decide).Then(NotPermitted(AssessmentRules.BlockStands));

    [Fact]
    public void A_block_on_one_item_leaves_the_others_free() => Given(Request, Assessed(Assessments.Incurable)).When(Decide(First).Decide).Then(Decided(First));

    [Fact]
    public void A_held_request_can_only_be_refused() =>
        Given(ToValidate, Assessed(Assessments.Pass)).When(Decide(First).Decide).Then(NotPermitted(ExecutionRules.IsHeld));

    [Fact]
    public void A_held_request_may_be_refused() => Given(ToValidate, Assessed(Assessments.Pass)).When(Decide(SecondRefused).Decide).Then(Decided(SecondRefused));

    [Fact]
    public void Once_validated_a_block_that_validation_cures_no_longer_stands() =>
        Given(ToValidate, Assessed(Assessments.Curable), Valid).When(Decide(First).Decide).Then(Decided(First));

    [Fact]
    public void Validation_does_not_cure_every_block() =>
        Given(ToValidate, Assessed(Assessments.BothBlocks), Valid).When(Decide(Second).Decide).Then(NotPermitted(AssessmentRules.BlockStands));

    [Fact]
    public void A_block_that_validation_would_cure_stands_where_none_is_asked_for() =>
        Given(Request, Assessed(Assessments.Curable)).When(Decide(First).Decide).Then(NotPermitted(AssessmentRules.BlockStands));

    [Fact]
    public void An_emergency_is_executed_before_its_validation() => Given(Urgent, Assessed(Assessments.Pass)).When(Decide(First).Decide).Then(Decided(First));

    [Fact]
    public void An_emergency_that_was_refused_validation_can_only_be_refused() =>
        Given(Urgent, Assessed(Assessments.Pass), Invalid).When(Decide(First).Decide).Then(NotPermitted(ExecutionRules.ValidationWasRefused));

    [Fact]
    public void A_withdrawn_request_is_not_decided() => Given([.. ToDecision, Withdrawn]).When(Decide(First).Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));

    [Fact]
    public void A_completed_request_is_not_decided_again() =>
        Given([.. ToDecision, Decided(First, Postponed with { Ref = "i2" }), Decided(SecondRefused), Started, Completed])
            .When(Decide(Second).Decide)
            .Then(NotPermitted(ExecutionRules.IsCompleted));

    [Fact]
    public void Nothing_is_decided_before_it_is_here() => Given().When(Decide(First).Decide).Then(NotPermitted(ExecutionRules.NotReceived));

    private static DecideExecution Decide(params ItemDecision[] items) => new(Cast.Digest("decision"), items, Cast.Prosecutor, Cast.Hour(8));
}
