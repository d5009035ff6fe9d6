using System.Net;

namespace MlatExchange.Scenarios;

/// <summary>A node that stops in mid-flow takes up where it stopped.</summary>
[Collection(Scenario.Name)]
public class Restart(TwoJurisdictions nodes)
{
    [Fact]
    public async Task A_request_signed_while_the_other_node_is_down_arrives_exactly_once_when_it_is_up_again()
    {
        var file = CaseFile.Load("01");
        await nodes.Xb.Stop();
        string id, thread;
        try
        {
            (id, thread, var signed) = await nodes.AtXa.DraftToSignature(file);
            Assert.Equal("sent", signed.Expect(HttpStatusCode.Accepted).State);
            await Assert.ThrowsAsync<HttpRequestException>(nodes.AtXb.IsReady);
        }
        finally
        {
            await nodes.Xb.Start();
        }
        await nodes.AtXb.Arrived(file.Addressee, thread);
        await nodes.AtXa.Receipted(file, id);

        // Once more, now that it was taken in and answered: nothing is taken in again.
        await nodes.Xb.Stop();
        await nodes.Xb.Start();
        var (_, later, _) = await nodes.AtXa.DraftToSignature(file);
        await nodes.AtXb.Arrived(file.Addressee, later);
        Assert.Single(await nodes.AtXb.Received(file.Addressee, thread));
    }
}
