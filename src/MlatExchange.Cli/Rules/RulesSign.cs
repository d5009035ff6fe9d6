using System.CommandLine;
using System.Text;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Rules;

/// <summary><c>mlat rules sign PACK</c>: the jurisdiction's anchor says that its nodes may apply this pack. Done where the anchor's key is, never on a node.</summary>
internal static class RulesSign
{
    internal static Command Command(Workplace workplace)
    {
        var pack = new Argument<string>("PACK") { Description = "File of a rule pack; the signature is written beside it." };
        var key = new Option<string>("--key") { Description = "Private key of the anchor (P-256 JWK).", Required = true };
        var jurisdiction = new Option<string>("--jurisdiction") { Description = "Code of the jurisdiction whose anchor signs.", Required = true };
        var trust = new Option<string>("--trust") { Description = "Folder with anchors.json, which must list the key.", Required = true };
        var command = new Command("sign", "Signs a rule pack for the nodes of a jurisdiction; the pack itself does not change.") { pack, key, jurisdiction, trust };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(pack), parsed.GetRequiredValue(key), parsed.GetRequiredValue(jurisdiction), parsed.GetRequiredValue(trust), workplace));
        return command;
    }

    private static int Run(string file, string key, string jurisdiction, string trust, Workplace workplace)
    {
        var reading = RulePackLoader.Load(Files.Read(file));
        if (reading.Value is not { } pack) throw Refusal.Invalid($"{Path.GetFileName(file)} is not a rule pack: {reading.Faults[0]}");
        if (Path.GetFileName(file) != $"{pack.Name}.json") throw Refusal.Invalid($"The file of {pack.Name} is named {pack.Name}.json.");
        var anchors = TrustFolder.Anchors(trust);
        var anchor = anchors.Anchors.FirstOrDefault(one => one.Jurisdiction == jurisdiction) ?? throw Refusal.Invalid($"anchors.json has no jurisdiction {jurisdiction}.");
        var statement = new PackStatement(anchor.Anchor, jurisdiction, pack.Name, Digest.Parse(pack.Digest), workplace.Now.ToUnixTimeSeconds());
        var signed = statement.Sign(Files.ReadKey(key));
        if (!PackStatement.Holds(signed, anchors, jurisdiction, pack.Name, statement.Digest, out _, out var rule)) throw Refusal.Invalid($"{Path.GetFileName(key)} is not a key of the anchor of {jurisdiction}: {rule}.");
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, PackStatement.FileName(pack.Name, jurisdiction));
        Files.WriteNew(beside, Encoding.ASCII.GetBytes(signed + "\n"));
        workplace.Out.WriteLine($"{beside}  {pack.Digest}");
        return ExitCode.Valid;
    }
}
