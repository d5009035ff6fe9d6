using System.Text.Json;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>
/// Reads a rule pack file and checks all of it before a single rule is applied: a pack with a fault is no pack. The steps and the slugs of the
/// faults are those of contracts/rule-packs.
/// </summary>
public static class RulePackLoader
{
    /// <param name="utf8">The file's bytes; their SHA-256 is the pack's digest.</param>
    public static Reading<RulePack> Load(ReadOnlyMemory<byte> utf8)
    {
        var faults = new List<MemberFault>();
        return JsonFile.Open(utf8, "A rule pack", 32, faults) is { } file ? Read(file, Digests.OfBytes(utf8.Span), faults) : new(null, faults);
    }

    private static Reading<RulePack> Read(JsonElement file, string digest, List<MemberFault> faults)
    {
        var root = new StrictObject(file, "", faults, complete: false);
        if (!root.Present)
            return new(null, faults);
        root.OptionalText("$schema", 300);
        root.OptionalText("title", 300);
        var emergency = Emergency(root);
        var pack = new RulePack(
            root.Formed("id", Form.Slug), root.Whole("version", 1, 9999), root.Formed("instrument", Form.Instrument),
            Day(root, "validUntil"), Day(root, "reviewBy"), root.Formed("impactAssessment", Form.Printed(300)),
            emergency, Rules(root), PackTermsReader.Read(root), digest);
        root.Close();
        Cross(root, pack);
        return faults.Count > 0 ? new(null, faults) : new(pack, faults);
    }

    private static EmergencyDefinition? Emergency(StrictObject root)
    {
        if (root.OptionalObject("emergency") is not { } o)
            return null;
        var read = new EmergencyDefinition(o.Formed("source", Form.Printed(60)), o.Codes("threats", 10, Known(Codes.Threats), least: 1));
        o.Close();
        return read;
    }

    private static List<PackRule> Rules(StrictObject root)
    {
        var rules = new List<PackRule>();
        foreach (var o in root.Objects("rules", 1, 200))
        {
            if (PackRuleReader.Read(o) is { } rule)
            {
                if (rules.Exists(r => r.Slug == rule.Slug))
                    o.Fault("slug", "duplicate-slug", "Another rule of this pack has this slug.");
                rules.Add(rule);
            }

            o.Close();
        }

        return rules;
    }

    /// <summary>What no single member shows: a pack that could not lapse, or a term that could never be chosen.</summary>
    private static void Cross(StrictObject root, RulePack pack)
    {
        foreach (var (kind, name) in new[]
        {
            (typeof(RuleKind.PackValidity), "pack-validity"), (typeof(RuleKind.PackReview), "pack-review"),
            (typeof(RuleKind.InstrumentInForce), "instrument-in-force"),
        })
        {
            if (pack.Rules.Count(r => r.Kind.GetType() == kind) != 1)
                root.Fault("rules", "missing-rule-kind", $"Every pack has exactly one rule of kind {name}.");
        }

        var watches = pack.Rules.Any(r => r.Kind is RuleKind.Competence { EmergencyBeforeValidation: true });
        var notifies = pack.Rules.Any(r => r.Kind is RuleKind.Notification);
        var moments = pack.Terms.Deadlines.Select(d => d.When).ToList();
        if (pack.Emergency is null && (watches || moments.Contains(DeadlineMoment.Emergency)))
            root.Fault("emergency", "missing-member", "A rule or deadline needs to know what an emergency is.");
        if (!notifies && (moments.Contains(DeadlineMoment.Notified) || moments.Contains(DeadlineMoment.NotNotified)))
            root.Fault("terms/deadlines", "missing-rule-kind", "A deadline depends on notification, and no rule decides on it.");
        if (watches && pack.Terms.Watch is null)
            root.Fault("terms/watch", "missing-member", "An order may leave before its validation, and nothing watches over it.");
        if (pack.ReviewBy > pack.ValidUntil)
            root.Fault("reviewBy", "reversed-range", "The review falls due after the pack has lapsed.");
    }

    private static DateOnly Day(StrictObject o, string member)
    {
        if (o.Raw(member) is not null)
            return o.OptionalDate(member) ?? default;
        o.Fault(member, "missing-member", "This day must be given.");
        return default;
    }

    /// <summary>A pack never names what is unknown: unknown is what rules answer to, not what they accept.</summary>
    internal static IReadOnlySet<string> Known(IReadOnlySet<string> codes) => codes.Where(c => c != Codes.Unknown).ToHashSet(StringComparer.Ordinal);
}
