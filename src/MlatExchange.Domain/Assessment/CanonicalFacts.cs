namespace MlatExchange.Domain.Assessment;

/// <summary>
/// The one JSON form of the facts: members in ascending order, no white space, shortest escapes, whole numbers; every member stands there, null
/// where there is none. That is RFC 8785 for this shape, so any canonicaliser comes to the same bytes and to the same inputs digest.
/// </summary>
public static class CanonicalFacts
{
    /// <summary>The canonical bytes.</summary>
    public static byte[] Bytes(RequestFacts facts)
    {
        using var json = new CanonicalWriter();
        Write(json, facts);
        return json.Written.ToArray();
    }

    /// <summary><c>sha-256:</c> and the unpadded base64url SHA-256 of the canonical bytes: what an assessment was made of.</summary>
    public static string Digest(RequestFacts facts)
    {
        using var json = new CanonicalWriter();
        Write(json, facts);
        return Digests.OfBytes(json.Written);
    }

    private static void Write(CanonicalWriter json, RequestFacts f)
    {
        json.Open('{');
        json.Name("addressee").Open('{').Text("authority", f.Addressee.Authority).Text("jurisdiction", f.Addressee.Jurisdiction).Close('}');
        json.Name("conditions").Open('[');
        foreach (var c in f.Conditions)
            json.Next().Open('{').Texts("items", c.Items).Text("type", c.Type).Flag("valueGiven", c.ValueGiven).Close('}');
        json.Close(']');
        json.Flag("custodianStated", f.CustodianStated).Flag("factsStated", f.FactsStated);
        json.Text("instrument", f.Instrument).Flag("intendsMutualAssistance", f.IntendsMutualAssistance);
        json.Name("issuer").Open('{').Text("authority", f.Issuer.Authority).Text("jurisdiction", f.Issuer.Jurisdiction).Text("kind", f.Issuer.Kind).Close('}');
        json.Name("items").Open('[');
        foreach (var item in f.Items)
            Write(json.Next(), item);
        json.Close(']').Text("language", f.Language);
        json.Name("legalBasis").Open('[');
        foreach (var b in f.LegalBasis)
            json.Next().Open('{').Text("article", b.Article).Text("instrument", b.Instrument).Text("jurisdiction", b.Jurisdiction).Close('}');
        json.Close(']');
        json.Name("necessity").Open('{')
            .Flag("couldBeOrderedInSimilarDomesticCase", f.Necessity.CouldBeOrderedInSimilarDomesticCase)
            .Flag("lessIntrusiveStated", f.Necessity.LessIntrusiveStated).Text("purpose", f.Necessity.Purpose).Close('}');
        json.Name("notice").Open('{').Flag("delay", f.Notice.Delay).Whole("reviewAfterDays", f.Notice.ReviewAfterDays).Close('}');
        Write(json, f.Offence);
        json.Name("persons").Open('[');
        foreach (var p in f.Persons)
            json.Next().Open('{').Text("category", p.Category).Flag("minor", p.Minor).Text("profession", p.Profession)
                .Text("ref", p.Ref).Text("residence", p.Residence).Text("role", p.Role).Close('}');
        json.Close(']').Text("proceedings", f.Proceedings);
        json.Name("retention").Open('{').Text("disposal", f.Retention.Disposal).Text("legalReference", f.Retention.LegalReference)
            .Whole("maximumDays", f.Retention.MaximumDays).Whole("reviewEveryDays", f.Retention.ReviewEveryDays).Text("trigger", f.Retention.Trigger).Close('}');
        if (f.Sentence is { } s)
            json.Name("sentence").Open('{').Flag("absconded", s.Absconded).Flag("inAbsentia", s.InAbsentia).Whole("months", s.Months).Close('}');
        else
            json.Text("sentence", null);
        json.Name("urgency").Open('{').Flag("groundsStated", f.Urgency.GroundsStated).Text("kind", f.Urgency.Kind).Text("threat", f.Urgency.Threat).Close('}');
        json.Text("validatingAuthority", f.ValidatingAuthority);
        json.Close('}');
    }

    private static void Write(CanonicalWriter json, OffenceFacts o) =>
        json.Name("offence").Open('{').Text("annexCategory", o.AnnexCategory).Text("committedIn", o.CommittedIn).Text("directive", o.Directive)
            .Whole("maxPenaltyMonths", o.MaxPenaltyMonths).Text("nature", o.Nature).Flag("viaInformationSystem", o.ViaInformationSystem).Close('}');

    private static void Write(CanonicalWriter json, ItemFacts i) =>
        json.Open('{').Text("dataCategory", i.DataCategory).Day("from", i.From).Text("identifierType", i.IdentifierType).Text("measure", i.Measure)
            .Texts("options", i.Options).Text("person", i.Person).Text("ref", i.Ref).Flag("specialCategory", i.SpecialCategory).Day("to", i.To).Close('}');
}
