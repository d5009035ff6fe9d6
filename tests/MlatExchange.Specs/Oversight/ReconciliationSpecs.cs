using System.Globalization;
using MlatExchange.Domain.Oversight;

namespace MlatExchange.Specs.Oversight;

public sealed class ReconciliationSpecs() : Spec<Reconciliation, ReconciliationEvent>(Reconciliation.Initial, Reconciliation.Evolve)
{
    private static readonly DateTimeOffset Day = Cast.Hour(0), Next = Cast.Hour(24);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly Guid TheirList = new("01977f00-0000-7000-8000-00000000e001");
    private static readonly RecordComparison Nothing = new(3, [], []);

    private static ListRecords List(ReconciliationOccasion occasion, int hour) => new("XB", Day, Next, 1, 3, occasion, Cast.Hour(hour));

    private static ReconciliationEvent Listed(ReconciliationOccasion occasion, int hour) => new ReconciliationEvent.RecordsListed("XB", Day, Next, 1, 3, occasion, Cast.Hour(hour));

    private static CompareRecords Compare(Guid? list, int hour) => new("XB", Day, Next, list, Nothing, Cast.Digest("report"), Cast.Hour(hour));

    private static ReconciliationEvent Compared(Guid? list, int hour) => new ReconciliationEvent.RecordsCompared("XB", Day, Next, list, 3, 0, 0, 0, 0, 0, Cast.Digest("report"), Cast.Hour(hour));

    [Fact]
    public void A_period_that_ended_is_listed() => Given().When(List(ReconciliationOccasion.Period, 25).Decide).Then(Listed(ReconciliationOccasion.Period, 25));

    [Fact]
    public void A_period_is_listed_once_in_its_turn() => Given(Listed(ReconciliationOccasion.Period, 25)).When(List(ReconciliationOccasion.Period, 40).Decide).Then();

    [Fact]
    public void A_list_is_answered_unless_the_same_was_said_just_now() => Given(Listed(ReconciliationOccasion.Demand, 25)).When(List(ReconciliationOccasion.Answer, 26).Decide).Then();

    [Fact]
    public void A_list_is_answered_again_later() =>
        Given(Listed(ReconciliationOccasion.Demand, 25)).When(List(ReconciliationOccasion.Answer, 27).Decide).Then(Listed(ReconciliationOccasion.Answer, 27));

    [Fact]
    public void An_operator_may_ask_again_at_once() => Given(Listed(ReconciliationOccasion.Demand, 25)).When(List(ReconciliationOccasion.Demand, 25).Decide).Then(Listed(ReconciliationOccasion.Demand, 25));

    [Fact]
    public void A_flood_of_lists_is_not_answered_without_end() =>
        Given([.. Enumerable.Range(0, Reconciliation.MostAnswers).Select(n => new ReconciliationEvent.RecordsListed("XB", Day, Day.AddMinutes(n + 1), 1, 0, ReconciliationOccasion.Answer, Cast.Hour(25)))])
            .When(List(ReconciliationOccasion.Answer, 25).Decide).Then();

    [Fact]
    public void A_list_of_the_other_side_is_compared_and_the_report_recorded() => Given().When(Compare(TheirList, 25).Decide).Then(Compared(TheirList, 25));

    [Fact]
    public void A_list_is_compared_once() => Given(Compared(TheirList, 25)).When(Compare(TheirList, 26).Decide).Then();

    [Fact]
    public void A_period_is_reported_though_its_lists_were_compared() => Given(Compared(TheirList, 25)).When(Compare(null, 26).Decide).Then(Compared(null, 26));

    [Fact]
    public void A_period_is_reported_once() => Given(Compared(null, 26)).When(Compare(null, 27).Decide).Then();

    [Fact]
    public void What_both_sides_say_alike_matches()
    {
        var found = Found([Own(true, 1, 2), Own(false, 1, 3)], [Theirs(26, (true, 1, "r1"), (false, 1, "r1"))]);
        Assert.Equal((2, 0, 0), (found.Matched, found.Differences.Count, found.Uncovered.Count));
    }

