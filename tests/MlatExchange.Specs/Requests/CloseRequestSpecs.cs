using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class CloseRequestSpecs : RequestSpec
{
    private static readonly CloseRequest Close = new(0, Cast.Holder, Cast.Hour(9));

    private static RequestEvent Decided(ItemOutcome second) => new RequestEvent.DecisionReceived(
        Cast.Digest("decision"),
        [new("i1", ItemOutcome.Recognised, null, null, []), new("i2", second, "ne-bis-in-idem", "EEV 12(1)(c)", [])],
        Cast.Hour(7));

    [Fact]
    public void When_every_item_is_decided_and_no_evidence_is_held_it_is_closed() =>
        Given([.. ToSending, Decided(ItemOutcome.Refused)]).When(Close.Decide).Then(Closed);

    [Fact]
    public void A_withdrawn_request_is_closed_without_decisions() => Given([.. ToSending, Withdrawn]).When(Close.Decide).Then(Closed);

    [Fact]
    public void Closing_again_changes_nothing() => Given([.. ToSending, Withdrawn, Closed]).When(Close.Decide).Then();

    [Fact]
    public void It_stays_open_while_evidence_is_held() =>
        Given([.. ToSending, Decided(ItemOutcome.Refused)]).When((Close with { OpenTransfers = 1 }).Decide).Then(NotPermitted(RequestRules.TransfersOpen));

    [Fact]
    public void A_withdrawn_request_too_stays_open_while_evidence_is_held() =>
        Given([.. ToSending, Withdrawn]).When((Close with { OpenTransfers = 1 }).Decide).Then(NotPermitted(RequestRules.TransfersOpen));

    [Fact]
    public void It_stays_open_while_an_item_is_undecided() => Given(ToSending).When(Close.Decide).Then(NotPermitted(RequestRules.DecisionsOpen));

    [Fact]
    public void It_stays_open_while_an_item_is_postponed() =>
        Given([.. ToSending, Decided(ItemOutcome.Postponed)]).When(Close.Decide).Then(NotPermitted(RequestRules.DecisionsOpen));

    [Fact]
    public void An_emergency_stays_open_until_it_is_validated() =>
        Given([.. ToEmergency, Decided(ItemOutcome.Refused)]).When(Close.Decide).Then(NotPermitted(RequestRules.ValidationFirst));

    [Fact]
    public void An_emergency_that_was_refused_must_be_withdrawn_and_not_closed() =>
        Given([.. ToEmergency, Refused, Decided(ItemOutcome.Refused)]).When(Close.Decide).Then(NotPermitted(RequestRules.ValidationFirst));

    [Fact]
    public void What_was_given_up_before_it_left_is_closed()
    {
        Given([.. ToApproval, GivenUp]).When(Close.Decide).Then(Closed);
        Given([.. ToAwaitingValidation, GivenUp]).When(Close.Decide).Then(Closed);
        Given([.. ToApproval, GivenUp, Closed]).When(Close.Decide).Then();
    }

    [Fact]
    public void What_the_validating_authority_refused_before_it_left_is_closed() => Given([.. ToAwaitingValidation, Refused]).When(Close.Decide).Then(Closed);

    [Fact]
    public void What_was_closed_without_having_left_takes_nothing_more() =>
        Given([.. ToApproval, GivenUp, Closed]).When(new Withdraw(WithdrawalGround.NoLongerNeeded, null, Cast.Signer, Cast.Hour(10)).Decide).Then(NotPermitted(RequestRules.IsClosed));

    [Fact]
    public void A_draft_is_given_up_and_not_closed() => Given(ToApproval).When(Close.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
}
