using System.CommandLine;

namespace MlatExchange.Cli.Evidence;

/// <summary>How to reach a node; without <c>--node</c> a command is offline.</summary>
internal sealed class NodeOptions
{
    internal Option<string?> Url { get; } = new("--node") { Description = "Base URL of your own node.", HelpName = "URL" };

    internal Option<string?> Token { get; } = new("--token")
    {
        Description = "Access token; left out: the variable MLAT_TOKEN.", HelpName = "TOKEN", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MLAT_TOKEN"),
    };

    internal Option<string?> Received { get; } = new("--received") { Description = "The received request that the transfer answers.", HelpName = "ID" };

    internal NodeClient? Client(ParseResult parsed, Workplace workplace)
    {
        if (parsed.GetValue(Url) is not { } url)
        {
            return null;
        }
        return new(workplace.Http(), Base(url), Secret(parsed));
    }

    /// <summary>For commands that are nothing without a node.</summary>
    internal Verification.OversightClient Oversight(ParseResult parsed, Workplace workplace) =>
        new(workplace.Http(), Base(parsed.GetValue(Url) ?? throw Refusal.Usage("This command asks a node: give --node.")), Secret(parsed));

    private string Secret(ParseResult parsed) => parsed.GetValue(Token) ?? throw Refusal.Usage("A node needs --token or the variable MLAT_TOKEN.");

    private static Uri Base(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var baseUrl) || baseUrl.Scheme is not ("http" or "https"))
        {
            throw Refusal.Usage($"{url} is not the base URL of a node.");
        }
        return baseUrl;
    }
}
