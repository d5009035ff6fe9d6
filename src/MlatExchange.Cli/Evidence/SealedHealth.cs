using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlatExchange.Cli.Health;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Evidence;

/// <summary>Health evidence of a sealing: read, brought down to what was asked for, kept in memory alone until it is sealed.</summary>
internal sealed partial class SealedHealth
{
    internal const string MediaType = "application/fhir+json";
    private const int LargestBundle = 32 * 1024 * 1024;

    private readonly HealthAsked asked;
    private readonly MinimisedHealth minimised;
    private readonly bool forgets;

    private SealedHealth(HealthAsked asked, MinimisedHealth minimised, bool forgets) => (this.asked, this.minimised, this.forgets) = (asked, minimised, forgets);

    /// <summary>Null without <c>--fhir</c>.</summary>
    /// <exception cref="Refusal">A bundle that cannot be minimised, with every fault on the error output.</exception>
    internal static SealedHealth? Of(ParseResult parsed, SealOptions options, Workplace workplace)
    {
        var given = options.Health;
        if (parsed.GetValue(given.Bundle) is not { } file)
        {
            return null;
        }
        if (parsed.GetValue(options.File) is not null)
        {
            throw Refusal.Usage("Either FILE or --fhir, not both.");
        }
        if (parsed.GetRequiredValue(options.DataCategory) != "health")
        {
            throw Refusal.Usage("A bundle of FHIR has the data category health.");
        }
        var asked = Asked(parsed, given, workplace);
        var minimised = Minimised(file, asked);
        if (minimised.Bundle is null)
        {
            foreach (var fault in minimised.Faults) workplace.Error.WriteLine($"{fault.Pointer}: {HealthWords.Code(fault.Rule)}: {HealthWords.Of(fault.Rule)}");
            throw Refusal.Usage($"{file}: it cannot be brought down to what was asked for. Nothing was sealed.");
        }
        if (parsed.GetValue(given.Minimised) is { } copy)
        {
            Files.WriteNew(copy, minimised.Bundle, secret: true);
        }
        return new(asked, minimised, parsed.GetValue(given.SubjectFile) is null);
    }

    internal MemoryStream Content() => new(minimised.Bundle!, writable: false);

    /// <summary>Says what was removed and why, in words and as a file beside the sealed one; never a value.</summary>
    internal void Report(string path, Workplace workplace)
    {
        var report = HealthReport.Of(HealthProfile.Embedded, asked, minimised);
        Files.WriteNew(path, report.ToJson());
        foreach (var line in report.Words()) workplace.Out.WriteLine(line);
        if (report.Dates == "shift" && forgets)
        {
            workplace.Out.WriteLine("The number of days is kept nowhere: what is sealed of this person later will be shifted by another.");
        }
    }

    private static HealthAsked Asked(ParseResult parsed, HealthOptions given, Workplace workplace)
    {
        string[] options = [.. (parsed.GetValue(given.Options) ?? []).Distinct(StringComparer.Ordinal)];
        if (options.Length == 0 || Array.Find(options, option => !HealthProfile.Embedded.Options.ContainsKey(option)) is not null)
        {
            throw Refusal.Usage($"--option: one of {string.Join(", ", HealthProfile.Embedded.Options.Keys)}. What no list of allowed elements describes cannot be minimised.");
        }
        var person = parsed.GetValue(given.Person);
        if (person is null || !Pseudonym().IsMatch(person))
        {
            throw Refusal.Usage("--person: letters, digits, - and _, at most 64.");
        }
        string[] legalBasis = parsed.GetValue(given.LegalBasis) ?? [];
        if (legalBasis.Length == 0 || !legalBasis.All(basis => Basis().IsMatch(basis)))
        {
            throw Refusal.Usage("--legal-basis: instrument and article.");
        }
        var (from, to) = (parsed.GetValue(given.From), parsed.GetValue(given.To));
        return from > to
            ? throw Refusal.Usage("--from is after --to.")
            : new(options, person, from, to, SubjectFile.DaysOf(parsed.GetValue(given.SubjectFile), person, workplace), legalBasis, workplace.Now, Seal.ToolName);
    }

    private static MinimisedHealth Minimised(string file, HealthAsked asked)
    {
        if (!File.Exists(file))
        {
            throw Refusal.Unavailable($"{file} is not there.");
        }
        if (new FileInfo(file).Length > LargestBundle)
        {
            throw Refusal.Usage($"{file}: {JsonRule.TooLarge}, at most {LargestBundle} bytes.");
        }
        if (!StrictJson.TryParse(File.ReadAllBytes(file).AsMemory().Trim(" \t\r\n"u8), out var bundle, out var fault, LargestBundle))
        {
            throw Refusal.Usage($"{file}: {fault.Rule} at '{fault.JsonPointer}'.");
        }
        using (bundle)
        {
            return MinimiseHealth.Of(bundle.RootElement, HealthProfile.Embedded, asked);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Pseudonym();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9:().,/ -]{0,99}\z")]
    private static partial Regex Basis();
}

/// <summary>The file given as <c>--subject-file</c>.</summary>
/// <param name="ShiftDays">Days by which dates of this person move: back, so that none lies ahead.</param>
internal sealed record SubjectFile(string Person, int ShiftDays)
{
    private const int MostDays = 365;

    internal static int DaysOf(string? path, string person, Workplace workplace)
    {
        if (path is not null && File.Exists(path))
        {
            return !StrictJson.TryRead<SubjectFile>(Files.Read(path).AsSpan().Trim(" \t\r\n"u8), out var read, out var fault) ? throw Refusal.Usage($"{path}: {fault.Rule} at '{fault.JsonPointer}'.")
                : read.Person != person ? throw Refusal.Usage($"{path} is of another person.")
                : read.ShiftDays is >= 0 or < -MostDays ? throw Refusal.Usage($"{path}: between 1 and {MostDays} days back.")
                : read.ShiftDays;
        }
        Span<byte> random = stackalloc byte[4];
        workplace.Random(random);
        var made = new SubjectFile(person, -1 - (int)(BitConverter.ToUInt32(random) % MostDays));
        if (path is not null)
        {
            Files.WriteNew(path, JsonSerializer.SerializeToUtf8Bytes(made, StrictJson.Options), secret: true);
        }
        return made.ShiftDays;
    }
}
