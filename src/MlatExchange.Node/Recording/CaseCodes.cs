using MlatExchange.Domain.Assessment;

namespace MlatExchange.Node.Recording;

/// <summary>
/// What the log keeps readable for ever of every event of a case: codes of the field and nothing that points at a person or a file.
/// The same members stand in every leaf of the case, so oversight can filter leaves without asking the node.
/// </summary>
/// <param name="Counterpart">Jurisdiction code of the other side.</param>
/// <param name="AuthorityRole">Kind of the issuing authority, such as <c>public-prosecutor</c>.</param>
/// <param name="PackDigest">Rule pack the last assessment used, as <c>sha-256:…</c>; null before the first one.</param>
public sealed record CaseCodes(
    string Counterpart,
    string Instrument,
    string AuthorityRole,
    IReadOnlyList<string> Articles,
    IReadOnlyList<string> DataCategories,
    IReadOnlyList<string> SubjectCategories,
    string Purpose,
    IReadOnlyList<string> ConditionTypes,
    RetentionTerms Retention,
    string? PackDigest = null) : ClearCodes
{
    public static CaseCodes Of(RequestFacts facts, string counterpart, string? packDigest = null) => new(
        counterpart,
        facts.Instrument,
        facts.Issuer.Kind,
        [.. facts.LegalBasis.Select(basis => $"{basis.Instrument} {basis.Article}")],
        Distinct(facts.Items.Select(item => item.DataCategory)),
        Distinct(facts.Persons.Select(person => person.Category)),
        facts.Necessity.Purpose,
        Distinct(facts.Conditions.Select(condition => condition.Type)),
        facts.Retention,
        packDigest);

    private static string[] Distinct(IEnumerable<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
