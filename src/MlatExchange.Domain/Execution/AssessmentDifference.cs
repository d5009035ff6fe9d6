using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Execution;

/// <summary>Where the own assessment and the sender's declared one part; shown side by side to whoever decides.</summary>
/// <param name="SamePack">Both ran the same bytes of the same rule pack.</param>
/// <param name="SameInputs">Both read the same facts; a difference here means that one side derived them otherwise and is an error of one node.</param>
/// <param name="OnlyHere">Rules that flag or block here and not with the sender, or with another outcome.</param>
/// <param name="OnlyThere">Rules that flag or block with the sender and not here, or with another outcome.</param>
public sealed record AssessmentDifference(bool SamePack, bool SameInputs, Outcome Here, Outcome There, IReadOnlyList<string> OnlyHere, IReadOnlyList<string> OnlyThere)
{
    /// <summary>Both came to the same findings.</summary>
    public bool Agrees => Here == There && OnlyHere.Count == 0 && OnlyThere.Count == 0;

    /// <summary>Compares the two, rule by rule.</summary>
    public static AssessmentDifference Between(AssessmentSummary own, DeclaredAssessment declared)
    {
        var here = own.Findings.Select(finding => (finding.Rule, finding.Outcome)).ToHashSet();
        var there = declared.Findings.Where(finding => finding.Outcome != Outcome.Pass).Select(finding => (finding.Rule, finding.Outcome)).ToHashSet();
        return new(
            own.PackDigest == declared.PackDigest,
            own.InputsDigest == declared.InputsDigest,
            own.Outcome,
            declared.Outcome,
            Rules(here.Except(there)),
            Rules(there.Except(here)));
    }

    private static List<string> Rules(IEnumerable<(string Rule, Outcome)> findings) => [.. findings.Select(finding => finding.Rule).Order(StringComparer.Ordinal)];
}
