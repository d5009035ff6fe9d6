using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class RecordValidationSpecs : RequestSpec
{
    private static readonly RecordValidation Grant = new(
        ValidationOutcome.Granted, Cast.Digest("validation"), ActDigest, Assessments.Pass, Cast.Judge, Cast.Hour(5));

    private static readonly RecordValidation Refuse = Grant with { Outcome = ValidationOutcome.Refused, Result = null };

    [Fact]
    public void Granted_before_transmission_the_request_leaves() =>
        Given(ToAwaitingValidation).When(Grant.Decide).Then(Granted, new RequestEvent.Sent(Cast.Hour(5)));

    [Fact]
    public void Refused_before_transmission_the_request_is_at_an_end() => Given(ToAwaitingValidation).When(Refuse.Decide).Then(Refused);

    [Fact]
    public void Its_state_is_then_validation_refused() =>
        Given(ToAwaitingValidation).When(Refuse.Decide).ThenState(request => request.Name, "validation-refused");

    [Fact]
    public void Whoever_signed_may_not_validate() =>
        Given(ToAwaitingValidation)
            .When((Grant with { By = Cast.Signer with { Role = "judge", Authority = "xa-judge" } }).Decide)
            .Then(NotPermitted(RequestRules.SignerMayNotValidate));

    [Fact]
    public void A_judge_of_another_authority_may_not_validate() =>
        Given(ToAwaitingValidation)
            .When((Grant with { By = Cast.Judge with { Authority = "xa-prosecutor" } }).Decide)
            .Then(NotPermitted(RequestRules.ValidatingAuthorityOnly));

    [Fact]
    public void Only_a_judge_may_validate() =>
        Given(ToAwaitingValidation).When((Grant with { By = Cast.Judge.As("signer") }).Decide).Then(NotPermitted(RequestRules.ValidatingAuthorityOnly));

    [Fact]
    public void A_validation_of_another_act_is_refused() =>
        Given(ToAwaitingValidation).When((Grant with { Validates = Cast.Digest("other") }).Decide).Then(NotPermitted(RequestRules.ValidationOfOtherAct));

    [Fact]
    public void A_validation_that_leaves_a_block_standing_cannot_be_granted() =>
        Given(ToAwaitingValidation).When((Grant with { Result = Assessments.Curable }).Decide).Then(NotPermitted(RequestRules.ValidationDoesNotCure));

    [Fact]
    public void A_validation_without_a_new_assessment_cannot_be_granted() =>
        Given(ToAwaitingValidation).When((Grant with { Result = null }).Decide).Then(NotPermitted(RequestRules.ValidationDoesNotCure));

    [Fact]
    public void A_flag_that_only_shows_to_the_validator_stops_it() =>
        Given(ToAwaitingValidation).When((Grant with { Result = Assessments.TwoFlags }).Decide).Then(NotPermitted(AssessmentRules.FlagsOpen));

    [Fact]
    public void The_same_grant_again_changes_nothing() => Given([.. ToAwaitingValidation, Granted, Sent]).When(Grant.Decide).Then();

    [Fact]
    public void The_same_refusal_again_changes_nothing() => Given([.. ToAwaitingValidation, Refused]).When(Refuse.Decide).Then();

    [Fact]
    public void What_was_refused_cannot_be_granted() =>
        Given([.. ToAwaitingValidation, Refused]).When(Grant.Decide).Then(NotPermitted(RequestRules.ValidationWasRefused));

    [Fact]
    public void What_was_granted_cannot_be_refused() =>
        Given([.. ToAwaitingValidation, Granted, Sent]).When(Refuse.Decide).Then(NotPermitted(RequestRules.AlreadyValidated));

    [Fact]
    public void An_emergency_is_validated_after_it_left() => Given(ToEmergency).When(Grant.Decide).Then(Granted);

    [Fact]
    public void An_emergency_may_be_refused_after_it_left() => Given(ToEmergency).When(Refuse.Decide).Then(Refused);

    [Fact]
    public void The_last_instant_of_the_48_hours_is_in_time() =>
        Given(ToEmergency).When((Grant with { At = Cast.Hour(52) }).Decide).Then(new RequestEvent.Validated(
            ValidationOutcome.Granted, Cast.Digest("validation"), AssessmentSummary.Of(Assessments.Pass), Cast.Judge, Cast.Hour(52)));

    [Fact]
    public void After_48_hours_it_is_too_late_to_grant() =>
        Given(ToEmergency).When((Grant with { At = Cast.Hour(52.001) }).Decide).Then(NotPermitted(RequestRules.ValidationTooLate));

    [Fact]
    public void In_an_emergency_too_the_validation_names_the_act() =>
        Given(ToEmergency).When((Grant with { Validates = Cast.Digest("other") }).Decide).Then(NotPermitted(RequestRules.ValidationOfOtherAct));

    [Fact]
    public void A_request_that_asks_for_none_is_not_validated() => Given(ToSending).When(Grant.Decide).Then(NotPermitted(RequestRules.ValidationNotExpected));

    [Fact]
    public void Nothing_is_validated_before_it_is_signed() => Given(ToApproval).When(Grant.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
}
