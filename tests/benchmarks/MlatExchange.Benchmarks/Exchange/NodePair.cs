using MlatExchange.Node.Hosting;
using RabbitMQ.Client;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>
/// XA and XB in one process. Both sit on one virtual host and what one publishes is bound straight to the queue that the other reads: one queue on the way,
/// as in the bare path. The shovel between two brokers is left out of both.
/// </summary>
internal sealed class NodePair : IAsyncDisposable
{
    private NodePair(LoadNode xa, LoadNode xb) => (Xa, Xb) = (xa, xb);

    public LoadNode Xa { get; }

    public LoadNode Xb { get; }

    public static async Task<NodePair> Start(LoadBroker broker)
    {
        var trust = new LoadTrust();
        var pair = new NodePair(await LoadNode.Start("XA", trust, broker), await LoadNode.Start("XB", trust, broker));
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync();
        await Join(channel, "XA", "XB");
        await Join(channel, "XB", "XA");
        return pair;
    }

    public Task Exchange(CancellationToken cancellation) => Xa.Exchange("XB", cancellation);

    /// <summary>Transactions committed in both databases so far, as the server has counted them: up to ten seconds late.</summary>
    public async Task<long> Commits() => await Commits(Xa.Database) + await Commits(Xb.Database);

    public async ValueTask DisposeAsync()
    {
        await Xa.DisposeAsync();
        await Xb.DisposeAsync();
    }

    private static Task<long> Commits(BenchmarkDatabase database) =>
        database.Scalar<long>("select xact_commit from pg_stat_database where datname = current_database()");

    private static async Task Join(IChannel channel, string from, string to)
    {
        await channel.QueueBindAsync(Bus.Incoming(from), Bus.Relay, Bus.Outgoing(to));
        await channel.QueueUnbindAsync(Bus.Outgoing(to), Bus.Relay, Bus.Outgoing(to));
    }
}
