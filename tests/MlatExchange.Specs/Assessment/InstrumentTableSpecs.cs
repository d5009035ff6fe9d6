using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Assessment;

/// <summary>Every instrument by every data category by every kind of issuer: what competence and coverage come to.</summary>
public class InstrumentTableSpecs
{
    private const AuthorityKind Judge = AuthorityKind.Judge, Prosecutor = AuthorityKind.PublicProsecutor, Police = AuthorityKind.OtherCompetentAuthority;

    private static readonly string[] Electronic = ["subscriber", "identification", "traffic", "content"];
    private static readonly string[] Records = ["financial", "health", "existing-evidence"];
    private static readonly string[] Measures = ["hearing", "detainee-transfer", "real-time", "covert", "interception"];

    /// <summary>The gravest outcome of competence and coverage for every combination, from the text of each instrument and not from its pack.</summary>
    public static TheoryData<string, string, AuthorityKind, Outcome> Table()
    {
        var table = new TheoryData<string, string, AuthorityKind, Outcome>();
        foreach (var category in (string[])[.. Electronic, .. Records, .. Measures])
        {
            foreach (var issuer in new[] { Judge, Prosecutor, Police })
            {
                table.Add("EEV", category, issuer, !Electronic.Contains(category) ? Outcome.Block : issuer == Judge || (issuer == Prosecutor && category is "subscriber" or "identification" && issuer != Police) ? Outcome.Pass : Outcome.Block);
                table.Add("EIO", category, issuer, issuer == Police ? Outcome.Block : Outcome.Pass);
                table.Add("BC29", category, issuer, Outcome.Pass);
                table.Add("BC31", category, issuer, Measures.Contains(category) || issuer == Police ? Outcome.Flag : Outcome.Pass);
                table.Add("2AP7", category, issuer, category != "subscriber" ? Outcome.Block : issuer == Police ? Outcome.Flag : Outcome.Pass);
                table.Add("2AP8", category, issuer, category is not ("subscriber" or "traffic") || issuer == Police ? Outcome.Flag : Outcome.Pass);
                table.Add("2AP9", category, issuer, Measures.Contains(category) ? Outcome.Flag : Outcome.Pass);
                table.Add("2AP10", category, issuer, Measures.Contains(category) ? Outcome.Flag : Outcome.Pass);
                table.Add("UNTOC", category, issuer, issuer == Police ? Outcome.Flag : Outcome.Pass);
                table.Add("BILATERAL:XA-XC", category, issuer, issuer == Police ? Outcome.Flag : Outcome.Pass);
            }
        }

        return table;
    }

    [Theory, MemberData(nameof(Table))]
    public void Who_may_ask_for_what_under_which_instrument(string instrument, string category, AuthorityKind issuer, Outcome outcome)
    {
        var facts = Assessed.Under(instrument).ContentOnly().NoEmergency().Issued(issuer).Item(i => i with { DataCategory = category, Options = [] });
        var findings = Assessed.Of(facts, Assessed.InForce).Findings
            .Where(f => f.Rule.StartsWith("competence", StringComparison.Ordinal) || f.Rule == "data-category-covered").ToList();
        Assert.Equal(outcome, findings.Count == 0 ? Outcome.Pass : findings.Max(f => f.Outcome));
    }

    [Fact]
    public void The_sound_request_passes_every_rule_of_every_instrument()
    {
        foreach (var instrument in Packs.Newest.Select(p => p.Instrument))
        {
            var result = Assessed.Of(Assessed.Under(instrument), Assessed.InForce);
            Assert.All(result.Findings, f => Assert.True(f.Outcome == Outcome.Pass, $"{instrument} {f.Rule}: {f.Sentence}"));
        }
    }

    [Fact]
    public void General_knowledge_never_blocks_but_where_a_validation_cures_it()
    {
        foreach (var pack in Packs.Newest)
        {
            foreach (var rule in pack.Rules.Where(r => r is { Certainty: Domain.RulePacks.Certainty.M, OnFailure: Outcome.Block }))
                Assert.Equal(("EIO", "validation-by-judge-or-prosecutor"), (pack.Instrument, rule.Cure));
        }
    }

    [Theory]
    [InlineData("2AP9")]
    [InlineData("2AP10")]
    public void The_emergency_articles_are_for_emergencies(string instrument)
    {
        var facts = Assessed.Under(instrument);
        Assert.Equal(Outcome.Pass, Assessed.Of(facts, Assessed.InForce).Finding("emergency-required").Outcome);
        Assert.Equal(Outcome.Flag, Assessed.Of(facts.NoEmergency(), Assessed.InForce).Finding("emergency-required").Outcome);
        var unknown = Assessed.Of(facts with { Urgency = new("emergency", "unknown", true) }, Assessed.InForce).Finding("emergency-required");
        Assert.Equal(Outcome.Flag, unknown.Outcome);
        Assert.Contains("not known", unknown.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crime_against_the_Convention_on_organised_crime_is_grave_or_named()
    {
        var facts = Assessed.Under("UNTOC");
        Outcome Of(int? months, string? category) =>
            Assessed.Of(facts.Offence(o => o with { MaxPenaltyMonths = months, AnnexCategory = category }), Assessed.InForce).Finding("offence-covered").Outcome;
        Assert.Equal(Outcome.Pass, Of(48, null));
        Assert.Equal(Outcome.Flag, Of(47, null));
        Assert.Equal(Outcome.Pass, Of(12, "corruption"));
        Assert.Equal(Outcome.Flag, Of(12, "unknown"));
        Assert.Equal(Outcome.Flag, Of(null, null));
    }

    [Fact]
    public void Other_instruments_are_in_force_only_with_their_treaty()
    {
        Assert.Equal(Outcome.Block, Assessed.Of(Assessed.Under("2AP9"), Assessed.Context).Finding("instrument-in-force").Outcome);
        Assert.Equal(Outcome.Pass, Assessed.Of(Assessed.Under("BC31"), Assessed.Context).Finding("instrument-in-force").Outcome);
        Assert.Equal(Outcome.Pass, Assessed.Of(Assessed.Under("2AP9"), Assessed.Context with { InForce = ["2AP"] }).Finding("instrument-in-force").Outcome);
    }
}
