using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Specs.Requests;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Assessment;

/// <summary>Every case file comes to what it says it must.</summary>
public class CaseSpecs
{
    public static TheoryData<string> Cases => new("01", "02", "03", "04", "05", "06", "07", "08", "09");

    /// <summary>Those that are sent at all.</summary>
    public static TheoryData<string> Sent => new("01", "03", "05", "06", "07", "08", "09");

    [Theory, MemberData(nameof(Cases))]
    public void The_requesting_side_comes_to_what_the_case_expects(string number)
    {
        var file = CaseFile.Load(number);
        var result = Assess(file, Side.Requesting);
        Assert.Equal((string?)file.Expect["requesting"], result.Outcome.ToString().ToLowerInvariant());
        Assert.Equal(
            (file.Expect["flags"]?.AsArray() ?? []).Select(f => (string?)f).Order(),
            result.Findings.Where(f => f.Outcome == Outcome.Flag).Select(f => f.Rule).Order());
        if (file.Expect["rule"] is { } rule)
        {
            var block = Assert.Single(result.Findings, f => f.Outcome == Outcome.Block);
            Assert.Equal((string?)rule, block.Source);
            foreach (var word in file.Expect["sentenceMentions"]!.AsArray())
                Assert.Contains((string)word!, block.Sentence, StringComparison.Ordinal);
        }

        Terms(file.Expect, result);
    }

    [Theory, MemberData(nameof(Sent))]
    public void The_requested_side_comes_to_what_the_case_expects(string number)
    {
        var file = CaseFile.Load(number);
        var result = Assess(file, Side.Requested);
        Assert.Equal((string?)file.Expect["requested"], result.Outcome.ToString().ToLowerInvariant());
        Assert.Equal(
            (file.Expect["flags"]?.AsArray() ?? []).Select(f => (string?)f).Order(),
            result.Findings.Where(f => f.Outcome == Outcome.Flag).Select(f => f.Rule).Order());
        Terms(file.Expect, result);
    }

    [Fact]
    public void Validation_by_a_judge_cures_the_order_for_content_by_a_prosecutor()
    {
        var file = CaseFile.Load("02");
        var blocked = Assess(file, Side.Requesting);
        Assert.Equal("validation-by-judge", blocked.Findings.Single(f => f.Outcome == Outcome.Block).Cure);
        Assert.Equal(ValidationMode.Before, Validation.ModeFor(AssessmentSummary.Of(blocked)));
        Assert.Equal(Outcome.Pass, Assess(file, Side.Requesting, AuthorityKind.Judge).Outcome);
        Assert.Equal(Outcome.Block, Assess(file, Side.Requesting, AuthorityKind.PublicProsecutor).Outcome);
    }

    [Fact]
    public void No_validation_cures_an_offence_below_the_threshold()
    {
        var file = CaseFile.Load("04");
        Assert.Null(Validation.ModeFor(AssessmentSummary.Of(Assess(file, Side.Requesting))));
        Assert.Equal(Outcome.Block, Assess(file, Side.Requesting, AuthorityKind.Judge).Outcome);
    }

    [Fact]
    public void Once_validated_an_emergency_order_is_watched_no_more()
    {
        var validated = Assess(CaseFile.Load("05"), Side.Requesting, AuthorityKind.PublicProsecutor);
        Assert.Equal(Outcome.Pass, validated.Outcome);
        Assert.Null(validated.Watch);
        Assert.Equal(8, validated.Deadline!.Hours);
    }

    private static AssessmentResult Assess(CaseFile file, Side side, AuthorityKind? validator = null)
    {
        var facts = RequestContent.Parse(file.Bytes, "XA").Value!.ToFacts();
        string[] inForce = facts.Addressee.Jurisdiction == "XB" ? ["EEV", "EIO", "BC"] : ["EIO", "BC", "UNTOC", "BILATERAL"];
        return PackAssessment.Assess(facts, Packs.All.For(facts.Instrument)!, new(side, new DateOnly(2026, 11, 22), inForce, validator));
    }

    private static void Terms(JsonObject expect, AssessmentResult result)
    {
        Same(expect["deadline"], result.Deadline);
        Same(expect["watch"], result.Watch);
        Same(expect["expires"], result.Expires);
        if (expect["branch"] is { } branch)
            Assert.Equal((string?)branch, result.Branch);
        if (expect["notifyEnforcingAuthority"] is { } notify)
            Assert.Equal((bool?)notify, result.NotifyEnforcingAuthority);
        if (expect["dualCriminality"] is { } dual)
            Assert.Equal((string?)dual, result.DualCriminality);
    }

    private static void Same(JsonNode? expected, Term? term)
    {
        if (expected is null)
            return;
        Assert.NotNull(term);
        Assert.Equal((string?)expected["rule"], term.Rule);
        Assert.Equal((int?)expected["days"], term.Days);
        Assert.Equal((int?)expected["hours"], term.Hours);
        Same(expected["then"], term.Then);
        Assert.Equal((expected["onExpiry"]?.AsArray() ?? []).Select(e => (string)e!), term.OnExpiry ?? []);
    }
}
