using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Assessment;

/// <summary>BC 29: what a preservation request contains, and for how long it holds.</summary>
public class PreservationSpecs
{
    [Fact]
    public void A_whole_request_passes_and_expires_after_sixty_days()
    {
        var result = Assessed.Of(Assessed.Bc29);
        Assert.All(result.Findings, f => Assert.True(f.Outcome == Outcome.Pass, f.Sentence));
        Assert.Equal(("BC 29(7)", 60), (result.Expires!.Rule, result.Expires.Days));
        Assert.Equal(["released", "visible to both sides"], result.Expires.OnExpiry!);
        Assert.Equal("not required for preservation", result.DualCriminality);
        Assert.Null(result.Deadline);
        Assert.Null(result.NotifyEnforcingAuthority);
    }

    [Fact]
    public void Production_is_not_preservation()
    {
        var finding = Assessed.Bc29.Item(i => i with { Measure = "produce" }).Says("preservation-only", Outcome.Block);
        Assert.Equal("BC 29(1)", finding.Source);
        Assert.Equal(["i1"], finding.Items);
    }

    [Fact]
    public void What_a_request_shall_specify_is_asked_for()
    {
        Assert.Equal("BC 29(2)(b)", (Assessed.Bc29 with { FactsStated = false }).Says("facts-missing", Outcome.Flag).Source);
        Assert.Equal("BC 29(2)(d)", (Assessed.Bc29 with { CustodianStated = false }).Says("custodian-missing", Outcome.Flag).Source);
        (Assessed.Bc29 with { Necessity = Assessed.Bc29.Necessity with { LessIntrusiveStated = false } }).Says("less-intrusive-alternative-missing", Outcome.Flag);
    }

    [Theory]
    [InlineData(true, Outcome.Pass)]
    [InlineData(false, Outcome.Block)]
    [InlineData(null, Outcome.Flag)]
    public void Mutual_assistance_must_be_intended(bool? intended, Outcome outcome) =>
        (Assessed.Bc29 with { IntendsMutualAssistance = intended }).Says("mutual-assistance-intended", outcome);

    [Theory]
    [InlineData("political-offence", Outcome.Flag)]
    [InlineData("offence-against-the-state", Outcome.Flag)]
    [InlineData("unknown", Outcome.Flag)]
    [InlineData("military-offence", Outcome.Pass)]
    [InlineData(null, Outcome.Pass)]
    public void A_political_offence_may_be_refused(string? nature, Outcome outcome) =>
        Assessed.Bc29.Offence(o => o with { Nature = nature }).Says("possible-political-offence", outcome);

    [Fact]
    public void Dual_criminality_and_third_parties_do_not_matter()
    {
        var facts = Assessed.Bc29.Offence(o => o with { MaxPenaltyMonths = null, AnnexCategory = "unknown" }) with
        {
            Persons = [.. Assessed.Bc29.Persons, new("t1", "LED6d", "contact", "XB"), new("t2", "LED6d", "contact", "XB")],
        };
        Assert.Equal(Outcome.Pass, Assessed.Of(facts).Outcome);
    }

    [Fact]
    public void Execution_of_a_sentence_flags() =>
        (Assessed.Bc29 with { Proceedings = "execution-of-sentence" }).Says("proceedings", Outcome.Flag);

    [Theory]
    [InlineData("2021-01-01", "2025-12-31", Outcome.Pass)]
    [InlineData("2021-01-01", "2026-01-01", Outcome.Flag)]
    public void Five_years_of_financial_data_are_the_widest_range(string from, string to, Outcome outcome) => Assessed.Bc29.Item(i => i with
    {
        DataCategory = "financial",
        From = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        To = DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
    }).Says("range-width", outcome);
}
