using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Assessment;

/// <summary>EEV 5(4): for which offences traffic and content data may be ordered, and which branch opened them.</summary>
public class ThresholdSpecs
{
    /// <summary>Months, directive, via information system; outcome, branch.</summary>
    public static TheoryData<int?, string?, bool?, Outcome, string?> Offences => new()
    {
        { 36, null, false, Outcome.Pass, "EEV 5(4)(a)" },
        { 35, null, true, Outcome.Block, null },
        { 0, null, true, Outcome.Block, null },
        { null, null, true, Outcome.Flag, null },
        { 36, "unknown", null, Outcome.Pass, "EEV 5(4)(a)" },
        { 12, "2011/93 Art 3", true, Outcome.Pass, "EEV 5(4)(b)" },
        { 12, "2011/93 Art 7", true, Outcome.Pass, "EEV 5(4)(b)" },
        { 12, "2011/93 Art 2", true, Outcome.Block, null },
        { 12, "2011/93 Art 8", true, Outcome.Block, null },
        { 12, "2019/713 Art 8", true, Outcome.Pass, "EEV 5(4)(b)" },
        { 12, "2019/713 Art 9", true, Outcome.Block, null },
        { 12, "2013/40 Art 3", true, Outcome.Pass, "EEV 5(4)(b)" },
        { 12, "2013/40 Art 5", false, Outcome.Block, null },
        { 12, "2013/40 Art 5", null, Outcome.Flag, null },
        { null, "2013/40 Art 5", true, Outcome.Pass, "EEV 5(4)(b)" },
        { null, "2013/40 Art 5", false, Outcome.Flag, null },
        { 12, "2017/541 Art 12", false, Outcome.Pass, "EEV 5(4)(c)" },
        { 12, "2017/541 Art 14", null, Outcome.Pass, "EEV 5(4)(c)" },
        { 12, "2017/541 Art 13", true, Outcome.Block, null },
        { 12, "2024/1 Art 5", true, Outcome.Block, null },
        { 12, "unknown", true, Outcome.Flag, null },
    };

    [Theory, MemberData(nameof(Offences))]
    public void Which_offences_open_content(int? months, string? directive, bool? viaInformationSystem, Outcome outcome, string? branch)
    {
        var result = Assessed.Of(Assessed.Eev.Offence(o => o with
        {
            MaxPenaltyMonths = months, Directive = directive, ViaInformationSystem = viaInformationSystem, AnnexCategory = null,
        }));
        var finding = result.Finding("offence-threshold");
        Assert.Equal((outcome, branch), (finding.Outcome, result.Branch));
        Assert.Equal(outcome == Outcome.Pass ? [] : ["i1"], finding.Items);
    }

    [Theory]
    [InlineData("subscriber", "produce")]
    [InlineData("identification", "produce")]
    [InlineData("content", "preserve")]
    public void Every_offence_opens_subscriber_and_identification_data_and_preservation(string category, string measure)
    {
        var facts = Assessed.Eev.Offence(o => o with { MaxPenaltyMonths = null, Directive = null }).ContentOnly();
        facts.Item(i => i with { DataCategory = category, Measure = measure }).Says("offence-threshold", Outcome.Pass);
    }

    [Theory]
    [InlineData(60, 4, Outcome.Pass, "EEV 5(4)(d)")]
    [InlineData(60, 3, Outcome.Block, null)]
    [InlineData(60, null, Outcome.Flag, null)]
    [InlineData(12, 4, Outcome.Block, null)]
    [InlineData(12, null, Outcome.Block, null)]
    [InlineData(null, 3, Outcome.Block, null)]
    [InlineData(null, 4, Outcome.Flag, null)]
    public void The_execution_of_a_sentence_needs_four_months_and_such_an_offence(int? maxPenalty, int? sentence, Outcome outcome, string? branch)
    {
        var facts = Assessed.Eev.Offence(o => o with { MaxPenaltyMonths = maxPenalty, Directive = null }) with
        {
            Proceedings = "execution-of-sentence", Sentence = new(sentence, false, true),
        };
        var result = Assessed.Of(facts);
        Assert.Equal((outcome, branch), (result.Finding("offence-threshold").Outcome, result.Branch));
    }

    [Fact]
    public void A_branch_that_is_less_sure_makes_the_finding_less_sure()
    {
        Assert.Equal("V", Assessed.Eev.Says("offence-threshold", Outcome.Pass).Certainty);
        var listed = Assessed.Of(Assessed.Eev.Offence(o => o with { MaxPenaltyMonths = 12 }));
        Assert.Equal("V2", listed.Finding("offence-threshold").Certainty);
    }

    [Theory]
    [InlineData(4, false, true, Outcome.Pass)]
    [InlineData(3, false, true, Outcome.Block)]
    [InlineData(4, true, true, Outcome.Block)]
    [InlineData(4, false, false, Outcome.Block)]
    [InlineData(null, false, true, Outcome.Flag)]
    [InlineData(4, null, true, Outcome.Flag)]
    [InlineData(4, false, null, Outcome.Flag)]
    [InlineData(null, true, null, Outcome.Block)]
    public void Which_executions_of_a_sentence_qualify(int? months, bool? inAbsentia, bool? absconded, Outcome outcome)
    {
        var facts = Assessed.Eev.SubscriberOnly() with { Proceedings = "execution-of-sentence", Sentence = new(months, inAbsentia, absconded) };
        facts.Says("proceedings", outcome);
    }

    [Fact]
    public void An_execution_without_its_sentence_flags() =>
        (Assessed.Eev.SubscriberOnly() with { Proceedings = "execution-of-sentence", Sentence = null }).Says("proceedings", Outcome.Flag);
}
