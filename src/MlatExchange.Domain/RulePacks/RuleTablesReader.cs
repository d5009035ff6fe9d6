using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>Reads parameters that are tables: languages per jurisdiction, categories per label, measures per article.</summary>
internal static class RuleTablesReader
{
    public static Dictionary<string, IReadOnlyList<string>> Languages(StrictObject o)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var row in o.Objects("accepted", 1, 250))
        {
            var jurisdiction = row.Formed("jurisdiction", Form.Jurisdiction);
            var languages = row.Texts("languages", 30, 3);
            if (languages.Count == 0)
                row.Fault("languages", "empty", "At least one is needed.");
            if (!read.TryAdd(jurisdiction, languages))
                row.Fault("jurisdiction", "duplicate-reference", "Each may stand only once.");
            row.Close();
        }

        return read;
    }

    public static Dictionary<string, IReadOnlyList<string>> Categories(StrictObject o, string member, int least, Form name)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var row in o.Objects(member, least, 200))
        {
            if (!read.TryAdd(row.Formed("name", name), row.Codes("categories", 20, Codes.DataCategories, least: 1)))
                row.Fault("name", "duplicate-reference", "Each may stand only once.");
            row.Close();
        }

        return read;
    }

    public static List<RuleKind.InvestigativeMeasure> Measures(StrictObject o)
    {
        var read = new List<RuleKind.InvestigativeMeasure>();
        foreach (var row in o.Objects("measures", 1, 50))
        {
            var categories = row.Codes("categories", 20, Codes.DataCategories, least: 1);
            var options = categories.SelectMany(c => Codes.Options.TryGetValue(c, out var known) ? known : []).ToHashSet(StringComparer.Ordinal);
            read.Add(new(
                row.Formed("code", Form.Slug), row.Formed("source", Form.Printed(60)), row.OptionalCode("measure", Codes.Measures) ?? Codes.Produce,
                categories, row.Codes("options", 30, options)));
            row.Close();
        }

        return read;
    }
}
