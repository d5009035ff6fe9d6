namespace MlatExchange.Domain.Assessment;

/// <summary>
/// The members that a draft and a signed request have in common, read one section at a time. The callers read what only theirs has (texts in a
/// draft, "stated" flags on the wire) and close the section.
/// </summary>
internal static class FactsSections
{
    internal const int MostItems = 200;
    internal const int MostPersons = 200;
    internal const int MostConditions = 100;
    private const int MostMonths = 1200;
    private const int MostDays = 36_525;

    public static AuthorityRef Addressee(StrictObject root)
    {
        var o = root.Object("addressee");
        var read = new AuthorityRef(o.Formed("jurisdiction", Form.Jurisdiction), o.Formed("authority", Form.Authority));
        o.Close();
        return read;
    }

    public static IssuerFacts Issuer(StrictObject o) =>
        new(o.Formed("jurisdiction", Form.Jurisdiction), o.Formed("authority", Form.Authority), o.Code("kind", Codes.IssuerKinds));

    public static IReadOnlyList<LegalBasis> LegalBasis(StrictObject root)
    {
        var read = new List<LegalBasis>();
        foreach (var o in root.Objects("legalBasis", 1, 20))
        {
            var basis = new LegalBasis(
                o.Formed("instrument", Form.BasisInstrument), o.Formed("article", Form.Printed(200)), o.OptionalFormed("jurisdiction", Form.Jurisdiction));
            if (basis.Instrument == Jurisdictions.Instruments.National && basis.Jurisdiction is null && o.Present)
                o.Fault("jurisdiction", "missing-member", "National law needs its jurisdiction.");
            o.Close();
            read.Add(basis);
        }

        return read;
    }

    public static OffenceFacts Offence(StrictObject o) => new(
        o.OptionalWhole("maxPenaltyMonths", 0, MostMonths),
        o.OptionalCode("annexCategory", Codes.AnnexCategories),
        o.OptionalFlag("viaInformationSystem"),
        o.OptionalFormed("directive", Form.Directive),
        o.OptionalCode("nature", Codes.OffenceNatures),
        o.OptionalFormed("committedIn", Form.Place),
        o.OptionalCode("priorProceedings", Codes.PriorProceedings));

    public static UrgencyFacts Urgency(StrictObject o, bool groundsStated) =>
        new(o.Code("kind", Codes.UrgencyKinds), o.OptionalCode("threat", Codes.Threats), groundsStated);

    public static PersonFacts Person(StrictObject o)
    {
        var person = new PersonFacts(
            o.Formed("ref", Form.Reference),
            o.Code("category", Codes.PersonCategories),
            o.Code("role", Codes.Roles),
            o.Formed("residence", Form.Place),
            o.DeclaredFlag("minor"),
            o.OptionalCode("profession", Codes.Professions));
        if (person.Category.Length > 0 && person.Role.Length > 0 && !Codes.Fits(person.Category, person.Role))
            o.Fault("role", "category-role", "This role does not belong to this category of person (LED Article 6).");
        return person;
    }

    /// <param name="measure">What is asked for where the item does not say; null when the item must say.</param>
    public static ItemFacts Item(StrictObject o, string? measure)
    {
        var category = o.Code("dataCategory", Codes.DataCategories);
        var item = new ItemFacts(
            o.Formed("ref", Form.Reference),
            category,
            measure is null ? o.Code("measure", Codes.Measures) : o.OptionalCode("measure", Codes.Measures) ?? measure,
            o.Code("identifierType", Codes.IdentifierTypes),
            o.OptionalDate("from"),
            o.OptionalDate("to"),
            o.OptionalFormed("person", Form.Reference),
            o.Codes("options", 32, Codes.Options.TryGetValue(category, out var options) ? options : Anything),
            o.DeclaredFlag("specialCategory"),
            o.OptionalCode("holder", Codes.Holders),
            o.OptionalFormed("label", Form.CategoryLabel),
            o.LaterCode("infrastructure", Codes.Infrastructures));
        if (item.From > item.To)
            o.Fault("to", "reversed-range", "The range ends before it begins.");
        return item;
    }

    public static RetentionTerms Retention(StrictObject root)
    {
        var o = root.Object("retention", "missing-terms");
        var read = new RetentionTerms(
            o.Whole("maximumDays", 1, MostDays),
            o.Code("trigger", Codes.Triggers),
            o.OptionalWhole("reviewEveryDays", 1, MostDays),
            o.Code("disposal", Codes.Disposals),
            o.Formed("legalReference", Form.Printed(200)));
        o.Close();
        return read;
    }

    public static NoticeFacts Notice(StrictObject root)
    {
        var o = root.Object("notice");
        var read = new NoticeFacts(o.Flag("delay"), o.OptionalWhole("reviewAfterDays", 1, MostDays));
        o.Close();
        return read;
    }

    public static SentenceFacts? Sentence(StrictObject root)
    {
        if (root.OptionalObject("sentence") is not { } o)
            return null;
        var read = new SentenceFacts(o.OptionalWhole("months", 0, MostMonths), o.OptionalFlag("inAbsentia"), o.OptionalFlag("absconded"));
        o.Close();
        return read;
    }

    /// <summary>The items of a condition: each must be an item of this request.</summary>
    public static IReadOnlyList<string> ConditionItems(StrictObject o, IReadOnlyList<ItemFacts> items)
    {
        var known = items.Select(i => i.Ref).ToHashSet(StringComparer.Ordinal);
        return o.References("items", MostItems, known, "undeclared-item", "No item of this request has this reference.");
    }

    /// <summary>Faults that only show across sections: references given twice, persons nobody declared, a request to oneself.</summary>
    public static void Cross(StrictObject root, RequestFacts facts)
    {
        var persons = Once(root, "persons", facts.Persons.Select(p => p.Ref));
        Once(root, "items", facts.Items.Select(i => i.Ref));
        for (var i = 0; i < facts.Items.Count; i++)
        {
            if (facts.Items[i].Person is { Length: > 0 } person && !persons.Contains(person))
                root.Fault($"items/{i}/person", "undeclared-person", "No person of this request has this reference.");
        }

        if (facts.Addressee.Jurisdiction.Length > 0 && facts.Addressee.Jurisdiction == facts.Issuer.Jurisdiction)
            root.Fault("addressee/jurisdiction", "own-jurisdiction", "A request for assistance goes to another jurisdiction.");
        else if (facts.Instrument.Length > 0 && facts.Addressee.Jurisdiction.Length > 0 && facts.Issuer.Jurisdiction.Length > 0
            && !Jurisdictions.Instruments.Between(facts.Instrument, facts.Addressee.Jurisdiction, facts.Issuer.Jurisdiction))
            root.Fault("instrument", "instrument-parties", "This treaty is not between these two jurisdictions.");
    }

    private static readonly HashSet<string> Anything = Codes.Options.Values.SelectMany(o => o).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Once(StrictObject root, string member, IEnumerable<string> references)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var at = 0;
        foreach (var reference in references)
        {
            if (reference.Length > 0 && !seen.Add(reference))
                root.Fault($"{member}/{at}/ref", "duplicate-reference", "Each reference may stand only once.");
            at++;
        }

        return seen;
    }
}
