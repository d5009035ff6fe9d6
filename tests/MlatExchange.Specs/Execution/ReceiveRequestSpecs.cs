using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

public sealed class ReceiveRequestSpecs : ExecutionSpec
{
    private static readonly ReceiveValidation Validate = new(ValidationOutcome.Granted, Cast.Digest("validation"), ActDigest, Cast.Hour(6));

    [Fact]
    public void A_verified_request_is_taken_in() => Given().When(new ReceiveRequest(Request).Decide).Then(Request);

    [Fact]
    public void The_same_act_again_changes_nothing() => Given(Request).When(new ReceiveRequest(Request).Decide).Then();

    [Fact]
    public void Another_act_does_not_replace_it() =>
        Given(Request).When(new ReceiveRequest(Request with { ActDigest = Cast.Digest("other") }).Decide).Then(NotPermitted(ExecutionRules.ActAlreadyReceived));

    [Fact]
    public void Marked_to_be_validated_before_it_is_held() => Given().When(new ReceiveRequest(ToValidate).Decide).ThenState(request => request.Name, "held");

    [Fact]
    public void An_emergency_is_not_held() => Given().When(new ReceiveRequest(Urgent).Decide).ThenState(request => request.Name, "received");

    [Fact]
    public void A_valid_validation_frees_it() => Given(ToValidate).When(Validate.Decide).Then(Valid);

    [Fact]
    public void It_is_then_no_longer_held() => Given(ToValidate).When(Validate.Decide).ThenState(request => request.Name, "received");

    [Fact]
    public void A_refused_validation_leaves_it_held() =>
        Given(ToValidate).When((Validate with { Outcome = ValidationOutcome.Refused }).Decide).ThenState(request => request.Name, "held");

    [Fact]
    public void The_same_validation_again_changes_nothing() => Given(ToValidate, Valid).When(Validate.Decide).Then();

    [Fact]
    public void The_opposite_validation_does_not_replace_it() =>
        Given(ToValidate, Valid).When((Validate with { Outcome = ValidationOutcome.Refused }).Decide).Then(NotPermitted(ExecutionRules.AlreadyValidated));

    [Fact]
    public void A_validation_of_another_act_is_refused() =>
        Given(ToValidate).When((Validate with { Validates = Cast.Digest("other") }).Decide).Then(NotPermitted(ExecutionRules.ValidationOfOtherAct));

    [Fact]
    public void A_request_that_asks_for_none_is_not_validated() => Given(Request).When(Validate.Decide).Then(NotPermitted(ExecutionRules.ValidationNotExpected));

    [Fact]
    public void Nothing_is_validated_before_the_request_is_here() => Given().When(Validate.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
}
