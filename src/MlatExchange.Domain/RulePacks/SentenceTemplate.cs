namespace MlatExchange.Domain.RulePacks;

/// <summary>A sentence with placeholders in braces, taken apart once when the pack is loaded.</summary>
internal sealed class SentenceTemplate
{
    private readonly List<(string Text, bool Placeholder)> parts = [];
    private readonly string[]? constant;

    private SentenceTemplate(List<(string, bool)> parts) => (this.parts, constant) =
        (parts, parts.Exists(p => p.Item2) ? null : [string.Concat(parts.Select(p => p.Item1))]);

    public IEnumerable<string> Placeholders => parts.Where(p => p.Placeholder).Select(p => p.Text);

    /// <summary>Null when a brace is not closed.</summary>
    public static SentenceTemplate? Compile(string text)
    {
        var parts = new List<(string, bool)>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            if (open < 0)
            {
                parts.Add((text, false));
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
                return null;
            if (open > 0)
                parts.Add((text[..open], false));
            parts.Add((text[(open + 1)..close], true));
            text = text[(close + 1)..];
        }

        return new(parts);
    }

    /// <summary>The sentence in pieces, placeholders filled in.</summary>
    public string[] Fill(IReadOnlyList<(string Name, string Value)> values)
    {
        if (constant is not null)
            return constant;
        var filled = new string[parts.Count];
        for (var i = 0; i < filled.Length; i++)
            filled[i] = parts[i].Placeholder ? Value(values, parts[i].Text) : parts[i].Text;
        return filled;
    }

    private static string Value(IReadOnlyList<(string Name, string Value)> values, string name)
    {
        foreach (var (known, value) in values)
        {
            if (known == name)
                return value;
        }

        throw new InvalidOperationException($"no value for the placeholder {name}, which the loader should have refused");
    }
}
