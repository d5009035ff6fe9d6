using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Assessment;

/// <summary>Necessity, width, subjects, retention: what may be asked for in kind and still be too much.</summary>
public class ProportionalitySpecs
{
    [Fact]
    public void The_sample_passes_every_rule() =>
        Assert.All(Assessed.Of(Assessed.Eev).Findings, f => Assert.True(f.Outcome == Outcome.Pass, f.Sentence));

    [Theory]
    [InlineData(true, Outcome.Pass)]
    [InlineData(false, Outcome.Block)]
    [InlineData(null, Outcome.Flag)]
    public void The_same_must_be_possible_in_a_similar_domestic_case(bool? similar, Outcome outcome) =>
        (Assessed.Eev with { Necessity = Assessed.Eev.Necessity with { CouldBeOrderedInSimilarDomesticCase = similar } }).Says("similar-domestic-measure", outcome);

    [Theory]
    [InlineData(true, Outcome.Pass)]
    [InlineData(false, Outcome.Flag)]
    public void Less_intrusive_means_must_be_spoken_of(bool stated, Outcome outcome) =>
        (Assessed.Eev with { Necessity = Assessed.Eev.Necessity with { LessIntrusiveStated = stated } }).Says("less-intrusive-alternative-missing", outcome);

    [Theory]
    [InlineData("content", "2024-01-01", "2024-12-31", Outcome.Pass)]
    [InlineData("content", "2024-01-01", "2025-01-01", Outcome.Flag)]
    [InlineData("content", "2025-01-01", "2026-01-01", Outcome.Pass)]
    [InlineData("traffic", "2025-01-01", "2026-01-02", Outcome.Flag)]
    [InlineData("traffic", null, "2026-01-02", Outcome.Flag)]
    [InlineData("content", "2026-01-01", null, Outcome.Flag)]
    [InlineData("subscriber", null, null, Outcome.Pass)]
    [InlineData("identification", "2000-01-01", "2026-01-01", Outcome.Pass)]
    public void A_range_of_content_or_traffic_is_at_most_366_days(string category, string? from, string? to, Outcome outcome)
    {
        var finding = Assessed.Eev.Item(i => i with { DataCategory = category, From = Day(from), To = Day(to) }).Says("range-width", outcome);
        Assert.Equal(outcome == Outcome.Pass ? [] : ["i1"], finding.Items);
        Assert.Contains("to be confirmed by counsel", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, Outcome.Pass)]
    [InlineData(1, 2, Outcome.Flag)]
    [InlineData(2, 2, Outcome.Pass)]
    [InlineData(0, 9, Outcome.Pass)]
    public void Third_parties_may_not_outnumber_suspects(int suspects, int others, Outcome outcome)
    {
        var facts = Assessed.Eev with
        {
            Persons =
            [
                .. Enumerable.Range(1, suspects).Select(i => new PersonFacts($"p{i}", "LED6a", "suspect", "XB")),
                .. Enumerable.Range(1, others).Select(i => new PersonFacts($"t{i}", "LED6d", "third-party", "XB")),
                .. Enumerable.Range(1, 20).Select(i => new PersonFacts($"v{i}", "LED6c", "victim", "XB")),
            ],
        };
        facts.Item(i => i with { Person = suspects > 0 ? "p1" : "t1" }).Says("third-parties-outnumber-suspects", outcome);
    }

    [Fact]
    public void The_number_of_third_parties_does_not_matter_where_nothing_but_preservation_is_asked()
    {
        var crowd = Assessed.Eev with { Persons = [.. Assessed.Eev.Persons, new("t1", "LED6d", "contact", "XB"), new("t2", "LED6d", "contact", "XB")] };
        crowd.Says("third-parties-outnumber-suspects", Outcome.Flag);
        (crowd with { Items = [.. crowd.Items.Select(i => i with { Measure = "preserve" })] }).Says("third-parties-outnumber-suspects", Outcome.Pass);
    }

    [Theory]
    [InlineData("journalist", "press-privilege", "EEV 5(10)")]
    [InlineData("lawyer", "professional-privilege", "EEV 5(9)")]
    [InlineData("clergy", "professional-privilege", "EEV 5(9)")]
    [InlineData("member-of-parliament", "immunity", "EEV 5(10)")]
    public void A_profession_that_carries_privilege_flags(string profession, string rule, string source)
    {
        var finding = Assessed.Eev.Suspect(p => p with { Profession = profession }).Says(rule, Outcome.Flag);
        Assert.Equal(source, finding.Source);
        Assert.Equal(["i1"], finding.Items);
    }

