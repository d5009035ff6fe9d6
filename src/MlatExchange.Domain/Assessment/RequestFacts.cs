namespace MlatExchange.Domain.Assessment;

/// <summary>
/// What the rules read of a request, and all that events may keep of it: codes, ranges and flags; no name, selector, file number or free text.
/// Both sides derive it from the same members, so both can re-run the same rules.
/// </summary>
public sealed record RequestFacts(
    string Instrument,
    AuthorityRef Addressee,
    IssuerFacts Issuer,
    IReadOnlyList<LegalBasis> LegalBasis,
    OffenceFacts Offence,
    string Proceedings,
    UrgencyFacts Urgency,
    IReadOnlyList<PersonFacts> Persons,
    IReadOnlyList<ItemFacts> Items,
    NecessityFacts Necessity,
    RetentionTerms Retention,
    IReadOnlyList<Condition> Conditions,
    NoticeFacts Notice,
    string Language,
    bool CustodianStated,
    bool? IntendsMutualAssistance,
    bool FactsStated,
    string? ValidatingAuthority);

/// <summary>An authority inside a jurisdiction: ISO 3166-1 alpha-2 code and the authority's code in the trust list.</summary>
public sealed record AuthorityRef(string Jurisdiction, string Authority);

/// <summary>The issuing authority and its kind as drafted; the kind must agree with the trust list.</summary>
public sealed record IssuerFacts(string Jurisdiction, string Authority, string Kind);

/// <summary>An instrument and article; a jurisdiction where the article is national law.</summary>
public sealed record LegalBasis(string Instrument, string Article, string? Jurisdiction = null);

/// <param name="MaxPenaltyMonths">Maximum custodial penalty in months; null when unknown.</param>
/// <param name="ViaInformationSystem">Committed wholly or partly by means of an information system; null when unknown.</param>
public sealed record OffenceFacts(int? MaxPenaltyMonths, string? AnnexCategory, bool? ViaInformationSystem, string? Directive);

public sealed record UrgencyFacts(string Kind, string? Threat, bool GroundsStated);

/// <param name="Category">LED Article 6 category: LED6a suspect, LED6b convicted, LED6c victim, LED6d other.</param>
/// <param name="Residence">Jurisdiction code or <c>unknown</c>.</param>
public sealed record PersonFacts(string Ref, string Category, string Role, string Residence);

/// <param name="Measure"><c>produce</c> or <c>preserve</c>.</param>
/// <param name="From">First day asked for, inclusive; null when the item has no range.</param>
public sealed record ItemFacts(
    string Ref,
    string DataCategory,
    string Measure,
    string IdentifierType,
    DateOnly? From,
    DateOnly? To,
    string? Person,
    IReadOnlyList<string> Options);

public sealed record NecessityFacts(string Purpose, bool LessIntrusiveStated, bool? CouldBeOrderedInSimilarDomesticCase);

/// <param name="MaximumDays">Longest storage in days from the trigger.</param>
/// <param name="ReviewEveryDays">Review interval in days.</param>
public sealed record RetentionTerms(int MaximumDays, string Trigger, int ReviewEveryDays, string Disposal, string LegalReference);

/// <summary>A condition on use. Its value may identify a case, so events keep only whether one was given.</summary>
public sealed record Condition(string Type, IReadOnlyList<string> Items, bool ValueGiven = false);

/// <param name="ReviewAfterDays">Days after which a delayed notice to the person is reviewed; null where there is no delay.</param>
public sealed record NoticeFacts(bool Delay, int? ReviewAfterDays);
