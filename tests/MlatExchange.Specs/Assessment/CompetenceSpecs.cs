using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Specs.Assessment;

/// <summary>EEV 4: who may order what, alone, validated, or in an emergency before validation (law 1.4).</summary>
public class CompetenceSpecs
{
    private const AuthorityKind Judge = AuthorityKind.Judge, Prosecutor = AuthorityKind.PublicProsecutor, Police = AuthorityKind.OtherCompetentAuthority;

    /// <summary>Data category, measure, issuer; then whether it may order alone, with a prosecutor's and with a judge's validation, and in an emergency.</summary>
    public static TheoryData<string, string, AuthorityKind, bool, bool, bool, bool> Table => new()
    {
        { "subscriber", "produce", Judge, true, true, true, true },
        { "subscriber", "produce", Prosecutor, true, true, true, true },
        { "subscriber", "produce", Police, false, true, true, true },
        { "identification", "produce", Judge, true, true, true, true },
        { "identification", "produce", Prosecutor, true, true, true, true },
        { "identification", "produce", Police, false, true, true, true },
        { "traffic", "produce", Judge, true, true, true, true },
        { "traffic", "produce", Prosecutor, false, false, true, false },
        { "traffic", "produce", Police, false, false, true, false },
        { "content", "produce", Judge, true, true, true, true },
        { "content", "produce", Prosecutor, false, false, true, false },
        { "content", "produce", Police, false, false, true, false },
        { "subscriber", "preserve", Judge, true, true, true, true },
        { "subscriber", "preserve", Prosecutor, true, true, true, true },
        { "subscriber", "preserve", Police, false, true, true, true },
        { "identification", "preserve", Judge, true, true, true, true },
        { "identification", "preserve", Prosecutor, true, true, true, true },
        { "identification", "preserve", Police, false, true, true, true },
        { "traffic", "preserve", Judge, true, true, true, true },
        { "traffic", "preserve", Prosecutor, true, true, true, true },
        { "traffic", "preserve", Police, false, true, true, true },
        { "content", "preserve", Judge, true, true, true, true },
        { "content", "preserve", Prosecutor, true, true, true, true },
        { "content", "preserve", Police, false, true, true, true },
    };

    [Theory, MemberData(nameof(Table))]
    public void Who_may_order_what(string category, string measure, AuthorityKind issuer, bool alone, bool byProsecutor, bool byJudge, bool emergency)
    {
        var facts = Assessed.Eev.ContentOnly().Issued(issuer).Item(i => i with { DataCategory = category, Measure = measure });
        Assert.Equal(alone, Passes(facts.NoEmergency(), null));
        Assert.Equal(byProsecutor, Passes(facts.NoEmergency(), Prosecutor));
        Assert.Equal(byJudge, Passes(facts.NoEmergency(), Judge));
        Assert.Equal(alone, Passes(facts.NoEmergency(), Police));
        Assert.Equal(emergency, Passes(facts, null));
    }

    [Theory]
    [InlineData("subscriber", "produce", "EEV 4(1)", "validation-by-judge-or-prosecutor")]
    [InlineData("identification", "produce", "EEV 4(1)", "validation-by-judge-or-prosecutor")]
    [InlineData("traffic", "produce", "EEV 4(2)", "validation-by-judge")]
    [InlineData("content", "produce", "EEV 4(2)", "validation-by-judge")]
    [InlineData("content", "preserve", "EEV 4(3)", "validation-by-judge-or-prosecutor")]
    public void What_the_issuer_may_not_order_names_article_item_and_cure(string category, string measure, string source, string cure)
    {
        var facts = Assessed.Eev.ContentOnly().NoEmergency().Issued(Police).Item(i => i with { DataCategory = category, Measure = measure });
        var block = Assert.Single(Assessed.Of(facts).Findings, f => f.Outcome == Outcome.Block);
        Assert.Equal((source, cure), (block.Source, block.Cure));
        Assert.Equal(["i1"], block.Items);
        Assert.Contains("issuer.kind=other-competent-authority", block.Facts);
    }

    [Fact]
    public void An_order_for_mixed_data_needs_competence_for_each_kind()
    {
        var result = Assessed.Of(Assessed.Eev.NoEmergency().Issued(Prosecutor));
        Assert.Equal(Outcome.Block, result.Finding("competence-traffic-content").Outcome);
        Assert.Equal(["i1"], result.Finding("competence-traffic-content").Items);
        Assert.Equal(Outcome.Pass, result.Finding("competence-subscriber-identification").Outcome);
    }

    [Fact]
    public void An_emergency_order_that_left_before_validation_is_watched_for_48_hours()
    {
        var result = Assessed.Of(Assessed.Eev.SubscriberOnly().Issued(Police));
        Assert.Equal(("EEV 4(5)", 48), (result.Watch!.Rule, result.Watch.Hours));
        Assert.Equal(["withdrawal", "destruction at the holder", "destruction certificate"], result.Watch.OnExpiry!);
        Assert.Null(Assessed.Of(Assessed.Eev.SubscriberOnly().Issued(Prosecutor)).Watch);
        Assert.Null(Assessed.Of(Assessed.Eev.SubscriberOnly().Issued(Police), Assessed.Context with { Validator = Judge }).Watch);
    }

    [Theory]
    [InlineData("emergency", "unknown", true)]
    [InlineData("emergency", null, true)]
    [InlineData("urgent", "imminent-threat-to-life", true)]
    [InlineData("emergency", "imminent-threat-to-life", null)]
    [InlineData("emergency", "imminent-threat-to-life", false)]
    public void The_derogation_opens_only_when_every_fact_it_needs_is_known(string kind, string? threat, bool? similar)
    {
        var facts = Assessed.Eev.SubscriberOnly().Issued(Police) with
        {
            Urgency = new(kind, threat, true),
            Necessity = Assessed.Eev.Necessity with { CouldBeOrderedInSimilarDomesticCase = similar },
        };
        var result = Assessed.Of(facts);
        Assert.Equal(Outcome.Block, result.Finding("competence-subscriber-identification").Outcome);
        Assert.Null(result.Watch);
    }

    private static bool Passes(RequestFacts facts, AuthorityKind? validator) =>
        Assessed.Of(facts, Assessed.Context with { Validator = validator }).Findings
            .Where(f => f.Rule.StartsWith("competence-", StringComparison.Ordinal)).All(f => f.Outcome == Outcome.Pass);
}
