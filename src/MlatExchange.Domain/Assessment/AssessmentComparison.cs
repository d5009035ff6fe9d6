namespace MlatExchange.Domain.Assessment;

/// <summary>
/// The requested side's own assessment beside the one the request was signed with. A difference decides nothing by itself: the official who
/// decides sees it.
/// </summary>
/// <param name="SamePack">Both applied the same bytes of a pack.</param>
/// <param name="SameInputs">Both read the same facts; false means that the signed digest does not fit the signed facts.</param>
/// <param name="Differences">Per rule, in the order of our pack, then of rules only they have.</param>
public sealed record AssessmentComparison(
    bool SamePack, bool SameInputs, Outcome Theirs, Outcome Ours, IReadOnlyList<AssessmentDifference> Differences)
{
    /// <summary>Whether both sides came to the same, rule by rule, from the same facts.</summary>
    public bool Agreement => SameInputs && Theirs == Ours && Differences.Count == 0;

    public static AssessmentComparison Of(StatedAssessment theirs, AssessmentResult ours)
    {
        var stated = new Dictionary<string, StatedFinding>(StringComparer.Ordinal);
        foreach (var finding in theirs.Findings)
            stated.TryAdd(finding.Rule, finding);
        var differences = new List<AssessmentDifference>();
        foreach (var finding in ours.Findings)
        {
            if (!stated.Remove(finding.Rule, out var other))
                differences.Add(new(finding.Rule, null, finding.Outcome, [], finding.Items));
            else if (other.Outcome != finding.Outcome || !other.Items.SequenceEqual(finding.Items))
                differences.Add(new(finding.Rule, other.Outcome, finding.Outcome, other.Items, finding.Items));
        }

        differences.AddRange(stated.Values.Select(f => new AssessmentDifference(f.Rule, f.Outcome, null, f.Items, [])));
        return new(
            theirs.PackDigest == ours.PackDigest, theirs.InputsDigest == ours.InputsDigest, theirs.Outcome, ours.Outcome, differences);
    }
}

/// <summary>A rule on which the two sides differ; null where a side does not have it.</summary>
public sealed record AssessmentDifference(
    string Rule, Outcome? Theirs, Outcome? Ours, IReadOnlyList<string> TheirItems, IReadOnlyList<string> OurItems);
