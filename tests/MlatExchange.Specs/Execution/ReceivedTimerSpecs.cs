using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Execution;

/// <summary>What a received request comes to as time passes, what an offer meets, and until when an objection can be raised.</summary>
public class ReceivedTimerSpecs : ExecutionSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    private static readonly ExecutionEvent Offer = new ExecutionEvent.OfferMade("transfer-1", Cast.Hour(20));

    private static readonly ExecutionEvent Objected = new ExecutionEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Supplier, Cast.Hour(30));

    private static readonly ObjectToRequest Objection = new(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", true, Cast.Hour(101), Cast.Supplier, Cast.Hour(30));

    [Fact]
    public void A_term_that_ran_out_is_recorded_once()
    {
        var end = new EndTerm("eev-production", "EEV 10(3)", Cast.Hour(300), Cast.Hour(301));
        var ended = new ExecutionEvent.TermEnded("eev-production", "EEV 10(3)", Cast.Hour(300), Cast.Hour(301));
        Given(ToDecision).When(end.Decide).Then(ended);
        Given([.. ToDecision, ended]).When(end.Decide).Then();
        Given(ToDecision).When((end with { At = Cast.Hour(300) }).Decide).Then(NotPermitted(ExecutionRules.TermRuns));
        Given([.. ToDecision, Withdrawn]).When(end.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
        Given([.. ToExecution, Completed]).When(end.Decide).Then(NotPermitted(ExecutionRules.IsCompleted));
    }

    [Fact]
    public void An_offer_is_recorded_once_for_each_transfer()
    {
        var offer = new NoteOffer("transfer-1", Cast.Hour(20));
        Given(ToExecution).When(offer.Decide).Then(Offer);
        Given([.. ToExecution, Offer]).When(offer.Decide).Then();
        Given([.. ToExecution, Withdrawn]).When(offer.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
        Given([.. ToExecution, Objected]).When(offer.Decide).Then(NotPermitted(ExecutionRules.ObjectionStands));
        Given().When(offer.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
    }

    [Fact]
    public void An_objection_needs_ground_and_citation_and_its_time()
    {
        Given(ToExecution).When(Objection.Decide).Then(Objected);
        Given([.. ToExecution, Objected]).When(Objection.Decide).Then();
        Given(ToExecution).When((Objection with { At = Cast.Hour(101) }).Decide).Then(new ExecutionEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Supplier, Cast.Hour(101)));
        Given(ToExecution).When((Objection with { At = Cast.Hour(101.001) }).Decide).Then(NotPermitted(ExecutionRules.ObjectionTooLate));
        Given(ToExecution).When((Objection with { Foreseen = false, Until = null }).Decide).Then(NotPermitted(ExecutionRules.ObjectionNotForeseen));
        Given(ToExecution).When((Objection with { Citation = null }).Decide).Then(NotPermitted(ExecutionRules.GroundFirst));
        Given([.. ToExecution, Withdrawn]).When(Objection.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
    }

    [Fact]
    public void After_an_objection_the_request_can_only_be_refused()
    {
        Given([.. ToDecision, Objected]).When(new DecideExecution(Cast.Digest("decision"), [First], Cast.Prosecutor, Cast.Hour(31)).Decide).Then(NotPermitted(ExecutionRules.ObjectionStands));
        var refused = new ItemDecision("i1", ItemOutcome.Refused, "immunity-or-privilege", "EEV 12(1)(a)", []);
        Given([.. ToDecision, Objected]).When(new DecideExecution(Cast.Digest("decision"), [refused], Cast.Prosecutor, Cast.Hour(31)).Decide)
            .Then(new ExecutionEvent.Decided(Cast.Digest("decision"), [refused], Cast.Prosecutor, Cast.Hour(31)));
    }

    [Fact]
    public void Production_is_late_when_nothing_was_offered_and_never_after()
    {
        var due = Clocks.At("2026-06-11T21:00Z");
        var waiting = ReceivedRequest.Fold(ToExecution);
        Assert.Equal(due.AddMilliseconds(1), ReceivedTimer.Next(waiting, Tables));
        var ended = Assert.IsType<ExecutionEvent.TermEnded>(Assert.Single(ReceivedTimer.Fire(waiting, Tables, due.AddHours(1)).Events));
        Assert.Equal(("eev-production", due), (ended.Term, ended.DueAt));
        Assert.Null(ReceivedTimer.Next(ReceivedRequest.Evolve(waiting, ended), Tables));
        Assert.Null(ReceivedTimer.Next(ReceivedRequest.Fold([.. ToExecution, Offer]), Tables));
        var refusals = Decided(First with { Outcome = ItemOutcome.Refused, Ground = "ne-bis-in-idem", Citation = "EEV 12(1)(c)" }, SecondRefused);
        Assert.Null(ReceivedTimer.Next(ReceivedRequest.Fold([.. ToDecision, refusals]), Tables));
        Assert.Null(ReceivedTimer.Next(ReceivedRequest.Fold([.. ToDecision, Withdrawn]), Tables));
    }

    [Fact]
    public void An_emergency_may_be_objected_to_for_96_hours()
    {
        var urgent = ReceivedRequest.Fold([Urgent with { Facts = Urgent.Facts with { Urgency = new("emergency", "imminent-threat-to-life", true) } }, Assessed(Assessments.Pass)]);
        var term = ReceivedTerms.Of(urgent, Tables).Single(t => t.Deadline.Rule.Id == "eev-grounds-emergency");
        Assert.Equal(Cast.Hour(5 + 96), term.Deadline.Due);
    }
}
