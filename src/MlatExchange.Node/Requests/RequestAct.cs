using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Assessment;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Requests;

/// <summary>The request act: what rules read stands in clear, selectors, identities and texts are disclosures beside it.</summary>
public static class RequestAct
{
    public static (ActBody.Request Body, IReadOnlyList<string> Disclosures) Body(
        RandomSource random, RequestContent content, StatedAssessment stated, ValidationMode mode, string? validator, string evidenceKey)
    {
        var (selectors, selectorTexts) = Disclosures.Make(random, [.. content.Selectors.Select(selector => Pair(selector.Item, new { selector.Identifier, selector.Service }))]);
        var (identities, identityTexts) = Disclosures.Make(random, [.. content.Identities.Select(identity => Pair(identity.Person, identity.Details))]);
        var (texts, textTexts) = Disclosures.Make(random, [.. Texts(content.Texts)]);
        var body = new ActBody.Request(
            Facts(content.Facts),
            content.Reference,
            content.Statute,
            selectors,
            identities,
            texts,
            WireAssessments.Of(stated),
            Word(mode),
            evidenceKey,
            validator);
        return (body, [.. selectorTexts, .. identityTexts, .. textTexts]);
    }

    /// <summary>How the act says when it is validated.</summary>
    public static string Word(ValidationMode mode) => mode switch { ValidationMode.Before => "before", ValidationMode.Within48Hours => "within-48h", _ => "none" };

    /// <summary>Who is to validate it: whom the request names, otherwise the issuing jurisdiction's first authority that may; null where nobody needs to.</summary>
    public static string? Validator(TrustSnapshot trust, RequestFacts facts, ValidationMode mode) => mode == ValidationMode.None ? null
        : facts.ValidatingAuthority ?? trust.Authorities(facts.Issuer.Jurisdiction).FirstOrDefault(authority => authority.Has("may-validate"))?.Code;

    /// <summary>The canonical form that the inputs digest is made of: every member stands there, null where nothing was stated.</summary>
    private static JsonElement Facts(RequestFacts facts)
    {
        using var document = JsonDocument.Parse(CanonicalFacts.Bytes(facts));
        return document.RootElement.Clone();
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Texts(RequestTexts texts)
    {
        if (texts.LessIntrusiveConsidered is { } considered) yield return Pair("lessIntrusiveConsidered", considered);
        if (texts.UrgencyGrounds is { } grounds) yield return Pair("urgencyGrounds", grounds);
        if (texts.Facts is { } facts) yield return Pair("facts", facts);
        if (texts.Custodian is { } custodian) yield return Pair("custodian", custodian);
        if (texts.OffenceDescription is { } offence) yield return Pair("offenceDescription", offence);
        foreach (var (index, value) in texts.ConditionValues) yield return Pair($"condition/{index}", value);
    }

    private static KeyValuePair<string, JsonElement> Pair<T>(string name, T value) => new(name, JsonSerializer.SerializeToElement(value, EventJson.Options));
}
