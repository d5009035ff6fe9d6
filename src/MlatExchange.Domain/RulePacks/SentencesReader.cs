namespace MlatExchange.Domain.RulePacks;

/// <summary>Reads the sentences of a rule: one per thing its kind can say, in every language, using only what that kind fills in.</summary>
internal static class SentencesReader
{
    public static Sentences Read(StrictObject rule, RuleKind kind, Certainty certainty)
    {
        var sentences = new Sentences();
        var o = rule.Object("sentence");
        foreach (var variant in kind.Variants)
        {
            var one = o.Object(variant.Name, "missing-sentence");
            sentences.Add(variant.Name, [.. Sentences.Languages.Select((language, i) => Compile(one, language, variant, Sentences.Suffix(certainty, i)))]);
            one.Close();
        }

        o.Close();
        return sentences;
    }

    private static SentenceTemplate Compile(StrictObject o, string language, Variant variant, string suffix)
    {
        var text = o.Text(language, 600).TrimEnd();
        var ended = suffix.Length > 0 && text.EndsWith('.') ? text[..^1] + suffix + "." : text + suffix;
        if (SentenceTemplate.Compile(ended) is not { } template)
        {
            o.Fault(language, "malformed-sentence", "A brace is not closed.");
            return SentenceTemplate.Compile("")!;
        }

        foreach (var placeholder in template.Placeholders)
        {
            if (!variant.Placeholders.Contains(placeholder))
                o.Fault(language, "unknown-placeholder", $"This sentence may use {(variant.Placeholders.Count == 0 ? "no placeholder" : string.Join(", ", variant.Placeholders))}.");
        }

        return template;
    }
}
