using System.Text.Json;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Domain.Deadlines;

/// <summary>The table of terms, read from <c>deadlines.json</c>.</summary>
public sealed class DeadlineRules
{
    private static readonly Dictionary<string, DeadlineUnit> Units = new(StringComparer.Ordinal)
    {
        ["hours"] = DeadlineUnit.Hours, ["days"] = DeadlineUnit.Days, ["working-days"] = DeadlineUnit.WorkingDays, ["weeks"] = DeadlineUnit.Weeks,
        ["months"] = DeadlineUnit.Months, ["at-once"] = DeadlineUnit.AtOnce, ["none"] = DeadlineUnit.None,
    };

    private static readonly HashSet<string> UnitCodes = [.. Units.Keys];
    private static readonly HashSet<string> Countings = ["plain", "regulation-1182-71"];
    private static readonly HashSet<string> Duties = ["requesting", "requested"];
    private readonly Dictionary<string, DeadlineRule> byId;

    private DeadlineRules(IReadOnlyList<DeadlineRule> all) => (All, byId) = (all, all.ToDictionary(r => r.Id, StringComparer.Ordinal));

    public IReadOnlyList<DeadlineRule> All { get; }

    /// <summary>Codes of what may follow the end of a term.</summary>
    public static IReadOnlySet<string> Endings => DeadlineWords.Endings;

    /// <summary>The rule of this id.</summary>
    /// <exception cref="KeyNotFoundException">The table has none: the caller's id is wrong, or the table is not the one this code was made for.</exception>
    public DeadlineRule this[string id] => byId[id];

    /// <summary>The rule that a pack's term cites, such as <c>EEV 10(3)</c>; null when the table has none.</summary>
    public DeadlineRule? Citing(string source) => All.FirstOrDefault(r => r.Source == source);

    /// <summary>
    /// The rule behind a term of a pack; where the table has none, a plain one made of the term itself, so that a pack's term is never without a clock.
    /// </summary>
    public DeadlineRule Of(Term term, DutyBound duty, string starts) => Citing(term.Rule) ?? new(
        "term-of-the-pack", term.Rule, Certainty.M, duty, starts, term.Hours is null ? DeadlineUnit.Days : DeadlineUnit.Hours, term.Hours ?? term.Days ?? 0, Counting.Plain,
        [], null, 24, term.OnExpiry ?? [], "What the rule asks for is done", "Ce que la règle exige est fait");

    /// <summary>Reads and checks the whole file.</summary>
    public static Reading<DeadlineRules> Load(ReadOnlyMemory<byte> utf8)
    {
        var faults = new List<MemberFault>();
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            var root = new StrictObject(document.RootElement, "", faults, complete: false);
            root.OptionalText("$schema", 300);
            var rules = new List<DeadlineRule>();
            foreach (var o in root.Objects("deadlines", 1, 200))
            {
                var rule = Rule(o);
                if (rules.Exists(r => r.Id == rule.Id))
                    o.Fault("id", "duplicate-slug", "Another term has this id.");
                rules.Add(rule);
                o.Close();
            }

            root.Close();
            return faults.Count > 0 ? new(null, faults) : new(new DeadlineRules(rules), faults);
        }
        catch (JsonException problem)
        {
            return new(null, [new("", "malformed-json", $"Not a JSON document: line {problem.LineNumber + 1}.")]);
        }
    }

    private static DeadlineRule Rule(StrictObject o)
    {
        var unit = Units.GetValueOrDefault(o.Code("unit", UnitCodes), DeadlineUnit.Days);
        var amount = o.OptionalWhole("amount", 1, 3650) ?? 0;
        if (unit is DeadlineUnit.AtOnce or DeadlineUnit.None != (amount == 0))
            o.Fault("amount", "one-unit", "A term has an amount, unless it is due at once or the text sets none.");
        var extension = o.OptionalObject("extension");
        var read = new DeadlineRule(
            o.Formed("id", Form.Slug), o.Formed("source", Form.Printed(60)), PackRuleReader.Certainty(o),
            o.Code("duty", Duties) == "requesting" ? DutyBound.Requesting : DutyBound.Requested,
            o.Code("starts", DeadlineEvents.Codes), unit, amount,
            o.Code("counting", Countings) == "plain" ? Counting.Plain : Counting.Regulation1182,
            o.Codes("stops", 10, DeadlineEvents.Codes),
            extension is null ? null : new(extension.Formed("source", Form.Printed(60)), extension.Whole("amount", 1, 3650)),
            o.OptionalWhole("nearHours", 1, 8760) ?? 24,
            o.Codes("onExpiry", 10, DeadlineWords.Endings), o.Text("en", 300), o.Text("fr", 300));
        extension?.Close();
        return read;
    }
}
