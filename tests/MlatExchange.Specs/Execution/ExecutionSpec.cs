using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

/// <summary>The words that the stories of a received request are told in.</summary>
public abstract class ExecutionSpec() : Spec<ReceivedRequest, ExecutionEvent>(ReceivedRequest.Initial, ReceivedRequest.Evolve)
{
    protected static readonly string ActDigest = Cast.Digest("act");

    protected static readonly ExecutionEvent.Received Request = new(
        Assessments.Facts, "XA", "thread-1", "act-1", ActDigest, Assessments.Stated, ValidationMode.None, null, "evidence-key", Cast.Hour(5));

    /// <summary>The same, marked to be validated before it is executed.</summary>
    protected static readonly ExecutionEvent.Received ToValidate = Request with { Validation = ValidationMode.Before, ValidatingAuthority = "xa-judge" };

    /// <summary>The same as an emergency.</summary>
    protected static readonly ExecutionEvent.Received Urgent = Request with { Validation = ValidationMode.Within48Hours, ValidatingAuthority = "xa-judge" };

    protected static readonly ItemDecision First = new("i1", ItemOutcome.Recognised, null, null, []);

    protected static readonly ItemDecision Second = new("i2", ItemOutcome.Recognised, null, null, []);

    protected static readonly ItemDecision SecondRefused = new("i2", ItemOutcome.Refused, "ne-bis-in-idem", "EEV 12(1)(c)", []);

    protected static ExecutionEvent Valid => new ExecutionEvent.ValidationReceived(ValidationOutcome.Granted, Cast.Digest("validation"), Cast.Hour(6));

    protected static ExecutionEvent Invalid => new ExecutionEvent.ValidationReceived(ValidationOutcome.Refused, Cast.Digest("validation"), Cast.Hour(6));

    protected static ExecutionEvent Assessed(AssessmentResult result) =>
        new ExecutionEvent.Assessed(AssessmentSummary.Of(result), AssessmentComparison.Of(Assessments.Stated, result), Cast.Hour(6));

    protected static ExecutionEvent Overridden(string rule) => new ExecutionEvent.FindingOverridden(rule, Cast.Prosecutor, Cast.Hour(7));

    protected static ExecutionEvent Retrieved => new ExecutionEvent.Retrieved(Cast.Prosecutor, Cast.Hour(6));

    protected static ExecutionEvent Acknowledged => new ExecutionEvent.Acknowledged(Cast.Hour(6));

    protected static ExecutionEvent Decided(params ItemDecision[] items) => new ExecutionEvent.Decided(Cast.Digest("decision"), items, Cast.Prosecutor, Cast.Hour(8));

    protected static ExecutionEvent Started => new ExecutionEvent.ExecutionStarted(Cast.Prosecutor, Cast.Hour(9));

    protected static ExecutionEvent Completed => new ExecutionEvent.Completed(Cast.Prosecutor, Cast.Hour(10));

    protected static ExecutionEvent Withdrawn => new ExecutionEvent.WithdrawnBySender(Cast.Digest("withdrawal"), "no-longer-needed", Cast.Hour(8));

    /// <summary>Assessed here without a finding.</summary>
    protected static ExecutionEvent[] ToDecision => [Request, Assessed(Assessments.Pass)];

    /// <summary>Every item recognised, and the measures begun.</summary>
    protected static ExecutionEvent[] ToExecution => [.. ToDecision, Decided(First, Second), Started];
}
