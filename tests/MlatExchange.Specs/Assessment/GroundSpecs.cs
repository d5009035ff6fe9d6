using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Assessment;

/// <summary>What the requested side may refuse on, whom the order is addressed to, in which language, and where the evidence may go.</summary>
public class GroundSpecs
{
    [Theory]
    [InlineData(null, Outcome.Pass, "No judgment")]
    [InlineData("final-judgment", Outcome.Flag, "final judgment for the same acts")]
    [InlineData("pending", Outcome.Flag, "pending elsewhere")]
    [InlineData("unknown", Outcome.Flag, "not known whether somebody was judged")]
    public void Nobody_is_judged_twice_for_the_same_acts(string? prior, Outcome outcome, string says)
    {
        var finding = Assessed.Eev.Offence(o => o with { PriorProceedings = prior }).Says("ne-bis-in-idem", outcome);
        Assert.Contains(says, finding.Sentence, StringComparison.Ordinal);
        Assert.Equal("EEV 12(1)(c)", finding.Source);
    }

    [Theory]
    [InlineData(null, Outcome.Pass, "Nothing is declared")]
    [InlineData("risk", Outcome.Flag, "must weigh it")]
    [InlineData("manifest-breach", Outcome.Flag, "may be refused")]
    [InlineData("unknown", Outcome.Flag, "not known")]
    public void A_fundamental_right_at_risk_is_told(string? alert, Outcome outcome, string says) =>
        Assert.Contains(says, (Assessed.Eev with { FundamentalRights = alert }).Says("fundamental-rights-alert", outcome).Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, Outcome.Pass)]
    [InlineData("controller", Outcome.Pass)]
    [InlineData("processor-controller-not-identified", Outcome.Pass)]
    [InlineData("processor-controller-detrimental", Outcome.Pass)]
    [InlineData("processor", Outcome.Flag)]
    [InlineData("unknown", Outcome.Flag)]
    public void The_controller_is_addressed_before_a_processor(string? holder, Outcome outcome)
    {
        var finding = Assessed.Eev.Item(i => i with { Holder = holder }).Says("controller-before-processor", outcome);
        Assert.Equal(outcome == Outcome.Pass ? [] : ["i1"], finding.Items);
        Assert.Contains("to be confirmed by counsel", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "XB", Outcome.Pass)]
    [InlineData("fr-BE", "XB", Outcome.Pass)]
    [InlineData("de", "XB", Outcome.Flag)]
    [InlineData("frr", "XB", Outcome.Flag)]
    [InlineData("en", "XZ", Outcome.Flag)]
    public void The_addressee_s_jurisdiction_accepts_the_language(string language, string jurisdiction, Outcome outcome) =>
        (Assessed.Eev with { Language = language, Addressee = new(jurisdiction, "xb-central") }).Says("language-accepted", outcome);

    [Fact]
    public void Evidence_goes_on_with_consent_only_and_never_against_a_promise()
    {
        var facts = Assessed.Eev with { Conditions = [] };
        facts.Says("onward-transfer", Outcome.Pass);
        (facts with { OnwardTransfer = "with-prior-consent" }).Says("onward-transfer", Outcome.Pass);
        (facts with { OnwardTransfer = "without-prior-consent" }).Says("onward-transfer", Outcome.Flag);
        (facts with { OnwardTransfer = "unknown" }).Says("onward-transfer", Outcome.Flag);
        var contradiction = (facts with { OnwardTransfer = "with-prior-consent", Conditions = [new("NoOnward", ["i2"])] }).Says("onward-transfer", Outcome.Flag);
        Assert.Equal(["i2"], contradiction.Items);
        Assert.Contains("promises none", contradiction.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_persons_and_many_categories_together_need_reasons()
    {
        var fifty = Assessed.Eev with { Persons = [.. Enumerable.Range(1, 49).Select(i => new PersonFacts($"c{i}", "LED6b", "convicted", "XB")), Assessed.Eev.Persons[0]] };
        fifty.Says("persons-width", Outcome.Pass);
        var wide = (fifty with { Persons = [.. fifty.Persons, Assessed.Eev.Persons[0] with { Ref = "p2" }] }).Says("persons-width", Outcome.Flag);
        Assert.Contains("51 persons", wide.Sentence, StringComparison.Ordinal);

        string[] four = ["subscriber", "identification", "traffic", "content"];
        var profile = Assessed.Eev with
        {
            Conditions = [],
            Items = [.. four.Select((c, i) => Assessed.Eev.Items[0] with { Ref = $"i{i}", DataCategory = c, Options = [] })],
        };
        Assert.Equal(["i0", "i1", "i2", "i3"], profile.Says("categories-together", Outcome.Flag).Items);
        (profile with { Items = [.. profile.Items.Skip(1), profile.Items[1] with { Ref = "i9" }] }).Says("categories-together", Outcome.Pass);
        (profile with { Items = [.. profile.Items.Skip(1), profile.Items[0] with { Person = null }] }).Says("categories-together", Outcome.Pass);
    }

    [Theory]
    [InlineData(null, Outcome.Pass, Outcome.Pass)]
    [InlineData("public-authority-in-issuing-state", Outcome.Pass, Outcome.Pass)]
    [InlineData("public-authority-elsewhere", Outcome.Flag, Outcome.Pass)]
    [InlineData("professional-in-issuing-state", Outcome.Pass, Outcome.Pass)]
    [InlineData("professional-detrimental", Outcome.Pass, Outcome.Pass)]
    [InlineData("professional-privilege-waived", Outcome.Pass, Outcome.Pass)]
    [InlineData("professional-elsewhere", Outcome.Pass, Outcome.Flag)]
    [InlineData("unknown", Outcome.Flag, Outcome.Flag)]
    public void Infrastructure_of_authorities_and_privileged_professionals_is_open_on_the_branches_of_the_Regulation_only(string? infrastructure, Outcome authority, Outcome professional)
    {
        var result = Assessed.Of(Assessed.Eev.Item(i => i with { Infrastructure = infrastructure }));
        Assert.Equal((authority, professional), (result.Finding("public-authority-data").Outcome, result.Finding("privileged-professional-data").Outcome));
        Assert.Equal(("EEV 5(8)", "EEV 5(9)"), (result.Finding("public-authority-data").Source, result.Finding("privileged-professional-data").Source));
    }

    [Fact]
    public void Subscriber_data_of_a_privileged_professional_are_no_matter_of_the_branches() =>
        Assert.Equal(Outcome.Pass, Assessed.Of(Assessed.Eev.SubscriberOnly().Item(i => i with { Infrastructure = "professional-elsewhere" })).Finding("privileged-professional-data").Outcome);

    [Theory, InlineData(7305, Outcome.Pass), InlineData(7306, Outcome.Flag), InlineData(36_525, Outcome.Flag)]
    public void Storage_ends_within_a_time_that_somebody_may_see(int days, Outcome outcome) =>
        (Assessed.Eev with { Retention = Assessed.Eev.Retention with { MaximumDays = days } }).Says("retention-without-end", outcome);
}
