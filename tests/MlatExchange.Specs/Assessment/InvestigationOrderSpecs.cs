using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Specs.Assessment;

/// <summary>EIO: the measures of section C, who may issue, what needs a similar domestic case, and when dual criminality is not checked.</summary>
public class InvestigationOrderSpecs
{
    private static RequestFacts Eio => Assessed.Under("EIO");

    /// <summary>Data category, option, measure asked, and the measure of section C with its article.</summary>
    public static TheoryData<string, string?, string, string> SectionC => new()
    {
        { "existing-evidence", "CASE_MATERIAL", "produce", "evidence-already-held (EIO 10(2)(a))" },
        { "existing-evidence", "POLICE_DATABASE", "produce", "police-or-judicial-databases (EIO 10(2)(b))" },
        { "hearing", "IN_PERSON", "produce", "hearing (EIO 10(2)(c))" },
        { "subscriber", null, "produce", "identification-of-subscriber (EIO 10(2)(e))" },
        { "identification", "IP_CONNECTION", "produce", "identification-of-subscriber (EIO 10(2)(e))" },
        { "detainee-transfer", "TO_REQUESTING_STATE", "produce", "temporary-transfer-to-issuing-state (EIO 22)" },
        { "detainee-transfer", "TO_REQUESTED_STATE", "produce", "temporary-transfer-to-executing-state (EIO 23)" },
        { "hearing", "VIDEO", "produce", "video-hearing (EIO 24)" },
        { "hearing", "TELEPHONE", "produce", "telephone-hearing (EIO 25)" },
        { "financial", "ACCOUNTS", "produce", "bank-accounts (EIO 26)" },
        { "financial", "OPERATIONS", "produce", "banking-operations (EIO 27)" },
        { "real-time", "CONTROLLED_DELIVERY", "produce", "real-time-measure (EIO 28)" },
        { "covert", null, "produce", "covert-investigation (EIO 29)" },
        { "interception", "WITH_ASSISTANCE", "produce", "interception-with-assistance (EIO 30)" },
        { "interception", "WITHOUT_ASSISTANCE", "produce", "interception-without-assistance (EIO 31)" },
        { "content", "MAILBOX", "produce", "stored-communications-or-records (EIO 10(1))" },
        { "financial", "ACCOUNTS", "preserve", "provisional-measure (EIO 32)" },
    };

    [Theory, MemberData(nameof(SectionC))]
    public void Every_measure_of_section_C_is_told_with_its_article(string category, string? option, string measure, string named)
    {
        var facts = Eio.ContentOnly().Item(i => i with { DataCategory = category, Measure = measure, Options = option is null ? [] : [option] });
        var finding = Assessed.Of(facts, Assessed.InForce).Finding("section-c-measure");
        Assert.Equal(Outcome.Pass, finding.Outcome);
        Assert.Contains(named, finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_is_none_of_them_or_may_be_several_is_told()
    {
        var none = Assessed.Of(Eio.ContentOnly().Item(i => i with { DataCategory = "hearing", Measure = "preserve", Options = [] }), Assessed.InForce).Finding("section-c-measure");
        Assert.Equal(Outcome.Flag, none.Outcome);
        Assert.Contains("no measure of section C", none.Sentence, StringComparison.Ordinal);
        var several = Assessed.Of(Eio.ContentOnly().Item(i => i with { DataCategory = "financial", Options = [] }), Assessed.InForce).Finding("section-c-measure");
        Assert.Equal(Outcome.Flag, several.Outcome);
        Assert.Contains("which of several", several.Sentence, StringComparison.Ordinal);
        Assert.Contains("items/i1/measure=bank-accounts+banking-operations", several.Facts);
    }

    [Theory]
    [InlineData("interception", false, Outcome.Block)]
    [InlineData("real-time", false, Outcome.Block)]
    [InlineData("real-time", null, Outcome.Flag)]
    [InlineData("interception", true, Outcome.Pass)]
    [InlineData("content", false, Outcome.Pass)]
    public void A_measure_in_real_time_needs_a_similar_domestic_case(string category, bool? similar, Outcome outcome)
    {
        var facts = Eio.ContentOnly().Item(i => i with { DataCategory = category, Options = [] }) with { Necessity = Eio.Necessity with { CouldBeOrderedInSimilarDomesticCase = similar } };
        Assert.Equal(outcome, Assessed.Of(facts, Assessed.InForce).Finding("special-measure-domestic").Outcome);
    }

    [Fact]
    public void Police_needs_a_judge_or_a_prosecutor_behind_its_order()
    {
        var police = Eio.Issued(AuthorityKind.OtherCompetentAuthority);
        var blocked = Assessed.Of(police, Assessed.InForce);
        Assert.Equal("validation-by-judge-or-prosecutor", blocked.Finding("competence").Cure);
        Assert.Equal(ValidationMode.Before, Validation.ModeFor(AssessmentSummary.Of(blocked)));
        foreach (var validator in new[] { AuthorityKind.Judge, AuthorityKind.PublicProsecutor })
            Assert.Equal(Outcome.Pass, Assessed.Of(police, Assessed.InForce with { Validator = validator }).Outcome);
    }

    [Fact]
    public void Recognition_takes_thirty_days_and_execution_ninety_more()
    {
        var result = Assessed.Of(Eio, Assessed.InForce);
        Assert.Equal(Outcome.Pass, result.Outcome);
        Assert.Equal(("EIO 12(3)", 30, "EIO 12(4)", 90), (result.Deadline!.Rule, result.Deadline.Days, result.Deadline.Then!.Rule, result.Deadline.Then.Days));
        Assert.Equal("not checked: listed category and at least 36 months", result.DualCriminality);
    }
}
