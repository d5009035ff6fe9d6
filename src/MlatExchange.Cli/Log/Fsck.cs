using System.CommandLine;
using System.Text;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Log;

/// <summary><c>mlat fsck</c>: computes an exported log again from its leaves and compares every tile and the signed head.</summary>
internal static class Fsck
{
    internal static Command Command(Workplace workplace)
    {
        var folder = new Argument<string>("FOLDER") { Description = "The export: checkpoint, tile/<L>/<N>, tile/entries/<N>." };
        var trust = new Option<string>("--trust") { Description = "Folder with anchors.json and trust lists.", Required = true, HelpName = "FOLDER" };
        var command = new Command("fsck", "Computes an exported log again from its leaves: each tile, the root, the signature.") { folder, trust };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), TrustFolder.Load(parsed.GetRequiredValue(trust), workplace.Now), workplace));
        return command;
    }

    /// <summary>A checkpoint that a log of the trust lists signed; a refusal for any other.</summary>
    internal static Checkpoint Head(byte[] checkpoint, TrustSnapshot trust)
    {
        var note = SignedNote.Parse(checkpoint);
        var node = trust.Jurisdictions.Select(trust.NodeOf).FirstOrDefault(node => note is not null && Checkpoint.Read(note.Text)?.Origin == node?.LogOrigin);
        return node is not null && LogKey.Of(node).Select(key => Checkpoint.Verify(note, key)).FirstOrDefault(head => head is not null) is { } head
            ? head
            : throw Refusal.Invalid("The checkpoint is not signed by a log that the trust lists name.");
    }

    private static int Run(string folder, TrustSnapshot trust, Workplace workplace)
    {
        var head = Head(Files.Read(Path.Combine(folder, "checkpoint")), trust);
        var findings = new ExportedLog(folder, head).Findings().ToList();
        foreach (var finding in findings)
        {
            workplace.Out.WriteLine(finding);
        }
        workplace.Out.WriteLine(
            findings.Count == 0 ? $"{head.Origin}: {head.Size} leaves, all tiles and the signed root agree." : $"{head.Origin}: {findings.Count} findings in {head.Size} leaves.");
        return findings.Count == 0 ? ExitCode.Valid : ExitCode.Invalid;
    }
}
