using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Execution;

public sealed class CloseReceivedSpecs : ExecutionSpec
{
    private static readonly CloseReceived Close = new(0, Cast.Prosecutor, Cast.Hour(12));

    private static ExecutionEvent Closed => new ExecutionEvent.Closed(Cast.Prosecutor, Cast.Hour(12));

    [Fact]
    public void When_every_item_is_decided_and_no_evidence_is_out_it_is_closed() => Given([.. ToDecision, Decided(First, SecondRefused)]).When(Close.Decide).Then(Closed);

    [Fact]
    public void It_may_be_closed_when_completed() => Given([.. ToExecution, Completed]).When(Close.Decide).Then(Closed);

    [Fact]
    public void A_withdrawn_request_is_closed_without_decisions() => Given([.. ToDecision, Withdrawn]).When(Close.Decide).Then(Closed);

    [Fact]
    public void Closing_again_changes_nothing() => Given([.. ToDecision, Withdrawn, Closed]).When(Close.Decide).Then();

    [Fact]
    public void It_stays_open_while_evidence_is_out() =>
        Given([.. ToExecution, Completed]).When((Close with { OpenTransfers = 1 }).Decide).Then(NotPermitted(ExecutionRules.TransfersOpen));

    [Fact]
    public void A_withdrawn_request_too_stays_open_while_evidence_is_out() =>
        Given([.. ToDecision, Withdrawn]).When((Close with { OpenTransfers = 1 }).Decide).Then(NotPermitted(ExecutionRules.TransfersOpen));

    [Fact]
    public void It_stays_open_while_an_item_is_undecided() => Given([.. ToDecision, Decided(First)]).When(Close.Decide).Then(NotPermitted(ExecutionRules.DecisionsOpen));

    [Fact]
    public void What_never_came_is_not_closed() => Given().When(Close.Decide).Then(NotPermitted(ExecutionRules.NotReceived));

    [Fact]
    public void After_the_closing_nothing_is_decided() =>
        Given([.. ToDecision, Withdrawn, Closed]).When(new DecideExecution(Cast.Digest("decision"), [First], Cast.Prosecutor, Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));

    [Fact]
    public void After_the_closing_a_withdrawal_comes_too_late() =>
        Given([.. ToExecution, Completed, Closed]).When(new ReceiveWithdrawal(Cast.Digest("withdrawal"), ActDigest, "no-longer-needed", Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));

    [Fact]
    public void After_the_closing_nothing_is_assessed() =>
        Given([.. ToExecution, Completed, Closed]).When(new AssessHere(Assessments.Pass, Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));

    [Fact]
    public void After_the_closing_no_finding_is_set_aside() =>
        Given([.. ToExecution, Completed, Closed]).When(new Domain.Execution.OverrideFinding("rule", Cast.Prosecutor, Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));

    [Fact]
    public void After_the_closing_no_first_opening_is_told() =>
        Given([.. ToExecution, Completed, Closed]).When(new RetrieveRequest(Cast.Prosecutor, Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));

    [Fact]
    public void After_the_closing_nothing_is_acknowledged() =>
        Given([.. ToExecution, Completed, Closed]).When(new AcknowledgeRequest(Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));

    [Fact]
    public void After_the_closing_no_validation_counts() =>
        Given(Urgent, Withdrawn, Closed).When(new ReceiveValidation(ValidationOutcome.Granted, Cast.Digest("validation"), ActDigest, Cast.Hour(13)).Decide).Then(NotPermitted(ExecutionRules.IsClosed));
}
