using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Requests;

/// <summary>The enforcing authority is notified with the order where the assessment says so, and what it may then do has its own time.</summary>
public class EnforcementSpecs : RequestSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    private static readonly RequestFacts Content = Assessments.Facts with { Items = [Assessments.Facts.Items[0], Assessments.Facts.Items[1] with { DataCategory = "content" }] };

    private static readonly AssessmentResult Notify = Assessments.Pass with { NotifyEnforcingAuthority = true, Deadline = new("EEV 10(2)", Days: 10) };

    private static readonly SignRequest Sign = new(Cast.Digest("payload"), ActDigest, "act-key", Cast.Signer, Cast.Hour(4));

    private static RequestEvent Notified => new RequestEvent.EnforcementNotified("xb-central", ["i2"], Cast.Hour(4));

    private static RequestEvent Delivered => new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));

    private static RequestEvent[] ToApproving(RequestFacts facts, AssessmentResult result, FixedAct? act = null) =>
        [new RequestEvent.Drafted(facts, Thread, Cast.Drafter, Cast.Hour(0)), Assessed(result), Approved(act ?? Act)];

    [Fact]
    public void The_notification_leaves_with_the_order_and_names_the_traffic_and_content_items() =>
        Given(ToApproving(Content, Notify)).When(Sign.Decide).Then(Signed, Sent, Notified);

    [Fact]
    public void It_leaves_with_an_order_that_was_validated_before() =>
        Given([.. ToApproving(Content, Notify, ActBefore), Signed])
            .When(new RecordValidation(ValidationOutcome.Granted, Cast.Digest("validation"), ActDigest, Assessments.Pass, Cast.Judge, Cast.Hour(5)).Decide)
            .Then(Granted, new RequestEvent.Sent(Cast.Hour(5)), new RequestEvent.EnforcementNotified("xb-central", ["i2"], Cast.Hour(5)));

    [Fact]
    public void Nobody_is_notified_where_the_assessment_does_not_say_so_or_nothing_it_speaks_of_is_asked_for()
    {
        Given(ToApproving(Content, Assessments.Pass)).When(Sign.Decide).Then(Signed, Sent);
        Given(ToApproving(Assessments.Facts, Notify)).When(Sign.Decide).Then(Signed, Sent);
        Given(ToApproving(Content with { Items = [Content.Items[1] with { Measure = "preserve" }] }, Notify)).When(Sign.Decide).Then(Signed, Sent);
    }

    [Fact]
    public void Its_time_to_raise_a_ground_runs_from_the_notification_for_ten_days_or_96_hours()
    {
        RequestEvent[] sent = [.. ToApproving(Content, Notify), Signed, Sent, Notified];
        Assert.Null(Term(sent, "eev-grounds").Deadline.Due);
        Assert.Equal((Clocks.At("2026-06-11T21:00Z"), "notification"), (Term([.. sent, Delivered], "eev-grounds").Deadline.Due, Term(sent, "eev-grounds").Deadline.Rule.Starts));
        Assert.Contains("counted from the notification of the enforcing authority", DeadlineSentence.Of(Term([.. sent, Delivered], "eev-grounds"), "en"), StringComparison.Ordinal);

        RequestEvent[] urgent = [.. ToApproving(Content with { Urgency = new("emergency", "life", true) }, Notify), Signed, Sent, Notified, Delivered];
        Assert.Equal(Cast.Hour(5 + 96), Term(urgent, "eev-grounds-emergency").Deadline.Due);
        Assert.DoesNotContain(RequestTerms.Of(AssistanceRequest.Fold([.. ToApproving(Content, Assessments.Pass), Signed, Sent, Delivered]), Tables), term => term.Deadline.Rule.Source.StartsWith("EEV 12", StringComparison.Ordinal));
    }

    [Fact]
    public void A_conflict_with_the_law_of_a_third_country_stops_the_clock_of_production_until_it_is_decided()
    {
        RequestEvent[] sent = [.. ToSending, Delivered];
        RequestEvent raised = new RequestEvent.DecisionReceived(Cast.Digest("conflict"), [new("i1", ItemOutcome.Postponed, ConflictOfLaws.Ground, "EEV 17(1)", [])], Cast.Hour(24));
        RequestEvent settled = new RequestEvent.DecisionReceived(Cast.Digest("settled"), [new("i1", ItemOutcome.Recognised, null, null, [])], Cast.Hour(72));
        var plain = Term(sent, "eev-production").Deadline.Due;
        Assert.Equal(Cast.Hour(24), Term([.. sent, raised], "eev-production").Deadline.StoppedSince);
        Assert.Equal(Cast.Hour(24), Term([.. sent, raised], "eev-third-country-objection").Met);
        var after = Term([.. sent, raised, settled], "eev-production").Deadline;
        Assert.Equal((3, null), (after.DaysNotCounted, after.StoppedSince));
        Assert.True(after.Due > plain);
    }

    [Fact]
    public void When_the_eight_hours_are_over_the_order_stands_and_the_sentence_says_what_the_law_lets_follow()
    {
        RequestEvent[] urgent = [.. ToApproving(Assessments.Facts with { Urgency = new("emergency", "life", true) }, Assessments.Pass with { Deadline = new("EEV 10(4)", Hours: 8) }), Signed, Sent, Delivered];
        var term = Term(urgent, "eev-production-emergency");
        Assert.Equal(Cast.Hour(13), term.Deadline.Due);
        Assert.Equal(DeadlineSentence.Of(term, "en"), DeadlineSentence.Of(term, "en", Cast.Hour(13)));
        Assert.EndsWith(
            "It is over: the order stands and nothing ends by itself: the issuing authority may ask the enforcing authority to enforce it (EEV 16).",
            DeadlineSentence.Of(term, "en", Cast.Hour(13.1)), StringComparison.Ordinal);
        Assert.Contains("Délai expiré : l'injonction reste valable", DeadlineSentence.Of(term, "fr", Cast.Hour(13.1)), StringComparison.Ordinal);
        var fired = RequestTimer.Fire(AssistanceRequest.Fold(urgent), Tables, null, Cast.Signer, Cast.Hour(13.1)).Events;
        Assert.Equal("eev-production-emergency", Assert.IsType<RequestEvent.TermEnded>(Assert.Single(fired)).Term);
    }

    private static readonly DateTimeOffset TooLate = Cast.Hour(400);

    private static RequestEvent Asked => new RequestEvent.EnforcementAsked("xb-central", ["i1", "i2"], Cast.Signer, TooLate);

    [Fact]
    public void Enforcement_is_asked_for_once_and_only_when_the_time_to_produce_is_over()
    {
        var ask = new AskEnforcement(true, Cast.Signer, TooLate);
        RequestEvent[] sent = [.. ToSending, Delivered];
        Given(sent).When(ask.Decide).Then(Asked);
        Given([.. sent, Asked]).When(ask.Decide).Then();
        Given(sent).When((ask with { Unmet = false }).Decide).Then(NotPermitted(RequestRules.NotLate));
        Given(sent).When((ask with { By = Cast.Judge }).Decide).Then(NotPermitted(RequestRules.IssuingAuthorityOnly));
        Given([.. sent, Withdrawn]).When(ask.Decide).Then(NotPermitted(RequestRules.WasWithdrawn));
        Given([new RequestEvent.Drafted(Assessments.Facts with { Instrument = "EIO" }, Thread, Cast.Drafter, Cast.Hour(0)), .. ToSending[1..]]).When(ask.Decide).Then(NotPermitted(RequestRules.EnforcementNotForeseen));
        Given([.. sent, new RequestEvent.DecisionReceived(Cast.Digest("no"), [.. Assessments.Facts.Items.Select(item => new ItemDecision(item.Ref, ItemOutcome.Refused, "other", "EEV 12(1)(c)", []))], Cast.Hour(9))])
            .When(ask.Decide).Then(NotPermitted(RequestRules.NotLate));
        Assert.False(RequestTerms.Unproduced(AssistanceRequest.Fold(sent), Tables, Cast.Hour(200)));
        Assert.True(RequestTerms.Unproduced(AssistanceRequest.Fold(sent), Tables, TooLate));
        Assert.False(RequestTerms.Unproduced(AssistanceRequest.Fold([.. sent, new RequestEvent.OfferReceived("transfer-1", Cast.Hour(50))]), Tables, TooLate));
    }

    [Fact]
    public void Recognition_is_due_in_five_working_days_and_a_question_meanwhile_is_answered_in_five()
    {
        RequestEvent[] asked = [.. ToSending, Delivered, Asked];
        var recognition = Term(asked, "eev-enforcement-recognition");
        Assert.Equal((DeadlineUnit.WorkingDays, 5, null), (recognition.Deadline.Rule.Unit, recognition.Deadline.Amount, recognition.Met));
        Assert.Equal(Cast.Hour(420), Term([.. asked, new RequestEvent.DecisionReceived(Cast.Digest("yes"), [new("i1", ItemOutcome.Recognised, null, null, [])], Cast.Hour(420))], "eev-enforcement-recognition").Met);
        RequestEvent question = new RequestEvent.ClarificationAsked(Cast.Digest("question"), [], Cast.Hour(410));
        Assert.Equal(Cast.Hour(410), Term([.. asked, question], "eev-enforcement-answer").Deadline.Start);
        Assert.DoesNotContain(RequestTerms.Of(AssistanceRequest.Fold([.. asked, question]), Tables), term => term.Deadline.Rule.Id == "eev-clarification");
    }

    private static CaseTerm Term(RequestEvent[] history, string rule) => RequestTerms.Of(AssistanceRequest.Fold(history), Tables).Single(term => term.Deadline.Rule.Id == rule);
}
