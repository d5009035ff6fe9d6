using System.Security.Cryptography;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>Nodes XA and XB on brokers and databases of their own, joined by two links; XC is in the trust lists and has no node here.</summary>
public sealed class TwoNodes : IAsyncDisposable
{
    private TwoNodes(TestTrust trust, ExchangeNode xa, ExchangeNode xb) => (Trust, Xa, Xb) = (trust, xa, xb);

    public TestTrust Trust { get; }

    public ExchangeNode Xa { get; }

    public ExchangeNode Xb { get; }

    public HostileLink ToXb { get; private set; } = null!;

    public HostileLink ToXa { get; private set; } = null!;

    public static async Task<TwoNodes> Start(Action<ExchangeNode>? prepare = null)
    {
        var trust = new TestTrust("XA", "XB", "XC");
        var nodes = new TwoNodes(trust, await ExchangeNode.Create("XA", trust), await ExchangeNode.Create("XB", trust));
        prepare?.Invoke(nodes.Xb);
        await nodes.Xa.Start();
        await nodes.Xb.Start();
        nodes.ToXb = await HostileLink.Between(nodes.Xa, nodes.Xb);
        nodes.ToXa = await HostileLink.Between(nodes.Xb, nodes.Xa);
        return nodes;
    }

    /// <summary>A message of the node's own word that is owed a receipt.</summary>
    public static MessageBody Word() => new MessageBody.Acknowledgement(new(WireId.New(RandomNumberGenerator.Fill), Digest.Of(RandomNumberGenerator.GetBytes(8))), "xa-prosecutor");

    /// <summary>XA says something in a fresh thread.</summary>
    public Task<SignedMessage> Say() => Xa.Say(Xa.Sign.NewThread(), Word(), "XB");

    /// <summary>Until XA has accepted a receipt for the message.</summary>
    public Task Receipted(SignedMessage message, string receipt = "delivery") => Eventually.True(
        async () => (await Xa.Events(message.Thread.Id)).OfType<ThreadEvent.MessageAccepted>()
            .Any(e => e.Receipt is { } proof && proof.Of == message.Digest.ToString() && proof.Receipt == receipt),
        $"a {receipt} receipt returns");

    /// <summary>Until nothing raw is left at either node.</summary>
    public async Task Quiet()
    {
        foreach (var node in new[] { Xa, Xb })
            await Eventually.True(async () => node.InHand == 0 && await node.Database.Scalar<long>("select count(*) from exchange.inbox_raw") == 0, $"the inbox of {node.Code} is settled");
    }

    public async ValueTask DisposeAsync()
    {
        if (ToXb is not null) await ToXb.DisposeAsync();
        if (ToXa is not null) await ToXa.DisposeAsync();
        await Xa.DisposeAsync();
        await Xb.DisposeAsync();
    }
}
