using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>What time alone makes a breach.</summary>
public sealed class UseTimerSpecs() : UseSpec(Holder)
{
    private static readonly Look AtDue = new(ReportDue);

    private static UseEvent ReportedOn(DateTimeOffset at) => new UseEvent.UseReported([new("e1", [])], Cast.Holder, at);

    [Fact]
    public void A_report_that_is_not_there_when_it_is_due_is_a_breach() => Given().When(AtDue.Decide).Then(Overdue);

    [Fact]
    public void A_moment_before_it_is_none() => Given().When(new Look(ReportDue.AddMilliseconds(-1)).Decide).Then();

    [Fact]
    public void It_is_found_once() => Given(Overdue).When(new Look(ReportDue.AddDays(10)).Decide).Then();

    [Fact]
    public void A_report_in_time_puts_the_next_90_days_later() => Given(ReportedOn(ReportDue.AddDays(-1))).When(AtDue.Decide).Then();

    [Fact]
    public void And_then_the_next_one_is_owed() => Given(ReportedOn(ReportDue.AddDays(-1))).When(new Look(ReportDue.AddDays(89)).Decide).Then(
        new UseEvent.BreachFound(BreachKind.ReportOverdue, "e1", ReportDue.AddDays(89), ReportDue.AddDays(89)));

    [Fact]
    public void A_late_report_settles_the_breach() => Given(Overdue).When(new ReportUse([new("e1", [])], Purpose, Cast.Holder, ReportDue.AddDays(1)).Decide)
        .ThenState(use => use.Breaches.All(breach => breach.SettledAt is not null) ? "settled" : "open", "settled");

    [Fact]
    public void The_next_look_is_when_the_report_is_due() => Assert.Equal(ReportDue, UseTimer.Next(Given().State));

    [Fact]
    public void After_the_breach_there_is_nothing_to_look_for() => Assert.Null(UseTimer.Next(Given(Overdue).State));

    [Fact]
    public void Where_nothing_is_held_any_more_nothing_is_owed() =>
        Assert.Null(UseTimer.Next(TransferUse.Fold([.. Holder, new HoldingEvent.ErasureCompleted(Cast.Hour(268))])));

    [Fact]
    public void Evidence_still_held_after_the_day_to_delete_it_is_a_breach_at_the_holder_alone()
    {
        var item = Evidence.Second with { Conditions = ["DeleteBy"], Limits = [new("DeleteBy", Day: new(2026, 7, 1))] };
        var held = new HoldingEvent.OfferReceived("transfer-1", Guid.Empty, "XB", Evidence.Offer, [item], Cast.Hour(48), Cast.Hour(96), Cast.Hour(2));
        var after = new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(after, UseTimer.Next(TransferUse.Fold([held, Shared])));
        Assert.Equal(BreachKind.DeleteByPassed, Assert.IsType<UseEvent.BreachFound>(Assert.Single(UseTimer.Fire(TransferUse.Fold([held, Shared]), after))).Kind);
        var supplied = new SupplyEvent.Prepared("transfer-1", Guid.Empty, "XA", [item], Cast.Hour(48), Cast.Hour(96), Cast.Prosecutor, Cast.Hour(0));
        Assert.Null(UseTimer.Next(TransferUse.Fold([supplied, new SupplyEvent.KeyReleased(Cast.Digest("jwe-b"), Cast.Hour(4))])));
    }

    [Theory]
    [InlineData("ReportUse", "P90D", null, 90, null)]
    [InlineData("ReportUse", "P2W", null, 14, null)]
    [InlineData("NotifySubjectAfter", "P6M", null, null, 6)]
    [InlineData("DeleteBy", "2027-03-31", "2027-03-31", null, null)]
    public void The_part_of_a_condition_that_a_clock_reads(string type, string value, string? day, int? days, int? months) =>
        Assert.Equal(new ConditionLimit(type, day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), days, months), ConditionLimit.Read(type, value));

    [Theory]
    [InlineData("UseOnlyFor", "P90D")]
    [InlineData("ReportUse", "90 days")]
    [InlineData("ReportUse", "P0D")]
    [InlineData("ReportUse", "P-5D")]
    [InlineData("ReportUse", "P1Y")]
    [InlineData("DeleteBy", "2027-02-30")]
    public void What_a_clock_cannot_read_is_no_limit(string type, string value) => Assert.Null(ConditionLimit.Read(type, value));

    private sealed record Look(DateTimeOffset At)
    {
        public Decision<UseEvent> Decide(TransferUse use) => UseTimer.Fire(use, At);
    }
}

/// <summary>The supplier finds a late report by its own log.</summary>
public sealed class UseTimerAtSupplierSpecs() : UseSpec(Supplier)
{
    [Fact]
    public void The_supplier_sees_the_same_breach() => Assert.Equal([Overdue], UseTimer.Fire(Given().State, ReportDue).Events);

    [Fact]
    public void A_report_that_arrived_in_time_is_none() =>
        Assert.Empty(UseTimer.Fire(Given(new UseEvent.UseReportReceived(Cast.Digest("use-report"), [new("e1", [])], ReportDue.AddHours(-1))).State, ReportDue));
}
