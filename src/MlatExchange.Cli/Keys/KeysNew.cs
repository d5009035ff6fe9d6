using System.CommandLine;
using System.Text;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Keys;

/// <summary><c>mlat keys new</c>: all keys of some jurisdictions, their table of anchors and their signed trust lists; demo keys unless asked for others.</summary>
internal static class KeysNew
{
    private static readonly string[] Demo = ["XA=http://127.0.0.1:5101", "XB=http://127.0.0.1:5102", "XC=http://127.0.0.1:5103"];

    internal static Command Command(Workplace workplace)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where to; must not exist or be empty." };
        var jurisdictions = new Option<string[]>("--jurisdiction")
        {
            Description = "A code and the base URL of its node; once per jurisdiction.", HelpName = "CODE=URL", DefaultValueFactory = _ => Demo,
        };
        var authorities = new Option<string?>("--authorities")
        {
            Description = "JSON {code: {authorities: [{code, kind, trustMarks}], oversight: [code]}}; left out: those of the demonstration.", HelpName = "FILE",
        };
        var days = new Option<int>("--valid-days") { Description = "Days until the trust lists run out.", DefaultValueFactory = _ => 30 };
        var service = new Option<bool>("--for-service")
        {
            Description = "Not marked as demo keys, so that a node outside the demonstration takes them. Whoever makes them holds the keys of every jurisdiction named.",
        };
        var command = new Command("new", "Makes the keys of a demonstration: demo keys, never for real cases. Nothing is overwritten.") { folder, jurisdictions, authorities, days, service };
        command.SetAction(parsed => Run(
            workplace,
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(jurisdictions),
            parsed.GetValue(authorities) is { } file ? DemoAuthorities.Read(file) : DemoAuthorities.BuiltIn,
            TimeSpan.FromDays(parsed.GetRequiredValue(days)),
            demo: !parsed.GetValue(service)));
        return command;
    }

    private static int Run(
        Workplace workplace, string folder, IReadOnlyList<string> jurisdictions, IReadOnlyDictionary<string, AuthorityTable> tables, TimeSpan validFor, bool demo)
    {
        if (Path.Exists(folder) && (File.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw Refusal.Unavailable($"{folder} exists already and is not overwritten.");
        }
        var wanted = jurisdictions.Select(text => Jurisdiction(text, tables)).ToList();
        if (wanted.Count != wanted.DistinctBy(one => one.Code).Count())
        {
            throw Refusal.Usage("A jurisdiction is named twice.");
        }
        // Everything is made beside the place and moved there at once, so that a set of keys is whole or not there.
        var draft = $"{Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))}.{Environment.ProcessId}.new";
        try
        {
            Make(draft, wanted, validFor, demo, workplace);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }
            Directory.Move(draft, folder);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
        return ExitCode.Valid;
    }

    private static void Make(string draft, List<(string Code, Uri BaseUrl, AuthorityTable Table)> wanted, TimeSpan validFor, bool demo, Workplace workplace)
    {
        var made = wanted.ConvertAll(one => (one.Code, Set: new KeySet(draft, one.Code, one.BaseUrl, one.Table, validFor, demo, workplace).Make()));
        var anchors = new TrustAnchors(demo, [.. made.Select(one => one.Set.Anchor)]);
        Files.WriteNew(Path.Combine(draft, "trust", "anchors.json"), anchors.ToJson());
        foreach (var (code, (_, list)) in made)
        {
            Files.WriteNew(Path.Combine(draft, "trust", $"{code.ToLowerInvariant()}.jwt"), Encoding.ASCII.GetBytes(list));
        }
        var faults = TrustSnapshot.Build(anchors, made.Select(one => one.Set.List), workplace.Now).Faults;
        if (faults.Count > 0)
        {
            throw Refusal.Usage($"The lists would not be accepted: {faults[0].Rule} at '{faults[0].JsonPointer}' of {faults[0].Jurisdiction}.");
        }
        foreach (var (code, (anchor, _)) in made)
        {
            workplace.Out.WriteLine($"{code}: anchor {Fingerprint.Words(anchor.Keys[0])}");
        }
    }

    private static (string Code, Uri BaseUrl, AuthorityTable Table) Jurisdiction(string text, IReadOnlyDictionary<string, AuthorityTable> tables)
    {
        if (text.Split('=', 2) is not [{ Length: 2 } code, var url] || !Uri.TryCreate(url, UriKind.Absolute, out var baseUrl) || baseUrl.Scheme is not ("http" or "https"))
        {
            throw Refusal.Usage($"'{text}' is not CODE=URL, such as XA=http://127.0.0.1:5101.");
        }
        return tables.TryGetValue(code, out var table) ? (code, baseUrl, table) : throw Refusal.Usage($"No authorities are known for {code}: give --authorities FILE.");
    }
}