    [Fact]
    public void What_is_withheld_changed_or_invented_is_named_with_its_place()
    {
        var found = Found([Own(true, 1, 2), Own(true, 2, 3), Own(false, 1, 4)], [Theirs(26, (true, 2, "changed"), (true, 9, "r9"), (false, 7, "r7"))]);
        Assert.Equal(0, found.Matched);
        Assert.Equal(
            ["OnlyHere True 1 r1 -", "Differing True 2 r2 changed", "OnlyHere False 1 r1 -", "OnlyThere True 9 - r9", "OnlyThere False 7 - r7"],
            found.Differences.Select(d => $"{d.Kind} {d.Place.Ours} {d.Place.Seq} {d.Here ?? "-"} {d.There ?? "-"}"));
    }

    [Fact]
    public void What_may_still_have_been_on_its_way_is_late_and_what_the_other_side_signed_itself_is_not()
    {
        var young = Theirs(24, (false, 7, "r7"));
        Assert.Equal(
            [RecordDifferenceKind.Late, RecordDifferenceKind.OnlyHere, RecordDifferenceKind.Late],
            Found([Own(true, 1, 23.5), Own(false, 1, 23.6)], [young], now: 24).Differences.Select(d => d.Kind));
        Assert.Equal(RecordDifferenceKind.OnlyThere, Found([Own(true, 1, 23.5), Own(false, 1, 23.6)], [young], now: 26).Differences[2].Kind);
    }

    [Fact]
    public void Lists_that_come_twice_or_in_another_order_say_the_same_and_the_one_signed_last_counts()
    {
        var (first, second) = (Theirs(25), Theirs(26, (true, 1, "r1")));
        foreach (var lists in (CounterpartList[][])[[first, second], [second, first], [second, first, second, first]])
            Assert.Equal((1, 0), (Found([Own(true, 1, 2)], lists).Matched, Found([Own(true, 1, 2)], lists).Differences.Count));
        Assert.Equal(RecordDifferenceKind.OnlyHere, Assert.Single(Found([Own(true, 1, 2)], [Theirs(27), second]).Differences).Kind);
    }

    [Fact]
    public void A_list_that_names_one_place_with_two_records_does_not_pass_for_the_true_one() =>
        Assert.Equal("other", Assert.Single(Found([Own(true, 1, 2)], [Theirs(26, (true, 1, "r1"), (true, 1, "other"))]).Differences).There);

    [Fact]
    public void A_period_that_no_list_covers_is_named_and_nothing_in_it_is_held_against_the_other_side()
    {
        var found = Found([Own(true, 1, 2), Own(true, 2, 13)], [new(Cast.Hour(6), Cast.Hour(12), Cast.Hour(26), []), new(Cast.Hour(10), Cast.Hour(20), Cast.Hour(26), [])]);
        Assert.Equal([new(Day, Cast.Hour(6)), new(Cast.Hour(20), Next)], found.Uncovered);
        Assert.Equal(2, Assert.Single(found.Differences).Place.Seq);
    }

    private static RecordComparison Found(IReadOnlyList<ExchangedRecord> own, IReadOnlyList<CounterpartList> lists, int now = 26) => RecordComparison.Of(Day, Next, own, lists, Grace, Cast.Hour(now));

    private static ExchangedRecord Own(bool ours, long seq, double hour) => new(new(ours, "thread", seq), string.Create(CultureInfo.InvariantCulture, $"r{seq}"), Day.AddHours(hour));

    private static CounterpartList Theirs(int hour, params (bool Ours, long Seq, string Record)[] entries) =>
        new(Day, Next, Cast.Hour(hour), [.. entries.Select(e => new ListedRecord(new(e.Ours, "thread", e.Seq), e.Record))]);
}
