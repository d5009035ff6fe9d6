using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Requests;

namespace MlatExchange.Specs.Protocol.Messages;

public class KindSpecs
{
    [Fact]
    public void The_kinds_are_those_of_the_specification() => Assert.Equal(
        "request acknowledgement clarification-request clarification validation decision delay-notice withdrawal preservation-request preservation-status "
        + "transfer-offer conditions-accepted key-release receipt use-report-request use-report onward-request onward-decision remedy-notice destruction-order "
        + "destruction-certificate enforcement-notification objection preservation-extension production-follows reconciliation-list incident-notice "
        + "suspension-notice resend-request checkpoint ping enforcement-request",
        string.Join(' ', MessageKind.All));

    [Fact]
    public void The_acts_are_those_of_the_specification() => Assert.Equal(
        "request validation decision transfer-offer offer-amendment conditions-accepted onward-decision remedy-notice withdrawal objection destruction-order destruction-certificate",
        string.Join(' ', ActKind.All));

    [Fact]
    public void A_message_carries_the_act_of_its_own_name_or_none()
    {
        foreach (var kind in MessageKind.All)
            Assert.Same(kind == MessageKind.PreservationRequest ? ActKind.Request : ActKind.Of(kind.Slug), kind.Carries);
    }

    [Fact]
    public void A_record_is_asked_of_what_moves_a_case_or_evidence() => Assert.Equal(
        "request validation decision withdrawal transfer-offer conditions-accepted key-release onward-decision destruction-order destruction-certificate",
        string.Join(' ', MessageKind.All.Where(kind => kind.HasRecord)));

    [Fact]
    public void Under_legal_suspension_only_what_winds_down_is_admitted() => Assert.Equal(
        "withdrawal receipt use-report remedy-notice destruction-certificate incident-notice",
        string.Join(' ', MessageKind.All.Where(kind => kind.UnderLegalSuspension)));

    [Fact]
    public void Types_are_found_exactly_or_not_at_all()
    {
        Assert.Same(MessageKind.KeyRelease, MessageKind.OfTyp("mlat-msg-key-release+jwt"));
        Assert.Null(MessageKind.OfTyp("mlat-act-request+jwt"));
        Assert.Null(MessageKind.OfTyp("MLAT-MSG-PING+JWT"));
        Assert.Null(ActKind.OfTyp("mlat-msg-request+jwt"));
    }

    [Fact]
    public void Every_faulty_member_is_named_with_its_pointer_and_rule()
    {
        var payload = Acts.Json("""
            {"messageType":"ping","schemaVersion":2,"jti":"short","iss":"http://node.xa.example","aud":["https://node.xb.example"],"iat":1.5,"issuedAt":"2026-11-20T09:30:00Z",
            "thread":"AAAAAAAAAAAAAAAAAAAAAA","seq":0,"prev":"sha-256:x","seen":{"seq":1},"a/b~c":1}
            """);
        Assert.Equal(
            [
                ("/schemaVersion", "out-of-range"), ("/jti", "wrong-form"), ("/iss", "wrong-form"), ("/aud", "wrong-type"), ("/iat", "out-of-range"), ("/issuedAt", "wrong-form"),
                ("/seq", "out-of-range"), ("/prev", "wrong-form"), ("/seen/digest", "missing-member"), ("/a~1b~0c", "unknown-member"), ("/acts", "missing-member"),
            ],
            MessageKind.Ping.Payload.Check(payload).Select(fault => (fault.JsonPointer, fault.Rule)));
    }

    [Fact]
    public void What_would_be_refused_is_not_signed()
    {
        var core = new MessageCore("x", "https://node.xa.example", "https://node.xb.example", Acts.Issued, Acts.Id("thread"), 1, null, null);
        var refused = Assert.Throws<ArgumentException>(() => MessagePayload.Write(core, new MessageBody.Ping(), [], null));
        Assert.Contains("/jti wrong-form", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("02")]
    [InlineData("03")]
    [InlineData("04")]
    [InlineData("05")]
    [InlineData("06")]
    [InlineData("07")]
    [InlineData("08")]
    [InlineData("09")]
    public void The_facts_of_every_case_fit_the_shape_that_the_protocol_reads(string number)
    {
        var content = RequestContent.Parse(CaseFile.Load(number).Bytes, "XA");
        Assert.True(content.Sound);
        var facts = Acts.Json(System.Text.Encoding.UTF8.GetString(CanonicalFacts.Bytes(content.Value.Facts)));
        Assert.Empty(RequestFactsShape.Shape.Check(facts));
    }

    [Fact]
    public void The_facts_of_these_specs_are_what_the_rules_read_too() => Assert.Empty(RequestFactsReader.Read(Acts.Json(Acts.Facts)).Faults);
}
