using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

public sealed class ReportUseSpecs() : UseSpec(Holder)
{
    private static readonly ReportUse Report = new(Used("e1"), Purpose, Cast.Holder, Cast.Hour(30));

    private static UseEvent Reported => new UseEvent.UseReported(Used("e1"), Cast.Holder, Cast.Hour(30));

    [Fact]
    public void The_holder_reports_what_an_item_was_used_for() => Given().When(Report.Decide).Then(Reported);

    [Fact]
    public void Each_report_is_a_fact_of_its_own() => Given(Reported).When(Report.Decide).Then(Reported);

    [Fact]
    public void A_use_for_another_purpose_is_reported_and_is_a_breach() => Given().When((Report with { Items = Used("e1", "trace-proceeds") }).Decide).Then(
        new UseEvent.UseReported(Used("e1", "trace-proceeds"), Cast.Holder, Cast.Hour(30)), new UseEvent.BreachFound(BreachKind.OutsidePurpose, "e1", null, Cast.Hour(30)));

    [Fact]
    public void An_item_that_is_not_bound_to_a_purpose_may_be_used_for_another() => Given().When((Report with { Items = Used("e2", "trace-proceeds") }).Decide).Then(
        new UseEvent.UseReported(Used("e2", "trace-proceeds"), Cast.Holder, Cast.Hour(30)));

    [Fact]
    public void Only_items_of_the_transfer_are_reported_on() => Given().When((Report with { Items = Used("e3") }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void A_report_is_about_something() => Given().When((Report with { Items = [] }).Decide).Then(NotPermitted(TransferRules.NoSuchItem));

    [Fact]
    public void Nothing_was_used_tomorrow() => Given().When((Report with { Items = Used("e1", day: 3) }).Decide).Then(NotPermitted(UseRules.DayOutside));

    [Fact]
    public void Nothing_was_used_before_the_key_came() => Given().When((Report with { Items = [new("e1", [new(Purpose, new(2026, 5, 31))])] }).Decide).Then(NotPermitted(UseRules.DayOutside));
}

public sealed class ReportUseTooEarlySpecs() : UseSpec(HolderBefore)
{
    [Fact]
    public void Before_the_key_came_there_is_nothing_to_report() =>
        Given().When(new ReportUse(Used("e1"), Purpose, Cast.Holder, Cast.Hour(3)).Decide).Then(NotPermitted(UseRules.NotReleased));

    [Fact]
    public void Before_the_key_came_nothing_is_passed_on() =>
        Given().When(new RequestOnward(Asked, ["e1"], Xc, Purpose, "XA", "XB", Cast.Holder, Cast.Hour(3)).Decide).Then(NotPermitted(UseRules.NotReleased));
}

public sealed class ReceiveUseReportSpecs() : UseSpec(Supplier)
{
    private static readonly string Digest = Cast.Digest("use-report");

    [Fact]
    public void The_report_arrives_at_the_supplier() => Given().When(new ReceiveUseReport(Digest, Used("e1"), Purpose, Cast.Hour(31)).Decide).Then(
        new UseEvent.UseReportReceived(Digest, Used("e1"), Cast.Hour(31)));

    [Fact]
    public void The_supplier_finds_a_use_for_another_purpose_by_itself() => Given().When(new ReceiveUseReport(Digest, Used("e1", "trace-proceeds"), Purpose, Cast.Hour(31)).Decide).Then(
        new UseEvent.UseReportReceived(Digest, Used("e1", "trace-proceeds"), Cast.Hour(31)), new UseEvent.BreachFound(BreachKind.OutsidePurpose, "e1", null, Cast.Hour(31)));

    [Fact]
    public void The_supplier_has_nothing_to_report() => Given().When(new ReportUse(Used("e1"), Purpose, Cast.Supplier, Cast.Hour(31)).Decide).Then(NotPermitted(UseRules.HolderOnly));
}
