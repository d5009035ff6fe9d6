using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public sealed class SignRequestSpecs : RequestSpec
{
    private static readonly SignRequest Sign = new(Act.PayloadDigest, ActDigest, "act-key", Cast.Signer, Cast.Hour(4));

    [Fact]
    public void The_issuing_authority_signs_and_the_request_leaves() => Given(ToApproval).When(Sign.Decide).Then(Signed, Sent);

    [Fact]
    public void Where_validation_comes_before_nothing_leaves() =>
        Given(Drafted, Assessed(Assessments.Curable), Approved(ActBefore)).When(Sign.Decide).Then(Signed);

    [Fact]
    public void Then_it_awaits_validation() =>
        Given(Drafted, Assessed(Assessments.Curable), Approved(ActBefore)).When(Sign.Decide).ThenState(request => request.Name, "awaiting-validation");

    [Fact]
    public void An_emergency_leaves_at_once() => Given(Drafted, Assessed(Assessments.Emergency), Approved(ActEmergency)).When(Sign.Decide).Then(Signed, Sent);

    [Fact]
    public void The_state_is_then_sent() => Given(ToApproval).When(Sign.Decide).ThenState(request => request.Name, "sent");

    [Fact]
    public void Other_bytes_than_the_approved_ones_are_never_signed() =>
        Given(ToApproval).When((Sign with { PayloadDigest = Cast.Digest("other") }).Decide).Then(NotPermitted(RequestRules.OtherBytes));

    [Fact]
    public void An_official_of_another_authority_may_not_sign() =>
        Given(ToApproval).When((Sign with { By = Cast.ForeignSigner }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));

    [Fact]
    public void The_same_signature_again_changes_nothing() => Given(ToSending).When(Sign.Decide).Then();

    [Fact]
    public void The_same_signature_again_while_validation_is_awaited_changes_nothing() => Given(ToAwaitingValidation).When(Sign.Decide).Then();

    [Fact]
    public void A_second_signature_over_something_else_is_refused() =>
        Given(ToSending).When((Sign with { ActDigest = Cast.Digest("other") }).Decide).Then(NotPermitted(RequestRules.AlreadySent));

    [Fact]
    public void Nothing_is_signed_before_it_is_approved() => Given(Drafted, Assessed(Assessments.Pass)).When(Sign.Decide).Then(NotPermitted(RequestRules.ApprovalFirst));

    [Fact]
    public void A_block_that_nothing_cures_is_named_when_someone_tries_to_sign() =>
        Given(Drafted, Assessed(Assessments.Incurable)).When(Sign.Decide).Then(NotPermitted(AssessmentRules.BlockStands));

    [Fact]
    public void Nothing_is_signed_before_it_is_assessed() => Given(Drafted).When(Sign.Decide).Then(NotPermitted(AssessmentRules.AssessmentFirst));

    [Fact]
    public void What_was_refused_validation_is_not_signed_again() =>
        Given([.. ToAwaitingValidation, Refused]).When(Sign.Decide).Then(NotPermitted(RequestRules.ValidationWasRefused));
}
