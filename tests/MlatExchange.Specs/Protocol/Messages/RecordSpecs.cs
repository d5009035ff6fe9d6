using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Messages;

public class RecordSpecs
{
    private static Act Request => CasesOfGoodMessages.Request;

    private static Act Offer => CasesOfGoodMessages.Offer;

    [Fact]
    public void The_record_of_a_request_holds_codes_only_in_canonical_form()
    {
        Assert.Equal(
            $$$"""{"articles":["EEV 4(1)","EEV 5(3)"],"authorityRole":"public-prosecutor","conditionTypes":["UseOnlyFor"],"dataCategories":["subscriber"],"instrument":"EEV","issuedAt":"2026-11-20T09:30:00.250Z","kind":"request","packDigest":"{{{Acts.DigestOf("pack")}}}","purpose":"identify-the-user","requesting":"XA","retention":[{"days":365,"disposal":"destroy-and-certify","legalReference":"XA Data Protection (Justice) Act 12","trigger":"final-judgment"}],"subjectCategories":["LED6a","LED6c"],"supplying":"XB"}""",
            Record(MessageKind.Request, Request));
    }

    [Fact]
    public void From_the_offer_on_the_offers_own_terms_and_categories_count()
    {
        var record = Json(MessageKind.ConditionsAccepted, CasesOfGoodMessages.Acceptance, Request, Offer);
        Assert.Equal("XA", record.GetProperty("requesting").GetString());
        Assert.Equal("public-prosecutor", record.GetProperty("authorityRole").GetString());
        Assert.Equal(180, record.GetProperty("retention")[0].GetProperty("days").GetInt32());
        Assert.Equal(["NoOnward", "UseOnlyFor"], record.GetProperty("conditionTypes").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(JsonValueKind.Null, record.GetProperty("packDigest").ValueKind);
    }

    [Fact]
    public void A_key_release_speaks_in_the_role_of_the_authority_that_offered()
    {
        var offer = World.SignAct("xb/central", Acts.Offer(Request.Ref, "jwe a"), issuedAs: "xa/judge");
        var acceptance = World.SignAct("xa/prosecutor", Acts.Acceptance(offer.Ref, CasesOfGoodMessages.Items));
        Assert.Equal("judge-court-or-investigating-judge", Json(MessageKind.KeyRelease, acceptance, Request, offer).GetProperty("authorityRole").GetString());
    }

    [Fact]
    public void A_decision_is_about_the_items_it_names()
    {
        var facts = Acts.Facts.Replace(
            "\"items\":[{", "\"items\":[{\"ref\":\"i2\",\"dataCategory\":\"traffic\",\"measure\":\"produce\",\"identifierType\":\"EMAIL\",\"from\":null,\"to\":null,\"person\":\"p1\",\"options\":[],\"specialCategory\":false,\"holder\":null,\"label\":null},{", StringComparison.Ordinal);
        var request = World.SignAct("xa/prosecutor", Acts.Request(facts: facts).Body);
        var decision = World.SignAct("xb/central", new ActBody.Decision(request.Ref, [new DecidedItem("i2", "refused", "immunity", "EEV 12(1)(a)")]));
        Assert.Equal(["subscriber", "traffic"], Json(MessageKind.Request, request).GetProperty("dataCategories").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(["traffic"], Json(MessageKind.Decision, decision, request).GetProperty("dataCategories").EnumerateArray().Select(code => code.GetString()));
    }

    [Fact]
    public void Without_the_acts_it_rests_on_there_is_no_record()
    {
        Assert.Equal(new Fault("/offer", "act-not-known", "an accepted act"), Fault(MessageKind.ConditionsAccepted, CasesOfGoodMessages.Acceptance, Request));
        Assert.Equal("/request", Fault(MessageKind.ConditionsAccepted, CasesOfGoodMessages.Acceptance, Offer)?.JsonPointer);
        var misnamed = World.SignAct("xb/central", new ActBody.Decision(new ActRef(Acts.Id("x"), Request.Digest), [new DecidedItem("i1", "recognised")]));
        Assert.Equal("act-not-known", Fault(MessageKind.Decision, misnamed, Request)?.Rule);
    }

    [Fact]
    public void An_act_may_rest_only_on_acts_of_the_right_kind()
    {
        var decision = World.SignAct("xb/central", new ActBody.Decision(Offer.Ref, [new DecidedItem("i1", "recognised")]));
        Assert.Equal("act-of-wrong-kind", Fault(MessageKind.Decision, decision, Request, Offer)?.Rule);
    }

    private static string Record(MessageKind kind, Act act, params Act[] accepted)
    {
        Assert.Null(MessageRecord.Write(kind, Acts.Issued, act, accepted.ToDictionary(known => known.Digest), out var record));
        return record;
    }

    private static Fault? Fault(MessageKind kind, Act act, params Act[] accepted) =>
        MessageRecord.Write(kind, Acts.Issued, act, accepted.ToDictionary(known => known.Digest), out _);

    private static JsonElement Json(MessageKind kind, Act act, params Act[] accepted) => Acts.Json(Record(kind, act, accepted));
}
