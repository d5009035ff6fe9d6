using System.Net;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Tests.Oversight;

public sealed class OversightBodiesSpecs
{
    private static readonly string[] Routes = ["/api/oversight/transfers", "/fhir/AuditEvent", "/fhir/Provenance", "/log/tile/entries/000.p/1"];

    [Fact]
    public async Task A_token_with_the_role_is_not_enough_the_trust_list_must_name_the_body()
    {
        await using var node = await OversightNode.Start();
        foreach (var route in Routes)
        {
            using var listed = await node.Client.SendAsync(node.Ask(route));
            Assert.NotEqual(HttpStatusCode.Forbidden, listed.StatusCode);
            using var invented = await node.Client.SendAsync(As("xa-invented", route));
            Assert.Equal(HttpStatusCode.Forbidden, invented.StatusCode);
            Assert.Contains("not-an-oversight-body", await invented.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        node.Trust.Change("XA", list => list with { Oversight = [new("https://xa-invented.xa.example", "xa-invented")] });
        foreach (var route in Routes)
        {
            using var gone = await node.Client.SendAsync(node.Ask(route));
            Assert.Equal(HttpStatusCode.Forbidden, gone.StatusCode);
        }
        using var now = await node.Client.SendAsync(As("xa-invented", Routes[0]));
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
    }

    private static HttpRequestMessage As(string authority, string route)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.Add("Purpose-Code", "lawfulness-verification");
        request.Headers.Add("Justification", "because");
        return OversightNode.As(request, authority: authority);
    }
}
