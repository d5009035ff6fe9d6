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
        if (!Uri.TryCreate(url, UriKind.Absolute, out var baseUrl) || baseUrl.Scheme is not ("http" or "https"))
        {
            throw Refusal.Usage($"{url} is not the base URL of a node.");
        }
        return new(workplace.Http(), baseUrl, parsed.GetValue(Token) ?? throw Refusal.Usage("A node needs --token or the variable MLAT_TOKEN."));
    }
}
