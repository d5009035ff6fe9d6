using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Execution;

/// <summary>What is to be preserved at the requested side: confirmed, extended, kept for production, released, expired; and what comes too late for each.</summary>
public class PreservationSpecs : ExecutionSpec
{
    private static readonly DeadlineTables Tables = new(Clocks.Rules, Clocks.Calendars);

    /// <summary>Sixty days, and thirty more where they are asked for.</summary>
    private static readonly PreservationTime Time = new(Cast.Hour(1400), Cast.Hour(2100), 30);

    private static readonly ReportPreservation Report = new([new("i1", true), new("i2", false)], Time, Cast.Prosecutor, Cast.Hour(20));

    private static readonly ReceiveExtension Extend = new(Cast.Digest("extension"), ["i1", "i2"], 30, Time, Cast.Hour(100));

    private static readonly ReceiveProductionFollows Produce = new(Cast.Digest("production-follows"), Cast.Digest("production"), ["i1"], Time, Cast.Hour(100));

    private static readonly ExecutionEvent.Received Asked = Request with { Facts = Assessments.Facts with { Items = [.. Assessments.Facts.Items.Select(item => item with { Measure = "preserve" })] } };

    private static ExecutionEvent[] ToRecognised => [Asked, Assessed(Assessments.Pass with { Deadline = null, Expires = new("EEV 11(1)", Days: 60) }), Decided(First, Second)];

    private static ExecutionEvent[] ToPreserved => [.. ToRecognised, Reported];

    private static ExecutionEvent Reported => new ExecutionEvent.PreservationReported(
        [new("i1", PreservationStatus.Preserved, Cast.Hour(1400)), new("i2", PreservationStatus.NotPossible, null)], Cast.Prosecutor, Cast.Hour(20));

    private static ExecutionEvent Extended => new ExecutionEvent.PreservationExtended(Cast.Digest("extension"), ["i1", "i2"], Cast.Hour(2100), Cast.Hour(100));

    private static ExecutionEvent Announced => new ExecutionEvent.ProductionAnnounced(Cast.Digest("production-follows"), Cast.Digest("production"), ["i1"], Cast.Hour(100));

    private static ExecutionEvent Expired => new ExecutionEvent.PreservationEnded(PreservationStatus.Expired, ["i1"], Cast.Hour(1500));

    private static ExecutionEvent Released => new ExecutionEvent.PreservationEnded(PreservationStatus.Released, ["i1"], Cast.Hour(8));

    [Fact]
    public void What_is_recognised_is_confirmed_with_its_end_and_what_cannot_be_is_said() => Given(ToRecognised).When(Report.Decide).Then(Reported);

    [Fact]
    public void The_same_confirmation_again_changes_nothing() => Given(ToPreserved).When(Report.Decide).Then();

    [Fact]
    public void What_is_not_recognised_is_not_confirmed_but_may_be_said_to_be_impossible()
    {
        Given(ToRecognised[..2]).When(Report.Decide).Then(NotPermitted(ExecutionRules.DecisionFirst));
        Given(ToRecognised[..2]).When((Report with { Items = [new("i2", false)] }).Decide)
            .Then(new ExecutionEvent.PreservationReported([new("i2", PreservationStatus.NotPossible, null)], Cast.Prosecutor, Cast.Hour(20)));
    }

