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
        json.Name("addressee"u8).Open('{').Text("authority"u8, f.Addressee.Authority).Text("jurisdiction"u8, f.Addressee.Jurisdiction).Close('}');
        json.Name("conditions"u8).Open('[');
        for (var i = 0; i < f.Conditions.Count; i++)
        {
            var c = f.Conditions[i];
            json.Next().Open('{').Texts("items"u8, c.Items).Text("type"u8, c.Type).Flag("valueGiven"u8, c.ValueGiven).Close('}');
        }

        json.Close(']');
        json.Flag("custodianStated"u8, f.CustodianStated).Flag("factsStated"u8, f.FactsStated);
        json.Text("fundamentalRights"u8, f.FundamentalRights);
        json.Text("instrument"u8, f.Instrument).Flag("intendsMutualAssistance"u8, f.IntendsMutualAssistance);
        json.Name("issuer"u8).Open('{').Text("authority"u8, f.Issuer.Authority).Text("jurisdiction"u8, f.Issuer.Jurisdiction).Text("kind"u8, f.Issuer.Kind).Close('}');
        json.Name("items"u8).Open('[');
        for (var i = 0; i < f.Items.Count; i++)
            Write(json.Next(), f.Items[i]);
        json.Close(']').Text("language"u8, f.Language);
        json.Name("legalBasis"u8).Open('[');
        for (var i = 0; i < f.LegalBasis.Count; i++)
        {
            var b = f.LegalBasis[i];
            json.Next().Open('{').Text("article"u8, b.Article).Text("instrument"u8, b.Instrument).Text("jurisdiction"u8, b.Jurisdiction).Close('}');
        }

        json.Close(']');
        json.Name("necessity"u8).Open('{')
            .Flag("couldBeOrderedInSimilarDomesticCase"u8, f.Necessity.CouldBeOrderedInSimilarDomesticCase)
            .Flag("lessIntrusiveStated"u8, f.Necessity.LessIntrusiveStated).Text("purpose"u8, f.Necessity.Purpose).Close('}');
        json.Name("notice"u8).Open('{').Flag("delay"u8, f.Notice.Delay).Whole("reviewAfterDays"u8, f.Notice.ReviewAfterDays).Close('}');
        Write(json, f.Offence);
        json.Text("onwardTransfer"u8, f.OnwardTransfer);
        json.Name("persons"u8).Open('[');
        for (var i = 0; i < f.Persons.Count; i++)
        {
            var p = f.Persons[i];
            json.Next().Open('{').Text("category"u8, p.Category).Flag("minor"u8, p.Minor).Text("profession"u8, p.Profession)
                .Text("ref"u8, p.Ref).Text("residence"u8, p.Residence).Text("role"u8, p.Role).Close('}');
        }

        json.Close(']').Text("proceedings"u8, f.Proceedings);
        json.Name("retention"u8).Open('{').Text("disposal"u8, f.Retention.Disposal).Text("legalReference"u8, f.Retention.LegalReference)
            .Whole("maximumDays"u8, f.Retention.MaximumDays).Whole("reviewEveryDays"u8, f.Retention.ReviewEveryDays).Text("trigger"u8, f.Retention.Trigger).Close('}');
        if (f.Sentence is { } s)
            json.Name("sentence"u8).Open('{').Flag("absconded"u8, s.Absconded).Flag("inAbsentia"u8, s.InAbsentia).Whole("months"u8, s.Months).Close('}');
        else
            json.Text("sentence"u8, null);
        json.Name("urgency"u8).Open('{').Flag("groundsStated"u8, f.Urgency.GroundsStated).Text("kind"u8, f.Urgency.Kind).Text("threat"u8, f.Urgency.Threat).Close('}');
        json.Text("validatingAuthority"u8, f.ValidatingAuthority);
        json.Close('}');
    }

    private static void Write(CanonicalWriter json, OffenceFacts o) =>
        json.Name("offence"u8).Open('{').Text("annexCategory"u8, o.AnnexCategory).Text("committedIn"u8, o.CommittedIn).Text("directive"u8, o.Directive)
            .Whole("maxPenaltyMonths"u8, o.MaxPenaltyMonths).Text("nature"u8, o.Nature)
            .Text("priorProceedings"u8, o.PriorProceedings).Flag("viaInformationSystem"u8, o.ViaInformationSystem).Close('}');

    private static void Write(CanonicalWriter json, ItemFacts i)
    {
        json.Open('{').Text("dataCategory"u8, i.DataCategory).Day("from"u8, i.From).Text("holder"u8, i.Holder).Text("identifierType"u8, i.IdentifierType);
        // Members added later stand there only where they say something: what was signed before keeps its digest.
        if (i.Infrastructure is not null) json.Text("infrastructure"u8, i.Infrastructure);
        json.Text("label"u8, i.Label).Text("measure"u8, i.Measure)
            .Texts("options"u8, i.Options).Text("person"u8, i.Person).Text("ref"u8, i.Ref).Flag("specialCategory"u8, i.SpecialCategory).Day("to"u8, i.To).Close('}');
    }
}
