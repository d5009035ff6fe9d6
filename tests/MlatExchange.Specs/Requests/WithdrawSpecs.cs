using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class WithdrawSpecs : RequestSpec
{
    private static readonly Withdraw Take = new(WithdrawalGround.NoLongerNeeded, Cast.Digest("withdrawal"), Cast.Signer, Cast.Hour(6));

    [Fact]
    public void What_has_left_is_withdrawn_by_a_signed_act() => Given(ToSending).When(Take.Decide).Then(Withdrawn);

    [Fact]
    public void What_has_left_is_not_withdrawn_without_an_act() =>
        Given(ToSending).When((Take with { ActDigest = null }).Decide).Then(NotPermitted(RequestRules.WithdrawalActFirst));

    [Fact]
    public void A_draft_is_given_up_and_nobody_need_be_told() => Given(Drafted).When((Take with { ActDigest = null }).Decide).Then(GivenUp);

    [Fact]
    public void What_awaits_validation_is_given_up_and_nobody_need_be_told() => Given(ToAwaitingValidation).When(Take.Decide).Then(GivenUp);

    [Fact]
    public void The_same_withdrawal_again_changes_nothing() => Given([.. ToSending, Withdrawn]).When(Take.Decide).Then();

    [Fact]
    public void Giving_up_again_changes_nothing() => Given(Drafted, GivenUp).When(Take.Decide).Then();

    [Fact]
    public void Only_the_issuing_authority_withdraws_what_has_left() =>
        Given(ToSending).When((Take with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));

    [Fact]
    public void Only_the_issuing_authority_gives_up_a_draft() =>
        Given(Drafted).When((Take with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));

    [Fact]
    public void Only_the_issuing_authority_gives_up_what_awaits_validation() =>
        Given(ToAwaitingValidation).When((Take with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));

    [Fact]
    public void A_refused_validation_after_an_emergency_is_a_ground() =>
        Given([.. ToEmergency, Refused])
            .When((Take with { Ground = WithdrawalGround.ValidationRefused }).Decide)
            .Then(new RequestEvent.Withdrawn(WithdrawalGround.ValidationRefused, Cast.Digest("withdrawal"), Cast.Signer, Cast.Hour(6)));

    [Fact]
    public void A_refusal_that_did_not_happen_is_no_ground() =>
        Given(ToEmergency).When((Take with { Ground = WithdrawalGround.ValidationRefused }).Decide).Then(NotPermitted(RequestRules.GroundDoesNotHold));

    [Fact]
    public void After_48_hours_without_validation_the_node_withdraws() =>
        Given(ToEmergency)
            .When(new Withdraw(WithdrawalGround.ValidationLapsed, Cast.Digest("withdrawal"), Cast.Node, Cast.Hour(52.5)).Decide)
            .Then(new RequestEvent.Withdrawn(WithdrawalGround.ValidationLapsed, Cast.Digest("withdrawal"), Cast.Node, Cast.Hour(52.5)));

    [Fact]
    public void Within_the_48_hours_nothing_has_lapsed() =>
        Given(ToEmergency)
            .When((Take with { Ground = WithdrawalGround.ValidationLapsed, At = Cast.Hour(52) }).Decide)
            .Then(NotPermitted(RequestRules.GroundDoesNotHold));

    [Fact]
    public void A_validated_emergency_does_not_lapse() =>
        Given([.. ToEmergency, Granted])
            .When((Take with { Ground = WithdrawalGround.ValidationLapsed, At = Cast.Hour(60) }).Decide)
            .Then(NotPermitted(RequestRules.GroundDoesNotHold));

    [Fact]
    public void A_draft_has_no_validation_that_could_have_been_refused() =>
        Given(Drafted).When((Take with { Ground = WithdrawalGround.ValidationRefused }).Decide).Then(NotPermitted(RequestRules.GroundDoesNotHold));

    [Fact]
    public void What_is_closed_is_not_withdrawn() => Given([.. ToSending, Withdrawn, Closed]).When(Take.Decide).Then(NotPermitted(RequestRules.IsClosed));

    [Fact]
    public void Nothing_can_be_withdrawn_before_it_is_drafted() => Given().When(Take.Decide).Then(NotPermitted(RequestRules.DraftFirst));
}
