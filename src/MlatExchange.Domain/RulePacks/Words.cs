namespace MlatExchange.Domain.RulePacks;

/// <summary>Codes as words in a sentence.</summary>
internal static class Words
{
    /// <summary>Several in one phrase: <c>content and traffic</c>.</summary>
    public static string Of(IEnumerable<string> codes, string language)
    {
        var words = codes.Distinct(StringComparer.Ordinal).Select(c => Of(c, language)).ToList();
        return words.Count <= 1
            ? string.Concat(words)
            : string.Join(", ", words[..^1]) + (French(language) ? " et " : " and ") + words[^1];
    }

    public static string Of(string code, string language) => French(language) ? InFrench(code) : InEnglish(code);

    private static bool French(string language) => language.StartsWith("fr", StringComparison.Ordinal);

    private static string InEnglish(string code) => code switch
    {
        "judge-court-or-investigating-judge" => "judge, court or investigating judge",
        _ => code.Replace('-', ' '),
    };

    private static string InFrench(string code) => code switch
    {
        "judge-court-or-investigating-judge" => "juge, juridiction ou juge d'instruction",
        "public-prosecutor" => "procureur",
        "other-competent-authority" => "autre autorité compétente",
        "subscriber" => "abonné",
        "identification" => "identification",
        "traffic" => "trafic",
        "content" => "contenu",
        "financial" => "financières",
        "health" => "santé",
        "journalist" => "journaliste",
        "lawyer" => "avocat",
        "doctor" => "médecin",
        "unknown" => "inconnu",
        _ => code.Replace('-', ' '),
    };
}
