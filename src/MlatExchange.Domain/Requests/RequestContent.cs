using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.Requests;

/// <summary>
/// What a drafting official entered, taken apart: the facts that rules read and events keep, and beside them everything that identifies or is
/// free text. The latter goes to the vault and into disclosures inside the sealed message, never into an event, a log line or a trace.
/// </summary>
/// <param name="Facts">Codes only; the clear member <c>request</c> of the signed act.</param>
/// <param name="Reference">File number of the issuing authority.</param>
/// <param name="Statute">The provision of national law that makes it an offence.</param>
/// <param name="Selectors">What each item is about, in the order of the items.</param>
/// <param name="Identities">Who the persons are, where given; never a victim.</param>
/// <param name="Texts">Free text.</param>
public sealed partial record RequestContent(
    RequestFacts Facts,
    string Reference,
    string Statute,
    IReadOnlyList<ItemSelector> Selectors,
    IReadOnlyList<PersonIdentity> Identities,
    RequestTexts Texts)
{
    /// <summary>The facts, without anything that identifies: what may be assessed, stored as an event and signed in clear.</summary>
    public RequestFacts ToFacts() => Facts;
}

/// <summary>The account, address or number an item is about, and the service it belongs to.</summary>
public sealed record ItemSelector(string Item, string Identifier, string? Service);

/// <summary>Who a person is, by the members of <see cref="RequestContent.IdentityMembers"/>; never for LED6c.</summary>
public sealed record PersonIdentity(string Person, IReadOnlyDictionary<string, string> Details);

/// <summary>Free text of a request; null where the official declared none.</summary>
/// <param name="OffenceDescription">The offence in the official's words.</param>
/// <param name="ConditionValues">Values of conditions, by the position of the condition (disclosure <c>condition/0</c> is the first).</param>
public sealed record RequestTexts(
    string? LessIntrusiveConsidered,
    string? UrgencyGrounds,
    FactsText? Facts,
    string? Custodian,
    string? OffenceDescription,
    IReadOnlyDictionary<int, string> ConditionValues);

/// <summary>The summary of the facts in one language (BCP 47).</summary>
public sealed record FactsText(string Text, string Language);
