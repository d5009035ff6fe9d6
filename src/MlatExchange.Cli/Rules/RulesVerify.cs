using System.CommandLine;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Rules;

/// <summary><c>mlat rules verify FOLDER</c>: whether a jurisdiction's anchor signed every pack of a folder, as its nodes check it at start.</summary>
internal static class RulesVerify
{
    internal static Command Command(Workplace workplace)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Folder of rule packs." };
        var jurisdiction = new Option<string>("--jurisdiction") { Description = "Code of the jurisdiction whose anchor must have signed.", Required = true };
        var trust = new Option<string>("--trust") { Description = "Folder with anchors.json.", Required = true };
        var command = new Command("verify", "Checks the signatures of the rule packs of a folder.") { folder, jurisdiction, trust };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(jurisdiction), TrustFolder.Anchors(parsed.GetRequiredValue(trust)), workplace));
        return command;
    }

    private static int Run(string folder, string jurisdiction, TrustAnchors anchors, Workplace workplace)
    {
        var wrong = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*@*.json").Order(StringComparer.Ordinal))
        {
            var said = Said(file, folder, jurisdiction, anchors, out var sound);
            wrong += sound ? 0 : 1;
            workplace.Out.WriteLine($"{Path.GetFileNameWithoutExtension(file)}: {said}");
        }

        return wrong == 0 ? ExitCode.Valid : ExitCode.Invalid;
    }

    private static string Said(string file, string folder, string jurisdiction, TrustAnchors anchors, out bool sound)
    {
        sound = false;
        if (RulePackLoader.Load(Files.Read(file)).Value is not { } pack) return "not a rule pack";
        var beside = Path.Combine(folder, PackStatement.FileName(pack.Name, jurisdiction));
        if (!File.Exists(beside)) return $"not signed by {jurisdiction}";
        sound = PackStatement.Holds(Files.ReadText(beside), anchors, jurisdiction, pack.Name, Digest.Parse(pack.Digest), out var key, out var rule);
        return sound ? $"signed by the anchor of {jurisdiction}, key {key}" : rule!;
    }
}
