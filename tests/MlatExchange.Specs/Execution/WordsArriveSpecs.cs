using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;

namespace MlatExchange.Specs.Execution;

/// <summary>Every word of the requesting side, in every state of a received request.</summary>
public class WordsArriveSpecs : ExecutionSpec
{
    private static readonly PreservationTime Time = new(Cast.Hour(1400), Cast.Hour(2100), 30);

    private static readonly ExecutionEvent.Received Came = Urgent with { Facts = Assessments.Facts with { Items = [.. Assessments.Facts.Items.Select(item => item with { Measure = "preserve" })] } };

    private static readonly ExecutionEvent.Received CameToBeValidated = Came with { Validation = ValidationMode.Before };

    private static ExecutionEvent Asked => new ExecutionEvent.ClarificationAsked([], Cast.Prosecutor, Cast.Hour(7));

    private static ExecutionEvent Preserved => new ExecutionEvent.PreservationReported([new("i1", PreservationStatus.Preserved, Cast.Hour(1400))], Cast.Prosecutor, Cast.Hour(9));

    private static ExecutionEvent Expired => new ExecutionEvent.PreservationEnded(PreservationStatus.Expired, ["i1"], Cast.Hour(10));

    [Fact]
    public void Each_word_comes_to_what_the_page_says_in_every_state_and_to_nothing_more_when_it_comes_again() =>
        new ArrivalTable<ReceivedRequest, ExecutionEvent>(ReceivedRequest.Initial, ReceivedRequest.Evolve).Holds(
            "arrivals-requested.md",
            "What arrives at the requested side",
            """
            Made by the specs, from the decisions themselves, for an emergency that asks for preservation. A word takes its place in the thread whatever it comes to; a slug is the
            rule for which its effect is refused (the answer is a receipt of non-delivery), "kept" changes nothing. "Preservation denied" is a no in law, recorded with its ground and
            answered by how the items stand. The same word again changes nothing in any state.
            """,
            [
                ("unknown", []),
                ("held", [CameToBeValidated]),
                ("received", [Came]),
                ("question open", [Came, Asked]),
                ("decided", [Came, Assessed(Assessments.Pass), Decided(First)]),
                ("preserved", [Came, Assessed(Assessments.Pass), Decided(First), Preserved]),
                ("expired", [Came, Assessed(Assessments.Pass), Decided(First), Preserved, Expired]),
                ("completed", [Came, Assessed(Assessments.Pass), Decided(First), Started, Completed]),
                ("withdrawn", [Came, Withdrawn]),
                ("closed", [Came, Withdrawn, new ExecutionEvent.Closed(Cast.Prosecutor, Cast.Hour(12))]),
            ],
            [
                ("`request`", new ReceiveRequest(Came).Decide),
                ("another `request` in the same thread", new ReceiveRequest(Came with { ActDigest = Cast.Digest("other") }).Decide),
                ("`validation`, granted", new ReceiveValidation(ValidationOutcome.Granted, Cast.Digest("validation"), ActDigest, Cast.Hour(11)).Decide),
                ("`validation`, refused", new ReceiveValidation(ValidationOutcome.Refused, Cast.Digest("validation"), ActDigest, Cast.Hour(11)).Decide),
                ("`validation` of another act", new ReceiveValidation(ValidationOutcome.Granted, Cast.Digest("validation"), Cast.Digest("other"), Cast.Hour(11)).Decide),
                ("`enforcement-notification`", new ReceiveNotification(Cast.Digest("notification"), "xb-central", true, ["i1"], Cast.Hour(11)).Decide),
                ("`enforcement-notification` of an authority not of this jurisdiction", new ReceiveNotification(Cast.Digest("notification"), "xc-central", false, ["i1"], Cast.Hour(11)).Decide),
                ("`enforcement-request`", new ReceiveEnforcementRequest(Cast.Digest("enforcement"), ["i1"], Cast.Hour(11)).Decide),
                ("`clarification`", new ReceiveClarification(Cast.Digest("answer"), Cast.Hour(11)).Decide),
                ("`preservation-extension`", new ReceiveExtension(Cast.Digest("extension"), ["i1"], 30, Time, Cast.Hour(11)).Decide),
                ("`preservation-extension` after its time", new ReceiveExtension(Cast.Digest("extension"), ["i1"], 30, Time, Cast.Hour(1500)).Decide),
                ("`production-follows`", new ReceiveProductionFollows(Cast.Digest("production-follows"), Cast.Digest("production"), ["i1"], Time, Cast.Hour(11)).Decide),
                ("`production-follows` after its time", new ReceiveProductionFollows(Cast.Digest("production-follows"), null, ["i1"], Time, Cast.Hour(1500)).Decide),
                ("`withdrawal`", new ReceiveWithdrawal(Cast.Digest("withdrawal"), ActDigest, "no-longer-needed", Cast.Hour(11)).Decide),
                ("`withdrawal` of another act", new ReceiveWithdrawal(Cast.Digest("withdrawal"), Cast.Digest("other"), "no-longer-needed", Cast.Hour(11)).Decide),
            ]);
}
