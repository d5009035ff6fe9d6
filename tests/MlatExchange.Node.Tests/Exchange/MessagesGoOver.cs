using MlatExchange.Domain.Threads;
using MlatExchange.Node.Exchange;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Tests.Exchange;

public sealed class MessagesGoOver
{
    [Fact]
    public async Task A_message_goes_over_and_its_delivery_receipt_returns()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);

        var at = await nodes.Xb.Events(said.Thread.Id);
        Assert.Collection(
            at,
            e => Assert.Equal(said.Digest.ToString(), Assert.IsType<ThreadEvent.MessageAccepted>(e).Digest),
            e => Assert.Equal("receipt", Assert.IsType<ThreadEvent.MessageSigned>(e).Kind));
        await nodes.Quiet();
        Assert.Equal(0L, await nodes.Xa.Database.Scalar<long>("select count(*) from exchange.quarantine"));
        Assert.Single(nodes.ToXa.Seen); // a receipt is not receipted
    }

    [Fact]
    public async Task Both_sides_compute_the_same_transcript()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);
        var (a, b) = (await nodes.Xa.History(said.Thread.Id), await nodes.Xb.History(said.Thread.Id));
        Assert.Equal((a.Own, a.Other), (b.Other, b.Own));
    }

    [Fact]
    public async Task Pings_cross_on_the_link_thread_and_are_not_receipted()
    {
        await using var nodes = await TwoNodes.Start();
        var (a, b) = (nodes.Xa.Sign.LinkThreadWith("XB"), nodes.Xb.Sign.LinkThreadWith("XA"));
        Assert.Equal(a, b);
        await nodes.Xa.Say(new(a, ThreadHistory.Empty, 0), new MessageBody.Ping(), "XB");
        await nodes.Xb.Say(new(b, ThreadHistory.Empty, 0), new MessageBody.Ping(), "XA");
        await Eventually.True(async () => (await nodes.Xa.History(a)).Received.Count == 1 && (await nodes.Xb.History(b)).Received.Count == 1, "both arrive");
        Assert.DoesNotContain((await nodes.Xa.Events(a)).Concat(await nodes.Xb.Events(b)), e => e is ThreadEvent.MessageSigned { Kind: "receipt" });
    }

    [Fact]
    public async Task The_effect_of_a_kind_is_written_with_the_acceptance()
    {
        await using var nodes = await TwoNodes.Start(xb => xb.On(MessageKind.Acknowledgement, (received, _) => Task.FromResult<Effect>(
            new Effect.Applied("case-test")
            {
                Case = "received-test",
                Streams = [new("received-test", 0, [new(Guid.CreateVersion7(), "test.noted.v1", "{}"u8.ToArray())])],
                Replies = [new(TwoNodes.Word(), received.Counterpart, "case-test") { Case = "received-test" }],
            })));
        var said = await nodes.Say();
        await Eventually.True(async () => (await nodes.Xb.Store.Load("received-test")).Count == 1, "the effect is there");
        var events = await nodes.Xb.Events(said.Thread.Id);
        Assert.Equal("received-test", Assert.IsType<ThreadEvent.MessageAccepted>(events[0]).Case);
        Assert.Equal("acknowledgement", Assert.IsType<ThreadEvent.MessageSigned>(events[1]).Kind);
        await Eventually.True(async () => (await nodes.Xa.History(said.Thread.Id)).Received.Values.Any(m => m.Kind == "acknowledgement"), "the answer goes back");
    }

    [Fact]
    public async Task What_the_case_does_not_allow_takes_its_place_without_effect_and_is_rejected()
    {
        await using var nodes = await TwoNodes.Start(xb => xb.On(MessageKind.Acknowledgement, (_, _) => Task.FromResult<Effect>(new Effect.Refused("no-such-case"))));
        var said = await nodes.Say();
        await nodes.Receipted(said, "non-delivery");
        var refused = Assert.IsType<ThreadEvent.MessageRefused>((await nodes.Xb.Events(said.Thread.Id))[0]);
        Assert.Equal(("no-such-case", 15, true), (refused.Rule, refused.Step, refused.TakesPlace));
        Assert.Equal(said.Core.Seq, (await nodes.Xb.History(said.Thread.Id)).Other!.Seq);
    }

    [Fact]
    public async Task Texts_lie_sealed_in_the_vault_and_nowhere_else()
    {
        await using var nodes = await TwoNodes.Start();
        var said = await nodes.Say();
        await nodes.Receipted(said);
        foreach (var node in new[] { nodes.Xa, nodes.Xb })
        {
            var entry = (await node.Events(said.Thread.Id)).Count;
            Assert.True(entry >= 2);
            Assert.Equal(0L, await node.Database.Scalar<long>("select count(*) from es.mt_events where data::text like '%eyJ%' or headers::text like '%eyJ%'"));
        }

        var accepted = (await nodes.Xb.History(said.Thread.Id)).Received[1];
        var stored = StoredMessage.Read((await nodes.Xb.Vault.Open(StoredMessage.Reference(accepted.EventId)))!);
        Assert.Equal(said.Digest, Protocol.Jose.CompactJws.DigestOf(stored.Message));
        Assert.Equal("accepted", stored.Verdict!.Value.GetProperty("verdict").GetString());
    }
}
