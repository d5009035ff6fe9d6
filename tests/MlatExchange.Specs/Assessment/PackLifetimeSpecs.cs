using MlatExchange.Domain.Assessment;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Assessment;

/// <summary>Rules lapse, reviews fall due, instruments are in force or not.</summary>
public class PackLifetimeSpecs
{
    [Fact]
    public void A_pack_is_applied_up_to_its_last_day_and_never_after()
    {
        var last = Packs.Eev.ValidUntil;
        var reviewed = Packs.Eev with { ReviewBy = last.AddYears(1) };
        Assert.Equal(Outcome.Pass, Assessed.Of(Assessed.Eev, Assessed.Context with { Today = last }, reviewed).Outcome);
        var lapsed = Assessed.Of(Assessed.Eev, Assessed.Context with { Today = last.AddDays(1) }, reviewed);
        Assert.Equal(["pack-expired"], lapsed.Findings.Where(f => f.Outcome == Outcome.Block).Select(f => f.Rule));
        Assert.Null(lapsed.Finding("pack-expired").Cure);
    }

    [Fact]
    public void The_requested_side_did_not_choose_the_day_so_a_lapsed_pack_only_flags_there()
    {
        var lapsed = Assessed.Of(Assessed.Eev, Assessed.Context with { Today = Packs.Eev.ValidUntil.AddDays(1), Side = Side.Requested });
        Assert.Equal(Outcome.Flag, lapsed.Finding("pack-expired").Outcome);
        Assert.Equal(Outcome.Flag, lapsed.Outcome);
    }

    [Fact]
    public void An_overdue_review_flags()
    {
        Assessed.Eev.Says("pack-review-overdue", Outcome.Pass, Assessed.Context with { Today = Packs.Eev.ReviewBy });
        Assessed.Eev.Says("pack-review-overdue", Outcome.Flag, Assessed.Context with { Today = Packs.Eev.ReviewBy.AddDays(1) });
    }

    [Fact]
    public void An_instrument_must_be_in_force_with_the_other_side()
    {
        Assessed.Eev.Says("instrument-in-force", Outcome.Block, Assessed.Context with { InForce = ["EIO", "BC"] });
        Assessed.Eev.Says("instrument-in-force", Outcome.Flag, Assessed.Context with { InForce = null });
        Assessed.Bc29.Says("instrument-in-force", Outcome.Pass, Assessed.Context with { InForce = ["BC"] });
        Assessed.Bc29.Says("instrument-in-force", Outcome.Pass, Assessed.Context with { InForce = ["BC29"] });
        Assessed.Bc29.Says("instrument-in-force", Outcome.Block, Assessed.Context with { InForce = ["EEV"] });
    }

    [Fact]
    public void Other_instruments_are_not_mixed_in_silently()
    {
        var mixed = (Assessed.Eev with { LegalBasis = [new("EEV", "4(2)"), new("EIO", "26")] }).Says("legal-basis", Outcome.Flag);
        Assert.Contains("EIO", mixed.Sentence, StringComparison.Ordinal);
        (Assessed.Eev with { LegalBasis = [new("national", "88a", "XA")] }).Says("legal-basis", Outcome.Flag);
        (Assessed.Bc29 with { LegalBasis = [new("BC", "29")] }).Says("legal-basis", Outcome.Pass);
    }

    [Fact]
    public void A_pack_for_another_instrument_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => Assessed.Of(Assessed.Eev, null, Packs.Bc29));
}
