using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

/// <summary>An authority that is not competent passes the request on before it decides.</summary>
public class ForwardRequestSpecs : ExecutionSpec
{
    private static readonly ForwardRequest Forward = new("xb-247", true, Cast.Prosecutor, Cast.Hour(7));

    private static ExecutionEvent Forwarded => new ExecutionEvent.Forwarded("xb-247", Cast.Prosecutor, Cast.Hour(7));

    [Fact]
    public void What_is_not_decided_is_passed_on_also_while_it_is_held()
    {
        Given(ToDecision).When(Forward.Decide).Then(Forwarded);
        Given(ToValidate).When(Forward.Decide).Then(Forwarded);
    }

    [Fact]
    public void Passing_it_on_to_whoever_has_it_changes_nothing_and_it_may_come_back()
    {
        Given([.. ToDecision, Forwarded]).When(Forward.Decide).Then();
        Given([.. ToDecision, Forwarded]).When((Forward with { Authority = "xb-central" }).Decide).Then(new ExecutionEvent.Forwarded("xb-central", Cast.Prosecutor, Cast.Hour(7)));
    }

    [Fact]
    public void It_is_passed_on_to_an_authority_of_the_same_jurisdiction_alone() =>
        Given(ToDecision).When((Forward with { Known = false }).Decide).Then(NotPermitted(ExecutionRules.NoSuchAuthority));

    [Fact]
    public void What_was_decided_withdrawn_completed_or_never_came_is_not_passed_on()
    {
        Given([.. ToDecision, Decided(First)]).When(Forward.Decide).Then(NotPermitted(ExecutionRules.DecidedHere));
        Given([.. ToDecision, Withdrawn]).When(Forward.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
        Given([.. ToExecution, Completed]).When(Forward.Decide).Then(NotPermitted(ExecutionRules.IsCompleted));
        Given().When(Forward.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
    }

    [Fact]
    public void From_then_on_the_other_authority_deals_with_it()
    {
        Assert.Equal("xb-central", ((ReceivedRequest.InHand)ReceivedRequest.Fold(ToDecision)).Dossier.Authority);
        Assert.Equal("xb-247", ((ReceivedRequest.InHand)ReceivedRequest.Fold([.. ToDecision, Forwarded])).Dossier.Authority);
    }
}
