using System.Net;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>An authority that is not competent passes the request on: the other one deals with it, and the sender knows which.</summary>
[Collection(Scenario.Name)]
public class Forwardings(TwoJurisdictions nodes)
{
    [Fact]
    public async Task A_request_that_was_passed_on_is_dealt_with_by_the_other_authority_and_the_sender_knows_which()
    {
        var (file, at) = (CaseFile.Load("01"), nodes.AtXa);
        var (id, thread, _) = await at.DraftToSignature(file);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        var (first, second) = (await nodes.AtXb.Token("first", file.Addressee, "executing-prosecutor", "signer"), await nodes.AtXb.Token("second", "xb-247", "executing-prosecutor", "signer"));
        Assert.Equal(HttpStatusCode.Forbidden, (await nodes.AtXb.Get($"/api/received/{received}", second)).Status);
        Assert.Equal("no-such-authority", (await nodes.AtXb.Post($"/api/received/{received}/forwarding", first, new { authority = "xa-judge", reason = "Not ours." })).Expect(HttpStatusCode.Conflict).Rule);

        (await nodes.AtXb.Post($"/api/received/{received}/forwarding", first, new { authority = "xb-247", reason = "Not ours." })).Expect(HttpStatusCode.Accepted);
        Assert.Equal(HttpStatusCode.Forbidden, (await nodes.AtXb.Get($"/api/received/{received}", first)).Status);
        Assert.Equal("xb-247", (await nodes.AtXb.Get($"/api/received/{received}", second)).Expect(HttpStatusCode.OK).Body.GetProperty("authority").GetString());
        Assert.Equal(received, (await nodes.AtXb.Arrived("xb-247", thread)).GetProperty("id").GetString());
        await Eventually.True(async () => (await at.View(file, id)).GetProperty("executingAuthority").GetString() == "xb-247", "the sender learns which authority deals with it");

        (await nodes.AtXb.Post($"/api/received/{received}/decision", second, new { reason = "The conditions of execution are met." })).Expect(HttpStatusCode.Accepted);
        await Eventually.True(async () => (await at.View(file, id)).GetProperty("decisions").GetArrayLength() > 0, "the other authority's decision returns");
        Assert.Equal("decided-here", (await nodes.AtXb.Post($"/api/received/{received}/forwarding", second, new { authority = file.Addressee, reason = "Back." })).Expect(HttpStatusCode.Conflict).Rule);
        Assert.DoesNotContain("Not ours.", (await at.View(file, id)).ToString(), StringComparison.Ordinal);
    }
}
