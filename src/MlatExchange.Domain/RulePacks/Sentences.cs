namespace MlatExchange.Domain.RulePacks;

/// <summary>What a rule says of a request, per outcome it can come to and per language; codes and numbers only are filled in.</summary>
public sealed class Sentences
{
    /// <summary>Languages every sentence is written in.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "fr"];

    private readonly Dictionary<string, SentenceTemplate[]> variants = new(StringComparer.Ordinal);

    /// <summary>The sentence of a variant; another language than those known reads English.</summary>
    internal SentenceTemplate Of(string variant, string language) => variants[variant][Index(language)];

    internal void Add(string variant, SentenceTemplate[] byLanguage) => variants[variant] = byLanguage;

    internal bool Has(string variant) => variants.ContainsKey(variant);

    /// <summary>What is said of a rule that has nothing to check in a request.</summary>
    internal static string NotApplicable(string language) =>
        Index(language) == 1 ? "Sans objet pour cette demande." : "Does not apply to this request.";

    internal static string Suffix(Certainty certainty, int language) => (certainty, language) switch
    {
        (Certainty.M, 1) => " (à confirmer par un conseil juridique)",
        (Certainty.M, _) => " (to be confirmed by counsel)",
        _ => "",
    };

    private static int Index(string language) => language.StartsWith("fr", StringComparison.Ordinal) ? 1 : 0;
}
