using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

/// <summary>Every word of the executing side, in every state of a request.</summary>
public class WordsArriveSpecs : RequestSpec
{
    private static readonly RequestFacts Preserving = Assessments.Facts with { Items = [.. Assessments.Facts.Items.Select(item => item with { Measure = "preserve" })] };

    private static readonly ItemDecision Decided = new("i1", ItemOutcome.Recognised, null, null, []);

    private static readonly RequestEvent Drawn = new RequestEvent.Drafted(Preserving, Thread, Cast.Drafter, Cast.Hour(0));

    [Fact]
    public void Each_word_comes_to_what_the_page_says_in_every_state_and_to_nothing_more_when_it_comes_again() =>
        new ArrivalTable<AssistanceRequest, RequestEvent>(AssistanceRequest.Initial, AssistanceRequest.Evolve).Holds(
            "arrivals-requesting.md",
            "What arrives at the requesting side",
            """
            Made by the specs, from the decisions themselves. A word takes its place in the thread whatever it comes to; a slug is the rule for which its effect is refused (the
            answer is a receipt of non-delivery), "kept" changes nothing. The same word again changes nothing in any state.
            """,
            [
                ("unknown", []),
                ("draft", [Drawn]),
                ("awaiting validation", [Drawn, .. ToAwaitingValidation[1..]]),
                ("given up", [Drawn, .. ToApproval[1..], GivenUp]),
                ("validation refused", [Drawn, .. ToAwaitingValidation[1..], Refused]),
                ("sent", [Drawn, .. ToSending[1..]]),
                ("decided", [Drawn, .. ToSending[1..], new RequestEvent.DecisionReceived(Cast.Digest("before"), [Decided], Cast.Hour(5))]),
                ("withdrawn", [Drawn, .. ToSending[1..], Withdrawn]),
                ("closed", [Drawn, .. ToSending[1..], Withdrawn, Closed]),
            ],
            [
                ("`receipt`", new RecordReceipt(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(7)).Decide),
                ("`acknowledgement`", new RecordAcknowledgement(Cast.Digest("acknowledgement"), "xb-central", Cast.Hour(7)).Decide),
                ("`acknowledgement` that names another authority", new RecordAcknowledgement(Cast.Digest("forwarded"), "xb-247", Cast.Hour(7)).Decide),
                ("`clarification-request`", new RecordClarificationRequest(Cast.Digest("question"), ["i1"], Cast.Hour(7)).Decide),
                ("`delay-notice`", new RecordDelay(Cast.Digest("delay"), "volume", Cast.Hour(400), Cast.Hour(7)).Decide),
                ("`decision`", new RecordDecision(Cast.Digest("decision"), [Decided], Cast.Hour(7)).Decide),
                ("`decision` on an item not asked for", new RecordDecision(Cast.Digest("decision"), [Decided with { Ref = "i9" }], Cast.Hour(7)).Decide),
                ("`objection`", new RecordObjection(Cast.Digest("objection"), ActDigest, "immunity-or-privilege", "EEV 12(1)(a)", Cast.Hour(7)).Decide),
                ("`objection` to another act", new RecordObjection(Cast.Digest("objection"), Cast.Digest("other"), "immunity-or-privilege", null, Cast.Hour(7)).Decide),
                ("`preservation-status`", new RecordPreservationStatus(Cast.Digest("status"), [new("i1", PreservationStatus.Preserved, Cast.Hour(1400))], Cast.Hour(7)).Decide),
                ("`transfer-offer`", new RecordOffer("transfer-1", Cast.Hour(7)).Decide),
            ]);
}
