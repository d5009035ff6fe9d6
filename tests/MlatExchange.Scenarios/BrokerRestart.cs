using System.Net;

namespace MlatExchange.Scenarios;

/// <summary>The broker loses its power while both sides are talking.</summary>
[Collection(Breakable.Name)]
public class BrokerRestart(BreakablePair nodes)
{
    [Fact]
    public async Task Whatever_is_in_flight_in_either_direction_when_the_broker_is_killed_is_delivered_exactly_once()
    {
        var file = CaseFile.Example();
        var known = await nodes.AtXb.Undecided(file);
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => nodes.AtXa.DraftToApproval(file)))];
        var before = await NodeClient.ReceivedCount(nodes.Xb);
        await Sign(file, ids[..4]); // arrive and are decided later
        List<string> arrived = [];
        await Eventually.True(async () => (arrived = [.. (await nodes.AtXb.Undecided(file)).Except(known)]).Count == 4, "the first requests arrive");

        await using (var held = await HeldInbox.Of(nodes.Xb))
        {
            await Sign(file, ids[4..8]); // in XB's hand, not acknowledged
            await held.InHand();
            var signing = Sign(file, ids[8..12]); // anywhere between XA and XB
            await nodes.Power.Kill();
            await signing;
            Assert.Equal(before + 4, await NodeClient.ReceivedCount(nodes.Xb));
        }
        await Sign(file, ids[12..]); // wait at XA
        foreach (var id in arrived) (await nodes.AtXb.Decide(file, id)).Expect(HttpStatusCode.Accepted); // wait at XB
        await nodes.Power.StartAgain();

        foreach (var id in ids) await nodes.AtXa.Receipted(file, id);
        await Reconciled.Pair(nodes.Xa, nodes.Xb);
        Assert.Equal(before + 16, await NodeClient.ReceivedCount(nodes.Xb));
        var views = await Task.WhenAll(ids.Select(id => nodes.AtXa.View(file, id)));
        // One for the order, one for the notification of the enforcing authority, none twice.
        Assert.All(views, view =>
        {
            var delivered = view.GetProperty("receipts").EnumerateArray().Where(receipt => receipt.GetProperty("kind").GetString() == "delivery").Select(receipt => receipt.GetProperty("messageDigest").GetString()).ToList();
            Assert.Equal(2, delivered.Count);
            Assert.Equal(2, delivered.Distinct().Count());
        });
        var items = file.Request["items"]!.AsArray().Count;
        Assert.Equal([.. Enumerable.Repeat(items, 4), .. Enumerable.Repeat(0, 12)], views.Select(view => view.GetProperty("decisions").GetArrayLength()));
        foreach (var (code, counterpart) in (IEnumerable<(string, string)>)[("xa", "xb"), ("xb", "xa")])
            foreach (var queue in (string[])[$"mlat.outgoing.{counterpart}", $"mlat.incoming.{counterpart}", $"mlat.incoming.{counterpart}_error"])
                Assert.Equal(0u, await nodes.Waiting(code, queue));
    }

    private async Task Sign(CaseFile file, IEnumerable<string> ids)
    {
        foreach (var answer in await Task.WhenAll(ids.Select(id => nodes.AtXa.Sign(file, id)))) Assert.Equal("sent", answer.Expect(HttpStatusCode.Accepted).State);
    }
}
