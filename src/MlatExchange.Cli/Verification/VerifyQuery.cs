using System.CommandLine;
using System.Text.Json;
using MlatExchange.Cli.Evidence;
using MlatExchange.Cli.Log;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Cli.Verification;

/// <summary>
/// <c>mlat verify query</c>: asks a node a query over transfers, reads every leaf of its log, checks that they are the leaves of the signed heads, runs the query again over
/// them and names missing, extra and differing rows. Inclusion is not completeness; this is.
/// </summary>
internal static class VerifyQuery
{
    internal static Command Command(Workplace workplace)
    {
        var query = new Argument<string>("QUERY") { Description = "Parameters as in a URL, such as counterpart=XB&from=2026-01-01; left out: all transfers.", DefaultValueFactory = _ => "" };
        var trust = new Option<string>("--trust") { Description = "Folder with anchors.json, which two people compared, and trust lists.", Required = true, HelpName = "FOLDER" };
        var purpose = new Option<string>("--purpose") { Description = "Code of the purpose.", HelpName = "CODE", DefaultValueFactory = _ => "lawfulness-verification" };
        var justification = new Option<string>("--justification") { Description = "Why, for the node's record of the consultation.", HelpName = "TEXT", DefaultValueFactory = _ => "Verification of a query over the log" };
        var at = new NodeOptions();
        var command = new Command("query", "Asks a node a query, runs it again over all leaves of the log, and names missing and extra rows.") { query, trust, purpose, justification, at.Url, at.Token };
        command.SetAction(async parsed =>
        {
            using var node = at.Oversight(parsed, workplace);
            await node.Declare(parsed.GetRequiredValue(purpose), parsed.GetRequiredValue(justification));
            return await Run(node, parsed.GetRequiredValue(query), TrustFolder.Load(parsed.GetRequiredValue(trust), workplace.Now), workplace);
        });
        return command;
    }

    private static async Task<int> Run(OversightClient node, string query, TrustSnapshot trust, Workplace workplace)
    {
        var replay = new QueryReplay(Parameters(query));
        var heads = new SortedDictionary<long, Checkpoint>();
        var (cursor, upTo, rows) = ((string?)null, 0L, 0L);
        do
        {
            var page = await node.Get($"/api/oversight/transfers?{query}{(query.Length > 0 ? "&" : "")}limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}");
            foreach (var row in page.GetProperty("records").EnumerateArray())
            {
                replay.Row(row);
                rows++;
            }
            upTo = page.GetProperty("upTo").GetInt64();
            if (page.GetProperty("checkpoint") is { ValueKind: JsonValueKind.Object } named)
            {
                var head = Fsck.Head(System.Text.Encoding.UTF8.GetBytes(named.GetProperty("note").GetString()!), trust);
                heads[head.Size] = head;
            }
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        var newest = Fsck.Head(await node.Bytes("/log/checkpoint"), trust);
        heads[newest.Size] = newest;
        if (newest.Size < upTo) throw Refusal.Invalid($"The query answers up to leaf {upTo}, the newest signed head covers {newest.Size}.");
        await Leaves(node, replay, heads, upTo);

        foreach (var finding in replay.Findings) workplace.Out.WriteLine(finding);
        var open = replay.Undecided.Count == 0 ? "" : $" No leaf shows {string.Join(", ", replay.Undecided)}: whether rows are missing for these conditions stays open.";
        workplace.Out.WriteLine($"{newest.Origin}: {rows} rows, {replay.Fitting} transfers in {upTo} leaves fit what leaves show, {replay.Findings.Count} findings.{open}");
        return replay.Findings.Count > 0 ? ExitCode.Invalid : replay.Undecided.Count > 0 ? ExitCode.Incomplete : ExitCode.Valid;
    }

    // Every head that was named must be the head of these leaves: all of them are one log.
    private static async Task Leaves(OversightClient node, QueryReplay replay, SortedDictionary<long, Checkpoint> heads, long upTo)
    {
        var (frontier, waiting) = (TreeFrontier.Empty, new Queue<Checkpoint>(heads.Values));
        var size = heads.Keys.Last();
        for (long number = 0; frontier.Size < size; number++)
        {
            var width = new Tile(0, number).WidthAt(size);
            if (EntryBundle.Read(await node.Bytes($"/log/{EntryBundle.Path(number, width)}")) is not { } leaves || leaves.Count != width) throw Refusal.Invalid($"The node does not serve the {width} leaves of bundle {number}.");
            foreach (var leaf in leaves)
            {
                if (frontier.Size < upTo) replay.Leaf(frontier.Size, leaf);
                frontier = frontier.Extend([Rfc6962.Leaf(leaf.Span)]).Frontier;
                while (waiting.TryPeek(out var head) && head.Size == frontier.Size)
                {
                    if (waiting.Dequeue().Root != frontier.Root()) throw Refusal.Invalid($"The leaves that the node serves are not those of the head of {head.Size} leaves that it signed.");
                }
            }
        }
    }

    private static Dictionary<string, string> Parameters(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !parameters.TryAdd(pair[..at], Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' '))) || pair[..at] is "limit" or "cursor")
                throw Refusal.Usage("The query is NAME=VALUE&NAME=VALUE, each name once, without limit and cursor.");
        }
        return parameters;
    }
}
