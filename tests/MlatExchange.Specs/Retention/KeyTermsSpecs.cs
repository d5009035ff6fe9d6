using MlatExchange.Domain.Retention;

namespace MlatExchange.Specs.Retention;

/// <summary>Which data keys end by themselves, and when.</summary>
public sealed class KeyTermsSpecs
{
    private static readonly DateTimeOffset Made = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_key_of_a_day_ends_ninety_days_after_the_day_whenever_it_was_made() =>
        Assert.Equal(new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero), KeyTerms.Ends("day-2026-03-01", Made, false));

    [Fact]
    public void The_key_of_an_unknown_thread_ends_thirty_days_after_it_was_made() => Assert.Equal(Made.AddDays(30), KeyTerms.Ends("thread-abc", Made, false));

    [Theory, InlineData("case-1"), InlineData("transfer-1"), InlineData("day-soon")]
    public void Other_keys_end_by_decision_alone(string key) => Assert.Null(KeyTerms.Ends(key, Made, false));

    [Fact]
    public void A_key_made_after_its_case_was_erased_ends_like_that_of_an_unknown_thread() => Assert.Equal(Made.AddDays(30), KeyTerms.Ends("case-1", Made, true));

    [Fact]
    public void The_order_comes_so_early_that_the_time_to_object_is_over_with_the_term()
    {
        var (ends, objection) = (Cast.Hour(100), TimeSpan.FromHours(72));
        Assert.Null(KeyTerms.Order(ends, objection, Cast.Node, Cast.Hour(27)));
        Assert.Equal(ends, KeyTerms.Order(ends, objection, Cast.Node, Cast.Hour(28))!.NotBefore);
        Assert.Equal(ErasureGround.TermEnded, KeyTerms.Order(ends, objection, Cast.Node, Cast.Hour(28))!.Ground);
        Assert.Equal(Cast.Hour(130), KeyTerms.Order(ends, objection, Cast.Node, Cast.Hour(130))!.NotBefore);
    }
}
