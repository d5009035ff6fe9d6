using System.Text.Json.Serialization;

namespace MlatExchange.Domain.Assessment;

/// <summary>Whether the request needs a second authority, and when (EEV 4(1)-(5)). Stands in the signed act, so it is never downgraded on the way.</summary>
public enum ValidationMode
{
    /// <summary>The issuing authority is competent by itself.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Nothing leaves before a valid validation; a recipient holds a request so marked until it has one.</summary>
    [JsonStringEnumMemberName("before")]
    Before,

    /// <summary>An emergency under EEV 4(5): leaves at once, the validation follows within 48 hours or the request is withdrawn.</summary>
    [JsonStringEnumMemberName("within-48h")]
    Within48Hours,
}

/// <summary>What the validating authority said.</summary>
public enum ValidationOutcome
{
    Granted,
    Refused,
}

/// <summary>Which validation an assessment calls for.</summary>
public static class Validation
{
    /// <summary>The mode to write into the act; null when a block stands that no validation cures, so that no act may be made at all.</summary>
    public static ValidationMode? ModeFor(AssessmentSummary assessment) => assessment switch
    {
        { Outcome: Outcome.Block } => assessment.IncurableBlocks.Any() ? null : ValidationMode.Before,
        { Watch.Hours: not null } => ValidationMode.Within48Hours,
        _ => ValidationMode.None,
    };
}