    [Fact]
    public void Only_items_of_the_request_that_are_to_be_preserved_are_confirmed()
    {
        Given(ToRecognised).When((Report with { Items = [new("i9", true)] }).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));
        Given(ToRecognised).When((Report with { Items = [] }).Decide).Then(NotPermitted(ExecutionRules.NothingDecided));
        Given(ToExecution).When(Report.Decide).Then(NotPermitted(ExecutionRules.NotToBePreserved));
    }

    [Fact]
    public void Nothing_is_confirmed_once_it_is_over_withdrawn_or_objected_to()
    {
        Given(ToRecognised).When((Report with { At = Cast.Hour(1400.01) }).Decide).Then(NotPermitted(ExecutionRules.PreservationOver));
        Given([.. ToPreserved, Expired]).When(Report.Decide).Then(NotPermitted(ExecutionRules.PreservationOver));
        Given([.. ToRecognised, Withdrawn]).When(Report.Decide).Then(NotPermitted(ExecutionRules.WasWithdrawn));
        var objected = new ExecutionEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Supplier, Cast.Hour(10));
        Given([.. ToRecognised, objected]).When(Report.Decide).Then(NotPermitted(ExecutionRules.ObjectionStands));
    }

    [Fact]
    public void An_extension_holds_once_also_when_it_overtook_the_confirmation()
    {
        Given(ToPreserved).When(Extend.Decide).Then(Extended);
        Given(ToRecognised).When(Extend.Decide).Then(Extended);
        Given([.. ToPreserved, Extended]).When(Extend.Decide).Then();
        Given([.. ToRecognised, Extended]).When((Report with { Time = Time with { Until = Cast.Hour(2100) } }).Decide).Then(new ExecutionEvent.PreservationReported(
            [new("i1", PreservationStatus.Extended, Cast.Hour(2100)), new("i2", PreservationStatus.NotPossible, null)], Cast.Prosecutor, Cast.Hour(20)));
    }

    [Fact]
    public void A_second_extension_another_length_and_an_instrument_without_one_are_a_legal_no()
    {
        var again = Extend with { MessageDigest = Cast.Digest("again") };
        Given([.. ToPreserved, Extended]).When(again.Decide).Then(Denied("again", PreservationDenial.ExtendedBefore, 100));
        Given(ToPreserved).When((Extend with { Days = 60 }).Decide).Then(Denied("extension", PreservationDenial.OtherLength, 100));
        Given(ToPreserved).When((Extend with { Time = Time with { Days = null } }).Decide).Then(Denied("extension", PreservationDenial.NotForeseen, 100));
        Given(ToPreserved).When((Extend with { Items = ["i2"] }).Decide)
            .Then(new ExecutionEvent.PreservationDenied(Cast.Digest("extension"), PreservationDenial.NotPossible, ["i2"], Cast.Hour(100)));
    }

    [Fact]
    public void An_extension_that_comes_when_the_time_is_over_is_a_legal_no_and_says_first_that_it_was_over()
    {
        var late = Extend with { At = Cast.Hour(1500) };
        Given(ToPreserved).When(late.Decide).Then(Expired, Denied("extension", PreservationDenial.Expired, 1500));
        Given([.. ToPreserved, Expired]).When(late.Decide).Then(Denied("extension", PreservationDenial.Expired, 1500));
        Given([.. ToPreserved, Expired, Denied("extension", PreservationDenial.Expired, 1500)]).When(late.Decide).Then();
        Given([.. ToPreserved, Expired]).When((Extend with { Items = ["i1"] }).Decide)
            .Then(new ExecutionEvent.PreservationDenied(Cast.Digest("extension"), PreservationDenial.Expired, ["i1"], Cast.Hour(100)));
        Given([.. ToPreserved, Released, Withdrawn]).When(Extend.Decide).Then(Denied("extension", PreservationDenial.Released, 100));
    }

    [Fact]
    public void Once_production_follows_the_data_are_kept_and_the_time_is_not_over()
    {
        Given(ToPreserved).When(Produce.Decide).Then(Announced);
        Given([.. ToPreserved, Announced]).When(Produce.Decide).Then();
        Given(ToPreserved).When((Produce with { At = Cast.Hour(1500) }).Decide)
            .Then(Expired, new ExecutionEvent.PreservationDenied(Cast.Digest("production-follows"), PreservationDenial.Expired, ["i1"], Cast.Hour(1500)));
        var term = ReceivedTerms.Of(State([.. ToPreserved, Announced]), Tables).Single();
        Assert.Equal(("eev-preservation", Cast.Hour(100)), (term.Deadline.Rule.Id, term.Met));
        Assert.Empty(ReceivedTimer.Fire(State([.. ToPreserved, Announced]), Tables, Cast.Hour(9000)).Events);
    }

    [Fact]
    public void A_word_about_what_is_not_there_or_not_to_be_preserved_is_refused()
    {
        Given(ToPreserved).When((Extend with { Items = ["i9"] }).Decide).Then(NotPermitted(ExecutionRules.NoSuchItem));
        Given(ToExecution).When(Extend.Decide).Then(NotPermitted(ExecutionRules.NotToBePreserved));
        Given().When(Produce.Decide).Then(NotPermitted(ExecutionRules.NotReceived));
        Given([.. ToPreserved, Released, Withdrawn, new ExecutionEvent.Closed(Cast.Prosecutor, Cast.Hour(12))]).When(Produce.Decide).Then(NotPermitted(ExecutionRules.IsClosed));
    }

    [Fact]
    public void A_withdrawal_releases_what_is_preserved() =>
        Given(ToPreserved).When(new ReceiveWithdrawal(Cast.Digest("withdrawal"), ActDigest, "no-longer-needed", Cast.Hour(8)).Decide).Then(Released, Withdrawn);

    [Fact]
    public void While_data_are_preserved_the_request_stays_open_unless_production_follows()
    {
        var close = new CloseReceived(0, Cast.Prosecutor, Cast.Hour(200));
        Given(ToPreserved).When(close.Decide).Then(NotPermitted(ExecutionRules.PreservationRuns));
        Given([.. ToPreserved, Announced]).When(close.Decide).Then(new ExecutionEvent.Closed(Cast.Prosecutor, Cast.Hour(200)));
        Given([.. ToPreserved, Expired]).When(close.Decide).Then(new ExecutionEvent.Closed(Cast.Prosecutor, Cast.Hour(200)));
    }

    [Fact]
    public void When_the_time_is_over_what_is_preserved_is_let_go_by_itself_and_an_extension_puts_it_off()
    {
        var preserved = State(ToPreserved);
        var due = ReceivedTerms.Preserving(preserved, Tables)!.Until!.Value;
        Assert.Equal(due.AddMilliseconds(1), ReceivedTimer.Next(preserved, Tables));
        Assert.Empty(ReceivedTimer.Fire(preserved, Tables, due).Events);
        var fired = ReceivedTimer.Fire(preserved, Tables, due.AddMilliseconds(1)).Events;
        Assert.Equal(["TermEnded", "PreservationEnded"], fired.Select(e => e.GetType().Name));
        Assert.Equal(["i1"], Assert.IsType<ExecutionEvent.PreservationEnded>(fired[1]).Items);
        Assert.Null(ReceivedTimer.Next(fired.Aggregate((ReceivedRequest)preserved, ReceivedRequest.Evolve), Tables));

        var extended = State([.. ToPreserved, Extended]);
        Assert.Empty(ReceivedTimer.Fire(extended, Tables, due.AddMilliseconds(1)).Events);
        Assert.Equal(ReceivedTerms.Preserving(preserved, Tables)!.Extended, ReceivedTerms.Preserving(extended, Tables)!.Until);
        Assert.Equal(2, ReceivedTimer.Fire(extended, Tables, due.AddDays(40)).Events.Count);
    }

    [Fact]
    public void Where_nothing_can_be_preserved_no_term_runs()
    {
        var impossible = new ExecutionEvent.PreservationReported(
            [new("i1", PreservationStatus.NotPossible, null), new("i2", PreservationStatus.NotPossible, null)], Cast.Prosecutor, Cast.Hour(20));
        Assert.Empty(ReceivedTerms.Of(State([.. ToRecognised, impossible]), Tables));
    }

    private static ExecutionEvent Denied(string message, PreservationDenial ground, double hour) => new ExecutionEvent.PreservationDenied(Cast.Digest(message), ground, ["i1", "i2"], Cast.Hour(hour));

    private static ReceivedRequest.InHand State(ExecutionEvent[] history) => (ReceivedRequest.InHand)ReceivedRequest.Fold(history);
}
