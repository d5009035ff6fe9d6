using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Operations;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Hosting;

/// <summary>The node's own keys and what it trusts.</summary>
public static class KeysWiring
{
    /// <summary>Reads both before anything starts; a node without its keys, or that its own trust list does not name, does not start.</summary>
    public static (NodeKeys Keys, NodeIdentity Identity) AddKeys(this WebApplicationBuilder host, NodeSettings node)
    {
        var keys = NodeKeys.Load(node.KeysPath);
        using var logs = LoggerFactory.Create(logging => logging.AddConfiguration(host.Configuration.GetSection("Logging")).AddJsonConsole());
        var trust = new TrustFolder(node.TrustPath, node.DataKeys, TimeProvider.System, logs.CreateLogger<TrustFolder>());
        var own = trust.Current.NodeOf(node.Jurisdiction) ?? throw new InvalidOperationException($"No trust list in Node:TrustPath names the node of {node.Jurisdiction}.");
        if (trust.Current.Demo != host.IsDemo())
            throw new InvalidOperationException("Demo keys run only with Access:Mode=Demo in the environment Demo, and nothing else runs there: the trust anchors, the mode and the environment must agree.");
        if (own.NewestKey(KeyUse.Log, DateTimeOffset.UtcNow)?.Key.Thumbprint != keys.Log.Thumbprint)
            throw new InvalidOperationException("The log key of this node is not the one that its trust list names.");
        var identity = new NodeIdentity(node.Jurisdiction, own.Entity, keys.Message, keys.Encryption);
        host.Services.TryAddSingleton(TimeProvider.System);
        host.Services.AddSingleton<RandomSource>(_ => RandomNumberGenerator.Fill);
        host.Services.AddSingleton(node);
        host.Services.AddSingleton(keys);
        host.Services.AddSingleton(identity);
        host.Services.AddSingleton(trust);
        host.Services.AddSingleton<CurrentTrust>(() => trust.Current);
        host.Services.AddSingleton(new LogSigner(own.LogOrigin, keys.Log));
        host.Services.AddSingleton(services => new ReadinessPart("trust", _ => Task.FromResult(
            trust.Current.IsExpired(node.Jurisdiction, DateTimeOffset.UtcNow) ? "The own trust list has run out." : null)));
        return (keys, identity);
    }
}
