using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Bundles;

public class BundleSpecs
{
    [Fact]
    public void A_request_with_its_receipt_verifies_under_the_lists_it_brings()
    {
        var bundle = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Request), delivered: true);
        Assert.True(BundleFile.TryRead(bundle.ToJson(), out var read, out _));
        var verdict = Verify(read);
        Assert.Equal(VerdictClass.Valid, verdict.Class);
        Assert.Equal(MessageKind.Request, verdict.Accepted!.Opened.Kind);
        Assert.Equal(CasesOfGoodMessages.Request.Digest, verdict.Accepted.Act!.Digest);
        Assert.Equal(ReceiptKind.Delivery, Assert.IsType<MessageBody.ReceiptOf>(Assert.Single(verdict.Receipts)!.Message.Body).Receipt);
    }

    [Fact]
    public void Acts_that_a_message_rests_on_must_come_along()
    {
        var acceptance = CasesOfGoodMessages.Carry(CasesOfGoodMessages.Acceptance) with { Accepted = [CasesOfGoodMessages.Request, CasesOfGoodMessages.Offer] };
        var whole = Bundle(acceptance) with { Earlier = [CasesOfGoodMessages.Request.Jws, CasesOfGoodMessages.Offer.Jws] };
        Assert.Equal(VerdictClass.Valid, Verify(whole).Class);
        var lacking = Verify(whole with { Earlier = [] });
        Assert.Equal((VerdictClass.Incomplete, "act-not-known"), (lacking.Class, lacking.Failure!.Rule));
        var forged = Verify(whole with { Earlier = [CasesOfGoodMessages.Request.Jws, CasesOfGoodMessages.Offer.Jws[..^4] + "AAAA"] });
        Assert.Equal((VerdictClass.Invalid, "earlier-act"), (forged.Class, forged.Failure!.Rule));
    }

    [Fact]
    public void A_key_that_was_in_other_hands_when_it_signed_makes_it_doubtful()
    {
        var bundle = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Request));
        Assert.Equal(VerdictClass.Doubtful, Verify(bundle, Since(World.Now.AddHours(-1))).Class);
        Assert.Equal([KeyUse.Message], Verify(bundle, Since(World.Now.AddHours(-1))).Doubtful.Select(key => key.Use));
        Assert.Equal(VerdictClass.Valid, Verify(bundle, Since(World.Now.AddHours(1))).Class);

        static World Since(DateTimeOffset since) =>
            new([], [new TrustListRevocation(World.Key("xa/message").Thumbprint, World.Now.AddDays(1), since)]);
    }

    [Fact]
    public void Whatever_is_changed_is_found()
    {
        var bundle = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Request), delivered: true);
        var other = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Withdrawal) with { Accepted = [CasesOfGoodMessages.Request] });
        AssertInvalid(Step.Shape, bundle with { Message = "x" });
        AssertInvalid(Step.Signature, bundle with { Message = bundle.Message[..^4] + "AAAA" });
        AssertInvalid(Step.Content, bundle with { Acts = other.Acts });
        AssertInvalid(Step.LogProof, bundle with { Logged = other.Logged });
        AssertInvalid(Step.LogProof, bundle with { Logged = bundle.Logged with { Index = 2 } });
        AssertInvalid(Step.Clock, bundle with { ReceivedAt = bundle.ReceivedAt.AddMinutes(-2) });
        AssertInvalid(Step.Content, bundle with { Receipts = [bundle.Receipts[0] with { Message = bundle.Message }] });
        AssertInvalid(Step.Content, bundle with { Receipts = [bundle.Receipts[0] with { Logged = bundle.Logged }] });

        static void AssertInvalid(Step step, BundleFile changed)
        {
            var verdict = Verify(changed);
            Assert.Equal((VerdictClass.Invalid, step), (verdict.Class, verdict.Failure!.Step));
        }
    }

    [Fact]
    public void A_receipt_for_another_message_is_none_for_this_one()
    {
        var bundle = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Request), delivered: true);
        var ping = Bundle(Draft.Ping);
        Assert.Equal(VerdictClass.Invalid, Verify(ping with { Receipts = bundle.Receipts }).Class);
    }

    [Fact]
    public void Lists_count_only_under_the_pinned_anchors()
    {
        var bundle = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Request));
        Assert.Equal(VerdictClass.Incomplete, Verify(bundle with { Lists = [] }, TrustSnapshot.Build(World.Usual.Anchors, [], World.Now)).Class);
        Assert.Equal(VerdictClass.Incomplete, Verify(bundle with { Lists = [World.Usual.Lists[1]] }).Class);
        Assert.Equal(VerdictClass.Incomplete, Verify(bundle with { Lists = [World.Usual.Lists[0][..^4] + "AAAA", World.Usual.Lists[1]] }).Class);
    }

    [Fact]
    public void A_bundle_too_large_for_an_envelope_is_refused_without_an_exception()
    {
        var bundle = Bundle(CasesOfGoodMessages.Carry(CasesOfGoodMessages.Request)) with { Disclosures = [.. Enumerable.Repeat(new string('A', 16_000), 40)] };
        Assert.Equal(VerdictClass.Invalid, Verify(bundle).Class);
    }

    private static BundleVerdict Verify(BundleFile bundle, World? today = null) =>
        Verify(bundle, (today ?? World.Usual).Trust());

    private static BundleVerdict Verify(BundleFile bundle, TrustSnapshot today) => BundleVerification.Verify(bundle, World.Usual.Anchors, today, _ => []);

    private static BundleFile Bundle(Draft draft, bool delivered = false) => BundleExample.Of(draft, delivered);
}
