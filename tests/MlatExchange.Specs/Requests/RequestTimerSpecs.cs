using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Requests;

/// <summary>What a sent request comes to as time passes, and what ends with it.</summary>
public class RequestTimerSpecs : RequestSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    /// <summary>Sent on Monday 1 June 2026 at 12:00 UTC.</summary>
    private static readonly DateTimeOffset SentAt = Cast.Hour(4);

    private static readonly RequestEvent Delivered = new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));

    private static readonly RequestEvent Objected = new RequestEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Hour(30));

    private static RequestEvent Ended(string term, string source, DateTimeOffset due) => new RequestEvent.TermEnded(term, source, due, due.AddHours(1));

    [Fact]
    public void A_term_that_ran_out_is_recorded_once()
    {
        var end = new EndTerm("eev-production", "EEV 10(3)", Cast.Hour(300), Cast.Hour(301));
        Given(ToSending).When(end.Decide).Then(new RequestEvent.TermEnded("eev-production", "EEV 10(3)", Cast.Hour(300), Cast.Hour(301)));
        Given([.. ToSending, Ended("eev-production", "EEV 10(3)", Cast.Hour(300))]).When(end.Decide).Then();
        Given(ToSending).When((end with { At = Cast.Hour(300) }).Decide).Then(NotPermitted(RequestRules.TermRuns));
        Given([.. ToSending, Withdrawn]).When(end.Decide).Then(NotPermitted(RequestRules.WasWithdrawn));
        Given(ToApproval).When(end.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
    }

    [Fact]
    public void An_objection_is_recorded_once_also_when_it_crossed_a_withdrawal()
    {
        var objection = new RecordObjection(Cast.Digest("objection"), ActDigest, "immunity-or-privilege", "EEV 12(1)(a)", Cast.Hour(30));
        Given(ToSending).When(objection.Decide).Then(Objected);
        Given([.. ToSending, Withdrawn]).When(objection.Decide).Then(Objected);
        Given([.. ToSending, Objected]).When(objection.Decide).Then();
        Given(ToSending).When((objection with { ObjectsTo = Cast.Digest("other") }).Decide).Then(NotPermitted(RequestRules.ObjectionToOtherAct));
        Given([.. ToSending, Withdrawn, Closed]).When(objection.Decide).Then(NotPermitted(RequestRules.IsClosed));
        Given(ToApproval).When(objection.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
    }

    [Fact]
    public void The_terms_of_a_request_start_with_their_events_and_are_met_by_theirs()
    {
        var terms = Terms(ToSending);
        Assert.Equal(["delivery-receipt", "eev-production"], terms.Select(t => t.Deadline.Rule.Id));
        Assert.Equal(SentAt.AddHours(24), terms[0].Deadline.Due);
        Assert.Null(terms[1].Deadline.Due);
        var delivered = Terms([.. ToSending, Delivered]);
        Assert.Equal(Cast.Hour(5), delivered[0].Met);
        Assert.Equal(Clocks.At("2026-06-11T21:00Z"), delivered[1].Deadline.Due);
        var offered = Terms([.. ToSending, Delivered, new RequestEvent.OfferReceived("transfer-1", Cast.Hour(50))]);
        Assert.Equal(Cast.Hour(50), offered[1].Met);
        Assert.Empty(Terms([.. ToSending, Delivered, Withdrawn]));
        Assert.Empty(Terms(ToApproval));
    }

    [Fact]
    public void What_is_due_next_is_the_earliest_unmet_term_and_then_it_is_recorded()
    {
        Assert.Equal(SentAt.AddHours(24).AddMilliseconds(1), RequestTimer.Next(State(ToSending), Tables));
        var delivered = State([.. ToSending, Delivered]);
        Assert.Equal(Clocks.At("2026-06-11T21:00Z").AddMilliseconds(1), RequestTimer.Next(delivered, Tables));
        Assert.Empty(Fire(delivered, Clocks.At("2026-06-11T21:00Z")));
        var late = Clocks.At("2026-06-11T21:01Z");
        var ended = Assert.IsType<RequestEvent.TermEnded>(Assert.Single(Fire(delivered, late)));
        Assert.Equal(("eev-production", "EEV 10(3)", Clocks.At("2026-06-11T21:00Z")), (ended.Term, ended.Source, ended.DueAt));
        var after = AssistanceRequest.Evolve(delivered, ended);
        Assert.Null(RequestTimer.Next(after, Tables));
        Assert.Empty(Fire(after, late.AddYears(1)));
    }

    [Fact]
    public void An_emergency_that_is_not_validated_in_48_hours_is_withdrawn_by_itself_and_says_why_first()
    {
        var request = State([.. ToEmergency, Delivered]);
        Assert.Empty(Fire(request, SentAt.AddHours(48)).OfType<RequestEvent.Withdrawn>());
        Assert.Null(RequestTimer.Withdraws(request, SentAt.AddHours(48)));
        Assert.Equal(WithdrawalGround.ValidationLapsed, RequestTimer.Withdraws(request, SentAt.AddHours(48).AddMilliseconds(1)));
        var events = Fire(request, SentAt.AddHours(48).AddMilliseconds(1));
        var watch = Assert.Single(events.OfType<RequestEvent.TermEnded>(), e => e.Source == "EEV 4(5)");
        Assert.Equal(SentAt.AddHours(48), watch.DueAt);
        var withdrawn = Assert.IsType<RequestEvent.Withdrawn>(events[^1]);
        Assert.Equal((WithdrawalGround.ValidationLapsed, Cast.Digest("withdrawal"), "node"), (withdrawn.Ground, withdrawn.ActDigest, withdrawn.By.Role));
        Assert.Null(RequestTimer.Next(events.Aggregate(request, AssistanceRequest.Evolve), Tables));
    }

    [Fact]
    public void A_refused_validation_withdraws_at_once_and_a_granted_one_never()
    {
        var refused = State([.. ToEmergency, Delivered, Refused]);
        Assert.Equal(Cast.Hour(5), RequestTimer.Next(refused, Tables));
        Assert.Equal(WithdrawalGround.ValidationRefused, Assert.IsType<RequestEvent.Withdrawn>(Assert.Single(Fire(refused, Cast.Hour(5)))).Ground);
        var granted = State([.. ToEmergency, Delivered, Granted]);
        Assert.Null(RequestTimer.Withdraws(granted, SentAt.AddYears(1)));
        Assert.DoesNotContain(Fire(granted, SentAt.AddHours(49)), e => e is RequestEvent.Withdrawn or RequestEvent.TermEnded { Source: "EEV 4(5)" });
    }

    [Fact]
    public void What_came_is_restricted_from_the_instant_at_which_the_validation_is_refused_or_its_time_is_over()
    {
        var waiting = (AssistanceRequest.Dispatched)State([.. ToEmergency, Delivered]);
        Assert.True(HoldingTimer.MayUse(waiting, SentAt.AddHours(48)));
        Assert.False(HoldingTimer.MayUse(waiting, SentAt.AddHours(48).AddMilliseconds(1)));
        Assert.False(HoldingTimer.MayUse((AssistanceRequest.Dispatched)State([.. ToEmergency, Refused]), Cast.Hour(5)));
        Assert.True(HoldingTimer.MayUse((AssistanceRequest.Dispatched)State([.. ToEmergency, Granted]), SentAt.AddYears(1)));
    }

    [Fact]
    public void Without_the_authority_s_key_the_terms_are_recorded_and_the_withdrawal_waits()
    {
        var request = State([.. ToEmergency, Delivered]);
        var events = RequestTimer.Fire(request, Tables, null, Cast.Node, SentAt.AddHours(49)).Events;
        Assert.Contains(events, e => e is RequestEvent.TermEnded { Source: "EEV 4(5)" });
        Assert.DoesNotContain(events, e => e is RequestEvent.Withdrawn);
        Assert.NotNull(RequestTimer.Next(events.Aggregate(request, AssistanceRequest.Evolve), Tables));
    }

    [Fact]
    public void The_table_has_every_term_that_code_names()
    {
        foreach (var id in new[] { "delivery-receipt", "eio-acknowledgement", "eev-grounds", "eev-grounds-emergency" })
            Assert.Equal(id, Clocks.Rules[id].Id);
    }

    private static IReadOnlyList<CaseTerm> Terms(RequestEvent[] history) => RequestTerms.Of(State(history), Tables);

    private static AssistanceRequest State(RequestEvent[] history) => AssistanceRequest.Fold(history);

    private static IReadOnlyList<RequestEvent> Fire(AssistanceRequest request, DateTimeOffset now) =>
        RequestTimer.Fire(request, Tables, Cast.Digest("withdrawal"), Cast.Node, now).Events;
}
