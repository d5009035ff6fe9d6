using Hl7.Fhir.Model;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>What FHIR has no member for: legal basis, categories, conditions on use, terms of retention.</summary>
internal static class TransferExtensions
{
    public static List<Extension> LegalBasis(TransferRecord record) => [.. record.LegalBasis.Select(basis => new Extension(FhirNames.LegalBasis, new FhirString(basis)))];

    /// <summary>Categories, conditions and every different term, the shortest first: it decides for the whole transfer.</summary>
    public static List<Extension> Evidence(TransferRecord record) =>
    [
        .. record.DataCategories.Select(code => new Extension(FhirNames.DataCategory, FhirNames.Own("data-category", code))),
        .. record.SubjectCategories.Select(code => new Extension(FhirNames.SubjectCategory, FhirNames.Own("subject-category", code))),
        .. record.Conditions.Select(code => new Extension(FhirNames.Condition, FhirNames.Own("condition", code))),
        .. record.Terms.Select(Term),
    ];

    private static Extension Term(RetentionTerms terms)
    {
        List<Extension> parts =
        [
            new("maximumDays", new Integer(terms.MaximumDays)),
            new("trigger", FhirNames.Own("retention-trigger", terms.Trigger)),
            new("disposal", FhirNames.Own("disposal", terms.Disposal)),
            new("legalReference", new FhirString(terms.LegalReference)),
        ];
        if (terms.ReviewEveryDays is { } days) parts.Insert(2, new("reviewEveryDays", new Integer(days)));
        return new() { Url = FhirNames.RetentionTerm, Extension = parts };
    }
}
