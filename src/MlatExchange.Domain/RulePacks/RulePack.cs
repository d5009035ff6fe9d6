using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>
/// A legal instrument as data: what a request under it must satisfy, in the order in which the findings are shown. A published version never
/// changes; the digest names the exact bytes that were applied.
/// </summary>
/// <param name="Id">Slug, such as <c>eev</c>.</param>
/// <param name="Version">1, 2, 3 ...</param>
/// <param name="Instrument">The one instrument it is for, such as <c>EEV</c> or <c>BILATERAL:XA-XC</c>.</param>
/// <param name="ValidUntil">Last day on which it may be applied.</param>
/// <param name="ReviewBy">Last day by which counsel should have looked at it again.</param>
/// <param name="ImpactAssessment">Reference of the data-protection impact assessment of the pack.</param>
/// <param name="Emergency">What counts as an emergency; null where the instrument knows none.</param>
/// <param name="Digest"><c>sha-256:...</c> over the bytes of the file.</param>
public sealed record RulePack(
    string Id,
    int Version,
    string Instrument,
    DateOnly ValidUntil,
    DateOnly ReviewBy,
    string ImpactAssessment,
    EmergencyDefinition? Emergency,
    IReadOnlyList<PackRule> Rules,
    PackTerms Terms,
    string Digest)
{
    /// <summary>Id and version, such as <c>eev@1</c>.</summary>
    public string Name => $"{Id}@{Version}";
}

/// <summary>What counts as an emergency, such as EEV 3(18).</summary>
public sealed record EmergencyDefinition(string Source, IReadOnlyList<string> Threats);

/// <summary>One rule of a pack.</summary>
/// <param name="Slug">Name of the rule in findings, overrides and comparisons.</param>
/// <param name="Kind">What it checks, with its parameters.</param>
/// <param name="Source">Article it rests on, or <c>design</c> for a safeguard of this system.</param>
/// <param name="OnFailure">What a failure comes to on the requesting side.</param>
/// <param name="OnFailureRequested">What a failure comes to on the requested side.</param>
/// <param name="Scope">The items it is about; null when it is about the request as a whole.</param>
/// <param name="Cure">Code of what would cure a failure; null when nothing does.</param>
public sealed record PackRule(
    string Slug,
    RuleKind Kind,
    string Source,
    Certainty Certainty,
    Outcome OnFailure,
    Outcome OnFailureRequested,
    ItemScope? Scope,
    string? Cure,
    Sentences Sentences);

/// <summary>The items a rule is about: those of these data categories and these measures.</summary>
public sealed record ItemScope(IReadOnlyList<string> Categories, IReadOnlyList<string> Measures)
{
    public bool Covers(ItemFacts item) => Categories.Contains(item.DataCategory) && Measures.Contains(item.Measure);
}

/// <summary>The terms an instrument sets once a request is made.</summary>
/// <param name="Deadlines">Candidates in order; the first whose moment fits is the deadline of production.</param>
/// <param name="Watch">Runs where an order left before its validation.</param>
/// <param name="Expires">Runs where data are to be preserved.</param>
public sealed record PackTerms(IReadOnlyList<DeadlineTerm> Deadlines, Term? Watch, Term? Expires);

/// <summary>A deadline and when it is the one that counts.</summary>
public sealed record DeadlineTerm(DeadlineMoment When, Term Term);

/// <summary>When a deadline is the one that counts.</summary>
public enum DeadlineMoment
{
    /// <summary>An emergency as the pack defines it.</summary>
    Emergency,

    /// <summary>The enforcing authority is notified.</summary>
    Notified,

    /// <summary>It is not.</summary>
    NotNotified,

    Always,
}
