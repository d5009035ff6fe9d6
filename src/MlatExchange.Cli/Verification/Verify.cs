using System.CommandLine;
using System.Text.Json;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Verification;

/// <summary><c>mlat verify</c>: what a file proves, and what it does not, in plain words and offline.</summary>
internal static class Verify
{
    internal static Command Command(Workplace workplace)
    {
        var file = new Argument<string>("FILE") { Description = "A proof or a bundle." };
        var trust = new Option<string>("--trust") { Description = "Folder with anchors.json, which two people compared, and trust lists.", Required = true, HelpName = "FOLDER" };
        var command = new Command("verify", "Says what a proof or a bundle proves and what it does not. Needs no network and trusts nobody but the anchors.") { file, trust };
        command.Add(VerifyQuery.Command(workplace));
        command.SetAction(parsed => Print(Run(Files.Read(parsed.GetRequiredValue(file)), parsed.GetRequiredValue(trust), workplace), workplace));
        return command;
    }

    private static Finding Run(byte[] file, string trustFolder, Workplace workplace)
    {
        var trust = TrustFolder.Load(trustFolder, workplace.Now);
        return KindOf(file) switch
        {
            ProofFile.FileKind => ProofFile.TryRead(file, out var proof, out var fault) ? ProofFinding.Of(proof, trust) : throw NotOfItsForm(fault),
            BundleFile.FileKind => BundleFile.TryRead(file, out var bundle, out var fault) ? BundleFinding.Of(bundle, TrustFolder.Anchors(trustFolder), trust) : throw NotOfItsForm(fault),
            _ => throw Refusal.Usage("The file is neither a proof (mlat-proof) nor a bundle (mlat-bundle)."),
        };
    }

    private static int Print(Finding finding, Workplace workplace)
    {
        workplace.Out.WriteLine($"{Word(finding.Class)}: {finding.Summary}");
        Section("Proven", finding.Proven);
        Section("Not proven", finding.NotProven);
        return finding.Class switch
        {
            VerdictClass.Valid => ExitCode.Valid,
            VerdictClass.Doubtful => ExitCode.Doubtful,
            VerdictClass.Incomplete => ExitCode.Incomplete,
            _ => ExitCode.Invalid,
        };

        void Section(string title, IReadOnlyList<string> sentences)
        {
            if (sentences.Count > 0)
            {
                workplace.Out.WriteLine();
                workplace.Out.WriteLine($"{title}:");
            }
            foreach (var sentence in sentences)
            {
                workplace.Out.WriteLine($"  - {sentence}");
            }
        }
    }

    private static string Word(VerdictClass verdict) => verdict switch
    {
        VerdictClass.Valid => "VALID",
        VerdictClass.Doubtful => "DOUBTFUL",
        VerdictClass.Incomplete => "INCOMPLETE",
        _ => "INVALID",
    };

    internal static string? KindOf(byte[] file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Refusal NotOfItsForm(JsonFault fault) => Refusal.Usage($"The file is not of its form: {fault.Rule} at '{fault.JsonPointer}'.");
}

/// <summary>What a verification found, in sentences.</summary>
internal sealed record Finding(VerdictClass Class, string Summary, IReadOnlyList<string> Proven, IReadOnlyList<string> NotProven);
