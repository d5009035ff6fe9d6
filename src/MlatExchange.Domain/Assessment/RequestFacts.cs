using System.Text.Json.Serialization;

namespace MlatExchange.Domain.Assessment;

/// <summary>
/// What the rules read of a request, and all that events may keep of it: codes, ranges and flags; no name, selector, file number or free text.
/// Both sides derive it from the same members, so both can re-run the same rules.
/// </summary>
/// <param name="FundamentalRights">What speaks for a breach of a fundamental right if the request is executed; null means nothing declared.</param>
/// <param name="OnwardTransfer">Whether the evidence is to go on to another State or organisation; null means that none is planned.</param>
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
    string? ValidatingAuthority,
    SentenceFacts? Sentence = null,
    string? FundamentalRights = null,
    string? OnwardTransfer = null);

/// <summary>An authority inside a jurisdiction: ISO 3166-1 alpha-2 code and the authority's code in the trust list.</summary>
public sealed record AuthorityRef(string Jurisdiction, string Authority);

/// <summary>The issuing authority and its kind as drafted; the kind must agree with the trust list.</summary>
public sealed record IssuerFacts(string Jurisdiction, string Authority, string Kind);

/// <summary>An instrument and article; a jurisdiction where the article is national law.</summary>
public sealed record LegalBasis(string Instrument, string Article, string? Jurisdiction = null);

/// <param name="MaxPenaltyMonths">Maximum custodial penalty in months; null when unknown.</param>
/// <param name="AnnexCategory">One of the 32 listed categories; null means none, <c>unknown</c> not known.</param>
/// <param name="ViaInformationSystem">Committed wholly or partly by means of an information system; null when unknown.</param>
/// <param name="Directive">Directive and article, such as <c>2011/93 Art 5</c>; null means none, <c>unknown</c> not known.</param>
/// <param name="Nature">A nature that may be a ground for refusal, such as <c>political-offence</c>; null means none declared.</param>
/// <param name="CommittedIn">Jurisdiction where the offence was committed, or <c>unknown</c>; null where the official claims nothing from it.</param>
/// <param name="PriorProceedings">A judgment or proceedings for the same acts elsewhere, or <c>unknown</c>; null means none declared (ne bis in idem).</param>
public sealed record OffenceFacts(
    int? MaxPenaltyMonths,
    string? AnnexCategory,
    bool? ViaInformationSystem,
    string? Directive,
    string? Nature = null,
    string? CommittedIn = null,
    string? PriorProceedings = null);

/// <summary>The sentence being executed, where the proceedings are its execution (EEV 2(2), 5(4)(d)).</summary>
/// <param name="Months">Length of the custodial sentence or detention order in months; null when unknown.</param>
/// <param name="InAbsentia">Rendered in absentia; null when unknown.</param>
/// <param name="Absconded">The convicted person absconded from justice; null when unknown.</param>
public sealed record SentenceFacts(int? Months, bool? InAbsentia, bool? Absconded);

/// <param name="Kind"><c>none</c>, <c>urgent</c> or <c>emergency</c>.</param>
/// <param name="Threat">The threat that makes it an emergency; null when none was named.</param>
public sealed record UrgencyFacts(string Kind, string? Threat, bool GroundsStated);

/// <param name="Category">LED Article 6 category: LED6a suspect, LED6b convicted, LED6c victim, LED6d other.</param>
/// <param name="Residence">Jurisdiction code or <c>unknown</c>.</param>
/// <param name="Minor">Declared to be a minor; absent in the draft means declared not to be one.</param>
/// <param name="Profession">A profession that may carry privilege; null means none declared.</param>
public sealed record PersonFacts(string Ref, string Category, string Role, string Residence, bool Minor = false, string? Profession = null);

/// <param name="Measure"><c>produce</c> or <c>preserve</c>.</param>
/// <param name="From">First day asked for, inclusive; null when the item has no range.</param>
/// <param name="To">Last day asked for, inclusive.</param>
/// <param name="Person">The person whose data are asked for; null when the official declares that none is known.</param>
/// <param name="SpecialCategory">Special category of personal data (LED Article 10).</param>
/// <param name="Holder">Whether the provider addressed is controller or processor of the data, and why a processor; null means the controller.</param>
/// <param name="Infrastructure">Whose infrastructure the data lie in, where the instrument protects it; null means nobody's of that kind.</param>
/// <param name="Label">Category of the same data in another scheme, such as <c>BC:traffic-data</c> or a national label; null means none is used.</param>
public sealed record ItemFacts(
    string Ref,
    string DataCategory,
    string Measure,
    string IdentifierType,
    DateOnly? From,
    DateOnly? To,
    string? Person,
    IReadOnlyList<string> Options,
    bool SpecialCategory = false,
    string? Holder = null,
    string? Label = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Infrastructure = null);

/// <param name="LessIntrusiveStated">Whether a text on less intrusive means considered was given; the text itself is a disclosure.</param>
/// <param name="CouldBeOrderedInSimilarDomesticCase">Null when unknown.</param>
public sealed record NecessityFacts(string Purpose, bool LessIntrusiveStated, bool? CouldBeOrderedInSimilarDomesticCase);

/// <param name="MaximumDays">Longest storage in days from the trigger.</param>
/// <param name="ReviewEveryDays">Review interval in days; null when no review is foreseen.</param>
public sealed record RetentionTerms(int MaximumDays, string Trigger, int? ReviewEveryDays, string Disposal, string LegalReference);

/// <summary>A condition on use. Its value may identify a case, so events keep only whether one was given.</summary>
public sealed record Condition(string Type, IReadOnlyList<string> Items, bool ValueGiven = false);

/// <param name="ReviewAfterDays">Days after which a delayed notice to the person is reviewed; null where there is no delay.</param>
public sealed record NoticeFacts(bool Delay, int? ReviewAfterDays);
