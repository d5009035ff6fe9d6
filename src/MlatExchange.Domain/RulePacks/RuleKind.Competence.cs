using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain.RulePacks;

public abstract partial record RuleKind
{
    private static readonly ReadFact IssuerKind = new("issuer.kind", Codes.IssuerKinds);

    /// <summary>
    /// The issuer may order these items: alone, once validated, or in an emergency before validation. The derogation opens only when every fact it
    /// needs is known: a doubt must not let an order leave without a second pair of eyes.
    /// </summary>
    /// <param name="Issuers">Kinds of authority that need no validation.</param>
    /// <param name="Validators">Kinds whose validation makes up for a missing competence.</param>
    /// <param name="EmergencyBeforeValidation">Whether an emergency lets it leave first (EEV 4(5)).</param>
    public sealed record Competence(
        IReadOnlyList<AuthorityKind> Issuers, IReadOnlyList<AuthorityKind> Validators, bool EmergencyBeforeValidation) : RuleKind
    {
        internal override bool NeedsScope => true;

        internal override IReadOnlyList<Variant> Variants =>
        [
            new("pass"),
            new("validated", "validator", "categories"),
            .. EmergencyBeforeValidation ? (Variant[])[new("emergency", "issuer", "categories")] : [],
            new("fail", "issuer", "categories", "items"),
        ];

        internal override Verdict Apply(Question question)
        {
            var issuer = question.Facts.Issuer.Kind;
            if (AuthorityKinds.Find(issuer) is { } kind && Issuers.Contains(kind))
                return new(Truth.True, "pass") { Facts = IssuerKind.Of(issuer) };
            IReadOnlyList<string> read = IssuerKind.Of(issuer);
            var (by, categories) = (("issuer", Words.Of(issuer, question.Language)), ("categories", question.Categories()));
            if (question.Context.Validator is { } validator)
            {
                read = [.. read, $"validator.kind={validator.Code()}"];
                if (Validators.Contains(validator))
                    return new(Truth.True, "validated") { Facts = read, Values = [by, categories, ("validator", Words.Of(validator.Code(), question.Language))] };
            }

            if (EmergencyBeforeValidation && question.Emergency)
            {
                read = [.. read, $"urgency.threat={question.Facts.Urgency.Threat}", SimilarDomestic.Text(question.Facts.Necessity.CouldBeOrderedInSimilarDomesticCase)];
                if (question.Facts.Necessity.CouldBeOrderedInSimilarDomesticCase == true)
                    return new(Truth.True, "emergency") { Facts = read, Values = [by, categories], Watch = true };
            }

            var items = question.Covered();
            return new(Truth.False, "fail") { Facts = read, Items = items, Values = [by, categories, ("items", string.Join(", ", items))] };
        }
    }

    private static string Printed(bool? flag) => flag switch { true => "true", false => "false", null => "unknown" };

    private static string Printed(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown";
}
