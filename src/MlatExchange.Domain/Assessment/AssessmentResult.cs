namespace MlatExchange.Domain.Assessment;

/// <summary>What a rule comes to: a flag may be overridden by a named official with reasons, a block may not.</summary>
public enum Outcome
{
    Pass,
    Flag,
    Block,
}

/// <summary>One rule applied to one request.</summary>
/// <param name="Rule">Slug of the rule in its pack.</param>
/// <param name="Source">Article, such as <c>EEV 4(2)</c>.</param>
/// <param name="Certainty"><c>V</c>, <c>V2</c> or <c>M</c>; M is shown as "to be confirmed by counsel".</param>
/// <param name="Sentence">What the rule says of this request, in a sentence a lawyer accepts; codes only, never names or selectors.</param>
/// <param name="Facts">The facts read, as <c>path=value</c> over codes.</param>
/// <param name="Items">References of the items concerned; empty when the request as a whole.</param>
/// <param name="Cure">What would cure it, as a code such as <c>validation-by-judge</c>; null when nothing does.</param>
public sealed record Finding(
    string Rule,
    Outcome Outcome,
    string Source,
    string Certainty,
    string Sentence,
    IReadOnlyList<string> Facts,
    IReadOnlyList<string> Items,
    string? Cure = null)
{
    private readonly string[] parts = [];
    private string? sentence = Sentence;

    /// <param name="parts">The sentence in pieces. It is put together when somebody reads it: most findings are kept as codes and never read.</param>
    internal Finding(string rule, Outcome outcome, string source, string certainty, string[] parts, IReadOnlyList<string> facts, IReadOnlyList<string> items, string? cure)
        : this(rule, outcome, source, certainty, "", facts, items, cure) => (this.parts, sentence) = (parts, null);

    public string Sentence
    {
        get => sentence ??= string.Concat(parts);
        init => sentence = value;
    }

    /// <summary>By what it says, whether or not somebody has read it.</summary>
    public bool Equals(Finding? other) => other is not null && (Rule, Outcome, Source, Certainty, Sentence, Cure) == (other.Rule, other.Outcome, other.Source, other.Certainty, other.Sentence, other.Cure)
        && Facts.SequenceEqual(other.Facts, StringComparer.Ordinal) && Items.SequenceEqual(other.Items, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Rule, Outcome, Source, Cure);
}

/// <summary>A term set by a rule, in days or in hours.</summary>
/// <param name="Rule">Article that sets it, such as <c>EEV 10(3)</c>.</param>
/// <param name="OnExpiry">What happens when it runs out, in words.</param>
/// <param name="Then">The term that starts when this one is met, such as execution after recognition.</param>
public sealed record Term(string Rule, int? Days = null, int? Hours = null, IReadOnlyList<string>? OnExpiry = null, Term? Then = null);

/// <summary>The rules of one pack applied to one request, on one side.</summary>
/// <param name="RulePack">Id and version of the pack, such as <c>eev@1</c>.</param>
/// <param name="PackDigest"><c>sha-256:...</c> over the pack file's bytes.</param>
/// <param name="InputsDigest"><c>sha-256:...</c> over the canonical form of the facts read.</param>
/// <param name="Branch">The branch of the threshold that opened the request, such as <c>EEV 5(4)(b)</c>.</param>
public sealed record AssessmentResult(
    Outcome Outcome,
    string RulePack,
    string PackDigest,
    string InputsDigest,
    IReadOnlyList<Finding> Findings,
    Term? Deadline = null,
    bool? NotifyEnforcingAuthority = null,
    string? Branch = null,
    string? DualCriminality = null,
    Term? Watch = null,
    Term? Expires = null);
