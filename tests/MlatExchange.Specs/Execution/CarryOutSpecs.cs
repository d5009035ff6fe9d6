using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

public sealed class CarryOutSpecs : ExecutionSpec
{
    private static readonly StartExecution Start = new(Cast.Prosecutor, Cast.Hour(9));

    private static readonly CompleteExecution Complete = new(Cast.Prosecutor, Cast.Hour(10));

    private static readonly ReceiveWithdrawal Withdraw = new(Cast.Digest("withdrawal"), ActDigest, "no-longer-needed", Cast.Hour(8));

    [Fact]
    public void What_is_recognised_is_executed() => Given([.. ToDecision, Decided(First)]).When(Start.Decide).Then(Started);

    [Fact]
    public void Starting_again_changes_nothing() => Given(ToExecution).When(Start.Decide).Then();

    [Fact]
    public void What_is_refused_is_not_executed() =>
        Given([.. ToDecision, Decided(SecondRefused)]).When(Start.Decide).Then(NotPermitted(ExecutionRules.DecisionFirst));

    [Fact]
    public void Nothing_is_executed_before_it_is_decided() => Given(ToDecision).When(Start.Decide).Then(NotPermitted(ExecutionRules.DecisionFirst));

    [Fact]
    public void Nothing_is_executed_after_the_withdrawal() =>
        Given([.. ToDecision, Decided(First), Withdrawn]).When(Start.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));

    [Fact]
    public void When_all_is_done_it_is_completed() => Given(ToExecution).When(Complete.Decide).Then(Completed);

    [Fact]
    public void Completing_again_changes_nothing() => Given([.. ToExecution, Completed]).When(Complete.Decide).Then();

    [Fact]
    public void It_is_not_completed_while_an_item_is_undecided() =>
        Given([.. ToDecision, Decided(First), Started]).When(Complete.Decide).Then(NotPermitted(ExecutionRules.DecisionsOpen));

    [Fact]
    public void It_is_not_completed_before_it_began() =>
        Given([.. ToDecision, Decided(First, Second)]).When(Complete.Decide).Then(NotPermitted(ExecutionRules.ExecutionFirst));

    [Fact]
    public void The_sender_may_withdraw_while_it_is_executed() => Given(ToExecution).When(Withdraw.Decide).Then(Withdrawn);

    [Fact]
    public void The_sender_may_withdraw_after_it_is_completed() => Given([.. ToExecution, Completed]).When(Withdraw.Decide).Then(Withdrawn);

    [Fact]
    public void The_sender_may_withdraw_what_is_held() => Given(ToValidate).When(Withdraw.Decide).Then(Withdrawn);

    [Fact]
    public void The_same_withdrawal_again_changes_nothing() => Given([.. ToExecution, Withdrawn]).When(Withdraw.Decide).Then();

    [Fact]
    public void A_withdrawal_of_another_act_is_refused() =>
        Given(ToExecution).When((Withdraw with { Withdraws = Cast.Digest("other") }).Decide).Then(NotPermitted(ExecutionRules.WithdrawalOfOtherAct));

    [Fact]
    public void Nothing_is_withdrawn_before_it_is_here() => Given().When(Withdraw.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
}
