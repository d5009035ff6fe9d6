using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Retention;

namespace MlatExchange.Specs.Retention;

public sealed class RetentionScheduleSpecs
{
    private static readonly RetentionTerms Terms = new(365, "receipt", 180, "destroy-and-certify", "XB Evidence Act 7");

    [Fact]
    public void The_term_ends_so_many_days_after_its_trigger() => Assert.Equal(Cast.Hour(0).AddDays(365), RetentionSchedule.Due(Terms, Cast.Hour(0)));

    [Fact]
    public void The_next_review_follows_the_shortest_interval() =>
        Assert.Equal(Cast.Hour(0).AddDays(90), RetentionSchedule.Review([Terms, Terms with { ReviewEveryDays = 90 }, Terms with { ReviewEveryDays = null }], Cast.Hour(0)));

    [Fact]
    public void Where_no_term_asks_for_a_review_there_is_none() => Assert.Null(RetentionSchedule.Review([Terms with { ReviewEveryDays = null }], Cast.Hour(0)));

    [Fact]
    public void Of_two_terms_the_stricter_binds_member_by_member() =>
        Assert.Equal(
            new RetentionTerms(100, "final-judgment", 90, "destroy-and-certify", "theirs"),
            RetentionSchedule.Stricter(
                new(100, "case-closure", 180, "destroy-and-certify", "ours"),
                new(365, "final-judgment", 90, "return", "theirs")));

    [Fact]
    public void What_we_asked_for_binds_us_where_it_is_stricter() =>
        Assert.Equal(
            new RetentionTerms(100, "receipt", 30, "destroy-and-certify", "theirs"),
            RetentionSchedule.Stricter(
                new(200, "receipt", 30, "destroy-and-certify", "ours"),
                new(100, "case-closure", null, "release", "theirs")));

    [Fact]
    public void A_review_is_kept_where_only_one_side_asks_for_it() =>
        Assert.Equal(180, RetentionSchedule.Stricter(Terms with { ReviewEveryDays = null }, Terms).ReviewEveryDays);

    [Fact]
    public void A_code_that_cannot_be_compared_leaves_the_suppliers_word() =>
        Assert.Equal("on-the-tenth-day", RetentionSchedule.Stricter(Terms, Terms with { Trigger = "on-the-tenth-day" }).Trigger);
}
