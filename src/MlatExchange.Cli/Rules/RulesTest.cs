using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Cli.Rules;

/// <summary><c>mlat rules test PACK CASES</c>: a ministry's own case files against its own pack, before a node loads it.</summary>
internal static class RulesTest
{
    internal static Command Command(Workplace workplace)
    {
        var pack = new Argument<string>("PACK") { Description = "File of a rule pack." };
        var cases = new Argument<string>("CASES") { Description = "Folder of case files: request and expect." };
        var on = new Option<DateOnly?>("--on") { Description = "Day on which the rules are applied (yyyy-MM-dd), today unless given; a pack lapses and falls due for review." };
        var command = new Command("test", "Applies a rule pack to case files and says where it comes to something else than they expect.") { pack, cases, on };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(pack), parsed.GetRequiredValue(cases), parsed.GetValue(on) ?? DateOnly.FromDateTime(workplace.Now.UtcDateTime), workplace));
        return command;
    }

    private static int Run(string file, string folder, DateOnly on, Workplace workplace)
    {
        var reading = RulePackLoader.Load(Files.Read(file));
        if (reading.Value is not { } pack)
        {
            foreach (var fault in reading.Faults) workplace.Error.WriteLine($"{fault.Pointer} {fault.Rule}: {fault.Sentence}");
            throw Refusal.Invalid($"{Path.GetFileName(file)} is not a rule pack.");
        }

        workplace.Out.WriteLine($"{pack.Name}  {pack.Instrument}  {pack.Digest}");
        var (tried, wrong) = (0, 0);
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Differences(path, pack, on) is not { } differences) continue;
            tried++;
            wrong += differences.Count > 0 ? 1 : 0;
            workplace.Out.WriteLine($"{Path.GetFileName(path)}: {(differences.Count == 0 ? "as expected" : "differs")}");
            foreach (var difference in differences) workplace.Out.WriteLine($"  {difference}");
        }

        workplace.Out.WriteLine($"{tried} cases under {pack.Instrument}, {wrong} differ");
        return tried == 0 ? throw Refusal.Invalid($"No case file in {folder} names the instrument {pack.Instrument}.") : wrong == 0 ? ExitCode.Valid : ExitCode.Invalid;
    }

    /// <summary>Null for a case under another instrument.</summary>
    private static List<string>? Differences(string path, RulePack pack, DateOnly on)
    {
        if (JsonNode.Parse(Files.Read(path)) is not JsonObject file || file["request"] is not JsonObject request || file["expect"] is not JsonObject expect
            || (string?)request["instrument"] != pack.Instrument) return null;
        var content = RequestContent.Parse(Encoding.UTF8.GetBytes(request.ToJsonString()), (string?)request["issuer"]?["jurisdiction"] ?? "");
        if (content.Value is not { Facts: var facts }) return [.. content.Faults.Select(fault => $"{fault.Pointer} {fault.Rule}: {fault.Sentence}")];
        var differences = new List<string>();
        foreach (var (side, name) in new[] { (Side.Requesting, "requesting"), (Side.Requested, "requested") })
        {
            if (expect[name] is null) continue;
            // The instrument is taken to be in force: whether it is, is a setting of a node and no matter of its rules.
            var result = PackAssessment.Assess(facts, pack, new(side, on, [pack.Instrument]));
            Same($"{name}", expect[name], StatedAssessment.Code(result.Outcome), differences);
            Same($"{name} flags", Sorted(expect["flags"]), string.Join(' ', result.Findings.Where(f => f.Outcome == Outcome.Flag).Select(f => f.Rule).Order(StringComparer.Ordinal)), differences);
            if (expect["rule"] is { } rule) Same($"{name} rule", rule, string.Join(' ', result.Findings.Where(f => f.Outcome == Outcome.Block).Select(f => f.Source)), differences);
            if (expect["branch"] is { } branch) Same($"{name} branch", branch, result.Branch, differences);
            if (expect["notifyEnforcingAuthority"] is { } notify) Same($"{name} notifyEnforcingAuthority", notify, result.NotifyEnforcingAuthority == true ? "true" : "false", differences);
            if (expect["dualCriminality"] is { } dual) Same($"{name} dualCriminality", dual, result.DualCriminality, differences);
            foreach (var (member, term) in new[] { ("deadline", result.Deadline), ("watch", result.Watch), ("expires", result.Expires) })
                if (expect[member] is { } expected) Same($"{name} {member}", $"{expected["rule"]} {expected["days"] ?? expected["hours"]}", $"{term?.Rule} {term?.Days ?? term?.Hours}", differences);
        }

        return differences;
    }

    private static string Sorted(JsonNode? list) => string.Join(' ', (list as JsonArray ?? []).Select(slug => (string?)slug).Order(StringComparer.Ordinal));

    private static void Same(string what, JsonNode? expected, string? found, List<string> differences)
    {
        if (expected?.ToString() != (found ?? "")) differences.Add($"{what}: expected {expected}, came to {found ?? "nothing"}");
    }
}