    [Fact]
    public void A_profession_not_known_flags_under_every_privilege()
    {
        var result = Assessed.Of(Assessed.Eev.Suspect(p => p with { Profession = "unknown" }));
        Assert.Equal(["press-privilege", "professional-privilege", "immunity"], result.Findings.Where(f => f.Outcome == Outcome.Flag).Select(f => f.Rule));
    }

    [Fact]
    public void A_profession_without_privilege_or_of_somebody_else_passes()
    {
        Assert.Equal(Outcome.Pass, Assessed.Of(Assessed.Eev.Suspect(p => p with { Profession = null })).Outcome);
        var victim = Assessed.Eev with { Persons = [Assessed.Eev.Persons[0], Assessed.Eev.Persons[1] with { Profession = "journalist" }] };
        Assert.Equal(Outcome.Pass, Assessed.Of(victim).Outcome);
    }

    [Fact]
    public void Data_of_a_victim_or_a_minor_need_conditions()
    {
        var victim = Assessed.Eev.Item(i => i with { Person = "v1" }) with
        {
            Persons = [Assessed.Eev.Persons[0], Assessed.Eev.Persons[1] with { Residence = "XB" }],
        };
        Assert.Equal(["i1"], victim.Says("victim-and-minor-conditions", Outcome.Flag).Items);
        var protectedVictim = victim with { Conditions = [.. victim.Conditions, new("NoOnward", ["i1"])] };
        protectedVictim.Says("victim-and-minor-conditions", Outcome.Pass);
        (victim with { Conditions = [.. victim.Conditions, new("OnwardWithConsent", ["i1"])] }).Says("victim-and-minor-conditions", Outcome.Pass);
        (protectedVictim with { Conditions = [new("NoOnward", ["i1"])] }).Says("victim-and-minor-conditions", Outcome.Flag);
        Assessed.Eev.Suspect(p => p with { Minor = true }).Says("victim-and-minor-conditions", Outcome.Flag);
    }

    [Fact]
    public void Special_categories_need_the_condition_of_that_name()
    {
        var special = Assessed.Eev.Item(i => i with { SpecialCategory = true });
        Assert.Equal(["i1"], special.Says("special-category-conditions", Outcome.Flag).Items);
        (special with { Conditions = [.. special.Conditions, new("SpecialCategory", ["i1"])] }).Says("special-category-conditions", Outcome.Pass);
    }

    [Theory]
    [InlineData(30, Outcome.Pass)]
    [InlineData(null, Outcome.Flag)]
    public void Storage_is_reviewed(int? every, Outcome outcome) =>
        (Assessed.Eev with { Retention = Assessed.Eev.Retention with { ReviewEveryDays = every } }).Says("retention-without-review", outcome);

    [Fact]
    public void Retention_terms_and_their_law_must_be_there()
    {
        (Assessed.Eev with { Retention = Assessed.Eev.Retention with { LegalReference = " " } }).Says("retention-terms", Outcome.Flag);
        (Assessed.Eev with { Retention = Assessed.Eev.Retention with { MaximumDays = 0 } }).Says("retention-terms", Outcome.Flag);
    }

    [Theory]
    [InlineData(true, 30, Outcome.Pass)]
    [InlineData(true, null, Outcome.Flag)]
    [InlineData(false, null, Outcome.Pass)]
    public void A_delay_of_notice_is_reviewed(bool delay, int? after, Outcome outcome) =>
        (Assessed.Eev with { Notice = new(delay, after) }).Says("notice-delay-without-review", outcome);

    [Theory]
    [InlineData("none", null, false, Outcome.Pass)]
    [InlineData("urgent", null, false, Outcome.Pass)]
    [InlineData("emergency", "imminent-threat-to-critical-infrastructure", true, Outcome.Pass)]
    [InlineData("emergency", "imminent-threat-to-life", false, Outcome.Flag)]
    [InlineData("emergency", "unknown", true, Outcome.Flag)]
    [InlineData("emergency", null, true, Outcome.Flag)]
    public void An_emergency_has_a_threat_and_grounds(string kind, string? threat, bool grounds, Outcome outcome) =>
        (Assessed.Eev with { Urgency = new(kind, threat, grounds) }).Says("emergency-grounds", outcome);

    [Theory]
    [InlineData("financial")]
    [InlineData("health")]
    public void An_order_covers_electronic_evidence_only(string category)
    {
        var facts = Assessed.Eev.Item(i => i with { DataCategory = category }) with { Conditions = [new("SpecialCategory", ["i1"])] };
        var finding = facts.Says("data-category-covered", Outcome.Block);
        Assert.Equal(["i1"], finding.Items);
        Assert.Null(finding.Cure);
    }

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
