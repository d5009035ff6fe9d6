using System.Text.Json;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain.Assessment;

/// <summary>
/// Reads the clear member <c>request</c> of a signed request act. Every member must stand there, null or false where the official declared
/// none, and no other: a member left out or added would let two sides read different facts under one signature.
/// </summary>
public static class RequestFactsReader
{
    /// <param name="request">The element as parsed by the strict reader in front.</param>
    /// <param name="pointer">Where it stands in the document it came from, such as <c>/request</c>; pointers of faults start there.</param>
    public static Reading<RequestFacts> Read(JsonElement request, string pointer = "")
    {
        var faults = new List<MemberFault>();
        var root = new StrictObject(request, pointer, faults, complete: true);
        if (!root.Present)
            return new(null, faults);

        var items = Closed(root.Objects("items", 1, FactsSections.MostItems), o => FactsSections.Item(o, null));
        var facts = new RequestFacts(
            root.Formed("instrument", Form.Instrument),
            FactsSections.Addressee(root),
            Closed(root.Object("issuer"), FactsSections.Issuer),
            FactsSections.LegalBasis(root),
            Closed(root.Object("offence"), FactsSections.Offence),
            root.Code("proceedings", Codes.Proceedings),
            Closed(root.Object("urgency"), o => FactsSections.Urgency(o, o.Flag("groundsStated"))),
            Closed(root.Objects("persons", 0, FactsSections.MostPersons), FactsSections.Person),
            items,
            Closed(root.Object("necessity"), o => new NecessityFacts(
                o.Code("purpose", Codes.Purposes), o.Flag("lessIntrusiveStated"), o.OptionalFlag("couldBeOrderedInSimilarDomesticCase"))),
            FactsSections.Retention(root),
            Closed(root.Objects("conditions", 0, FactsSections.MostConditions), o => new Condition(
                o.Code("type", Codes.ConditionTypes), FactsSections.ConditionItems(o, items), o.Flag("valueGiven"))),
            FactsSections.Notice(root),
            root.Formed("language", Form.Language),
            root.Flag("custodianStated"),
            root.OptionalFlag("intendsMutualAssistance"),
            root.Flag("factsStated"),
            root.OptionalFormed("validatingAuthority", Form.Authority),
            FactsSections.Sentence(root),
            root.OptionalCode("fundamentalRights", Codes.FundamentalRights),
            root.OptionalCode("onwardTransfer", Codes.OnwardTransfers));
        root.Close();
        FactsSections.Cross(root, facts);
        return faults.Count > 0 ? new(null, faults) : new(facts, faults);
    }

    private static T Closed<T>(StrictObject o, Func<StrictObject, T> read)
    {
        var value = read(o);
        o.Close();
        return value;
    }

    private static IReadOnlyList<T> Closed<T>(IReadOnlyList<StrictObject> all, Func<StrictObject, T> read) =>
        [.. all.Select(o => Closed(o, read))];
}
