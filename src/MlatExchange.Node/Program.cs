using MlatExchange.Node.Hosting;
using MlatExchange.Node.Retention;

// Several nodes in one process on one bus in memory, for a demonstration without a broker: --embedded FILE [FILE ...], one settings file per node.
if (args is ["--embedded", .. var files])
{
    await using var broker = new InMemoryBroker();
    var nodes = new List<WebApplication>();
    foreach (var file in files)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddJsonFile(Path.GetFullPath(file));
        nodes.Add(await NodeApplication.Build(builder, broker));
    }
    await Task.WhenAll(nodes.Select(node => node.RunAsync()));
    return;
}

var app = await NodeApplication.Build(WebApplication.CreateBuilder(args), ownProcess: true);
var fresh = app.Services.GetRequiredService<FreshStart>();
await app.RunAsync();
if (!fresh.IsWanted) return;
FreshStart.Replace();
Environment.ExitCode = 1; // it could not be replaced: the node's keeper starts another

/// <summary>The node's entry point; public so that tests can start it in process.</summary>
public partial class Program;
