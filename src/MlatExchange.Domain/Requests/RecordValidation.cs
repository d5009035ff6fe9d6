using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>
/// The validating authority grants or refuses by an act of its own (EEV 4). Granted before transmission the request leaves in the same append; in an
/// emergency (EEV 4(5)) the validation travels as its own message, and a refusal obliges to withdraw, which is a command of its own.
/// </summary>
/// <param name="ActDigest">Digest of the validation act.</param>
/// <param name="Validates">Digest of the request act that it names.</param>
/// <param name="Result">The rules run again with the validator's competence; not needed for a refusal.</param>
public sealed record RecordValidation(
    ValidationOutcome Outcome,
    string ActDigest,
    string Validates,
    AssessmentResult? Result,
    Official By,
    DateTimeOffset At)
{
    /// <summary>Role code of whoever may validate.</summary>
    public const string Judge = "judge";

    public Decision<RequestEvent> Decide(AssistanceRequest request) => request switch
    {
        AssistanceRequest.ValidationRefused when Outcome == ValidationOutcome.Refused => [],
        AssistanceRequest.Sent { Dispatch.Validation: { } said } => said == Outcome ? [] : new NotPermitted(RequestRules.AlreadyValidated),
        AssistanceRequest.AwaitingValidation s => Against(s.Request) ?? (Outcome == ValidationOutcome.Granted ? [Said, .. Departure.Of(s.Request.Draft.Facts, s.Request.Assessment.Summary, At)] : [Said]),
        AssistanceRequest.Sent { Request.Act.Validation: ValidationMode.None } => new NotPermitted(RequestRules.ValidationNotExpected),
        AssistanceRequest.Sent s when Outcome == ValidationOutcome.Granted && At > s.ValidationDue => new NotPermitted(RequestRules.ValidationTooLate),
        AssistanceRequest.Sent s => Against(s.Request) ?? [Said],
        _ => RequestRules.OutOfOrder(request),
    };

    private RequestEvent.Validated Said =>
        new(Outcome, ActDigest, Outcome == ValidationOutcome.Granted ? AssessmentSummary.Of(Result!) : null, By, At);

    private Decision<RequestEvent>? Against(SignedRequest signed)
    {
        if (Validates != signed.ActDigest) return new NotPermitted(RequestRules.ValidationOfOtherAct);
        if (By.Authority != signed.Act.ValidatingAuthority || By.Role != Judge) return new NotPermitted(RequestRules.ValidatingAuthorityOnly);
        if (By.Id == signed.Signer.Id) return new NotPermitted(RequestRules.SignerMayNotValidate);
        if (Outcome == ValidationOutcome.Refused) return null;
        if (Result is null || Result.Outcome == Assessment.Outcome.Block) return new NotPermitted(RequestRules.ValidationDoesNotCure);
        // A flag that only shows under the validator's competence was never overridden; the others were, before the bytes were fixed.
        if (AssessmentSummary.Of(Result).OpenFlags(signed.Assessment.Overrides).Any()) return new NotPermitted(AssessmentRules.FlagsOpen);
        return null;
    }
}
