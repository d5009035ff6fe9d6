using System.Net;

namespace MlatExchange.Scenarios;

/// <summary>Nodes as processes, ended by SIGKILL at the moments that matter.</summary>
[Collection(Breakable.Name)]
public class NodeKilled(BreakablePair nodes)
{
    private readonly CaseFile file = CaseFile.Example();

    [Fact]
    public async Task A_node_killed_between_append_and_publish_sends_once_it_runs_again_and_there_is_one_effect()
    {
        var id = await nodes.AtXa.DraftToApproval(file);
        var before = await NodeClient.ReceivedCount(nodes.Xb);
        await nodes.Power.Kill(); // so nothing can be published
        Assert.Equal("sent", (await nodes.AtXa.Sign(file, id)).Expect(HttpStatusCode.Accepted).State);
        await Eventually.True(
            async () => await nodes.Xa.Count("select count(*) from ledger.entries join es.mt_events using (seq_id) where type = 'thread.message-signed.v1' and data->>'kind' = 'request' and data->>'case' = $1", $"request-{id}") == 1,
            "the message is in the log");
        nodes.Xa.Kill();
        await nodes.Power.StartAgain();
        Assert.Equal(0u, await nodes.Waiting("xa", "mlat.outgoing.xb"));
        Assert.Equal(before, await NodeClient.ReceivedCount(nodes.Xb));

        await nodes.Xa.StartProcess();
        await nodes.AtXa.Receipted(file, id);
        await Reconciled.Pair(nodes.Xa, nodes.Xb);
        Assert.Equal(before + 1, await NodeClient.ReceivedCount(nodes.Xb));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_killed_between_taking_a_message_and_acknowledging_it_takes_it_in_once(bool stored)
    {
        var id = await nodes.AtXa.DraftToApproval(file);
        var before = await NodeClient.ReceivedCount(nodes.Xb);
        var accepted = await nodes.Xb.Count("select count(*) from es.mt_events where type = 'thread.message-accepted.v1' and data->>'kind' = 'request'");
        await using (var held = await HeldInbox.Of(nodes.Xb))
        {
            Assert.Equal("sent", (await nodes.AtXa.Sign(file, id)).Expect(HttpStatusCode.Accepted).State);
            await held.InHand();
            nodes.Xb.Kill();
            // The server goes on with the statement of a client that died, unless it is ended: both happen.
            if (!stored) await held.Cut();
        }
        // The order and the notification of the enforcing authority that goes with it.
        var sent = await nodes.Xa.Count("select count(*) from es.mt_events where type = 'thread.message-signed.v1' and data->>'case' = $1", $"request-{id}");
        await Eventually.True(async () => await nodes.Waiting("xb", "mlat.incoming.xa") == sent, "the broker has it back");
        const string Durable = "select (select count(*) from exchange.inbox_raw) + (select count(*) from es.mt_events where type = 'thread.message-accepted.v1' and data->>'kind' = 'request')";
        await Eventually.True(async () => await nodes.Xb.Count(Durable) > accepted == stored, stored ? "it is durable all the same" : "it is not durable");

        await nodes.Xb.StartProcess();
        await nodes.AtXa.Receipted(file, id);
        await Reconciled.Pair(nodes.Xa, nodes.Xb);
        Assert.Equal(before + 1, await NodeClient.ReceivedCount(nodes.Xb));
        Assert.Equal(0u, await nodes.Waiting("xb", "mlat.incoming.xa"));
    }

    [Fact]
    public async Task Both_nodes_killed_under_load_lose_nothing_and_do_nothing_twice()
    {
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => nodes.AtXa.DraftToApproval(file)))];
        var before = await NodeClient.ReceivedCount(nodes.Xb);
        var signing = Task.WhenAll(ids.Chunk(4).Select(SignAll));
        foreach (var (node, at) in (IEnumerable<(Jurisdiction, int)>)[(nodes.Xa, 3), (nodes.Xb, 8), (nodes.Xa, 14)])
        {
            await Eventually.True(async () => await NodeClient.ReceivedCount(nodes.Xb) >= before + at, $"{at} requests arrive");
            node.Kill();
            await node.StartProcess();
        }
        await signing;

        foreach (var id in ids) await nodes.AtXa.Receipted(file, id);
        await Reconciled.Pair(nodes.Xa, nodes.Xb);
        Assert.Equal(before + ids.Length, await NodeClient.ReceivedCount(nodes.Xb));
        Assert.Equal(ids.Length, await nodes.Xa.Count("select count(distinct stream_id) from es.mt_events where type = 'request.sent.v1' and stream_id = any($1)", (object)ids.Select(id => $"request-{id}").ToArray()));
    }

    /// <summary>An official whose node is away repeats the call until it is answered.</summary>
    private async Task SignAll(string[] ids)
    {
        foreach (var id in ids)
            await Eventually.True(
                async () =>
                {
                    try
                    {
                        Assert.Equal("sent", (await nodes.AtXa.Sign(file, id)).Expect(HttpStatusCode.Accepted).State);
                        return true;
                    }
                    catch (HttpRequestException)
                    {
                        return false;
                    }
                },
                "a signature is answered");
    }
}
