using System.CommandLine;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Cli.Rules;

/// <summary><c>mlat rules</c>: which rule packs lie in a folder, whether a node would load them, and their digests.</summary>
internal static class RulesList
{
    internal static Command Command(Workplace workplace)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder of rule packs, such as contracts/rule-packs." };
        var rules = new Option<bool>("--all") { Description = "Print each rule with its source." };
        var command = new Command("rules", "Lists rule packs with the digest that assessments name, and every fault of a pack that does not load.") { folder, rules, RulesSign.Command(workplace), RulesTest.Command(workplace), RulesVerify.Command(workplace) };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetValue(rules), workplace));
        return command;
    }

    private static int Run(string folder, bool all, Workplace workplace)
    {
        var faulty = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*@*.json").Order(StringComparer.Ordinal))
        {
            var reading = RulePackLoader.Load(Files.Read(file));
            if (reading.Value is not { } pack)
            {
                faulty++;
                workplace.Out.WriteLine($"{Path.GetFileName(file)}: not a rule pack");
                foreach (var fault in reading.Faults)
                {
                    workplace.Out.WriteLine($"  {fault}");
                }
                continue;
            }
            workplace.Out.WriteLine($"{pack.Name}  {pack.Instrument}  {pack.Rules.Count} rules  valid until {pack.ValidUntil:yyyy-MM-dd}  {pack.Digest}");
            foreach (var rule in all ? pack.Rules : [])
            {
                workplace.Out.WriteLine($"  {rule.Slug}  {rule.Source}  {rule.OnFailure}/{rule.OnFailureRequested}");
            }
        }
        return faulty == 0 ? ExitCode.Valid : ExitCode.Invalid;
    }
}
