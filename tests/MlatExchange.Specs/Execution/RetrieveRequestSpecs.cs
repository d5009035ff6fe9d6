using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

public sealed class RetrieveRequestSpecs : ExecutionSpec
{
    private static readonly RetrieveRequest Open = new(Cast.Prosecutor, Cast.Hour(6));

    private static readonly AcknowledgeRequest Acknowledge = new(Cast.Hour(6));

    [Fact]
    public void The_first_opening_is_recorded() => Given(Request).When(Open.Decide).Then(Retrieved);

    [Fact]
    public void Later_openings_are_not() => Given(Request, Retrieved).When((Open with { By = Cast.Supplier, At = Cast.Hour(7) }).Decide).Then();

    [Fact]
    public void A_withdrawn_request_that_is_opened_is_told_to_the_sender_too() => Given(Request, Withdrawn).When(Open.Decide).Then(Retrieved);

    [Fact]
    public void Nothing_is_opened_before_it_is_here() => Given().When(Open.Decide).Then(NotPermitted(ExecutionRules.NotReceived));

    [Fact]
    public void A_request_is_acknowledged() => Given(Request).When(Acknowledge.Decide).Then(Acknowledged);

    [Fact]
    public void A_held_request_is_acknowledged_too() => Given(ToValidate).When(Acknowledge.Decide).Then(Acknowledged);

    [Fact]
    public void A_second_acknowledgement_changes_nothing() => Given(Request, Acknowledged).When(Acknowledge.Decide).Then();

    [Fact]
    public void A_withdrawn_request_is_not_acknowledged() => Given(Request, Withdrawn).When(Acknowledge.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));

    [Fact]
    public void Nothing_is_acknowledged_before_it_is_here() => Given().When(Acknowledge.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
}
