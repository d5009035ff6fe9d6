using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain.Assessment;

/// <summary>Which of the two jurisdictions assesses. Both run the same rules; a pack may be milder to the side that did not choose the day.</summary>
public enum Side
{
    Requesting,
    Requested,
}

/// <summary>What the rules need beside the facts of the request; looked up by the caller, so that the assessment itself is a pure function.</summary>
/// <param name="Side">Whose assessment it is.</param>
/// <param name="Today">Calendar day of the assessing node (UTC); decides whether the pack is still valid.</param>
/// <param name="InForce">Instruments in force between the two jurisdictions; null when not known, which flags.</param>
/// <param name="Validator">Kind of the authority that has validated the request; null while nobody has.</param>
/// <param name="Language">Language of the sentences, <c>en</c> or <c>fr</c>; changes nothing else.</param>
public sealed record AssessmentContext(
    Side Side,
    DateOnly Today,
    IReadOnlyCollection<string>? InForce,
    AuthorityKind? Validator = null,
    string Language = "en");
