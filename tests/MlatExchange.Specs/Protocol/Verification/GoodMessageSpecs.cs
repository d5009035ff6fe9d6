using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

public class GoodMessageSpecs
{
    [Fact]
    public void A_sealed_and_logged_request_is_accepted_with_its_trust_chain()
    {
        var (body, disclosures) = Acts.Request();
        var act = World.SignAct("xa/prosecutor", body);
        var accepted = Assert.IsType<Verdict.Accepted>(Run.On(new Draft(new MessageBody.Carrier(MessageKind.Request)) { Act = act, Disclosed = disclosures }.Seal()));

        Assert.True(accepted.TakesPlace);
        Assert.Equal(ReceiptKind.Delivery, accepted.Answer);
        Assert.Equal(act.Digest, accepted.Act!.Digest);
        Assert.Equal([KeyUse.Message, KeyUse.Act, KeyUse.Log], accepted.Trust.Keys.Select(key => key.Use));
        Assert.Equal(Custody.Node, accepted.Trust.Keys[1].Custody);
        Assert.Equal("someone@example.invalid", accepted.ActDisclosures.Single(value => value is { JsonPointer: "/selectors", Name: "i1" }).Value.GetProperty("identifier").GetString());
    }

    [Fact]
    public void A_ping_is_accepted_and_never_answered()
    {
        var accepted = Assert.IsType<Verdict.Accepted>(Run.On(Draft.Ping.Seal()));
        Assert.Null(accepted.Answer);
        Assert.Empty(accepted.Flags);
    }
}
