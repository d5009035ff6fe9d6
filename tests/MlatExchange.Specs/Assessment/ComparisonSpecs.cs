using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MlatExchange.Domain.Assessment;
using MlatExchange.Specs.Requests;

namespace MlatExchange.Specs.Assessment;

public class ComparisonSpecs
{
    private static readonly AssessmentResult Flagged = Assessed.Of(Assessed.Eev with { Retention = Assessed.Eev.Retention with { ReviewEveryDays = null } });

    [Fact]
    public void Two_sides_that_come_to_the_same_agree()
    {
        var comparison = AssessmentComparison.Of(StatedAssessment.Of(Flagged, ["retention-without-review"]), Flagged);
        Assert.True(comparison.Agreement);
        Assert.True(comparison.SamePack);
        Assert.Empty(comparison.Differences);
    }

    [Fact]
    public void Another_outcome_other_items_and_rules_only_one_side_has_are_differences()
    {
        var stated = StatedAssessment.Of(Flagged, []);
        var theirs = stated with
        {
            PackDigest = "sha-256:other",
            Findings =
            [
                .. stated.Findings.Where(f => f.Rule != "legal-basis").Select(f => f.Rule switch
                {
                    "retention-without-review" => f with { Outcome = Outcome.Pass },
                    "range-width" => f with { Items = ["i1"] },
                    _ => f,
                }),
                new("only-theirs", Outcome.Block, ["i2"]),
            ],
        };
        var comparison = AssessmentComparison.Of(theirs, Flagged);
        Assert.False(comparison.Agreement);
        Assert.False(comparison.SamePack);
        Assert.True(comparison.SameInputs);
        Assert.Equal(
            [("legal-basis", null, Outcome.Pass), ("range-width", Outcome.Pass, Outcome.Pass), ("retention-without-review", Outcome.Pass, Outcome.Flag),
                ("only-theirs", Outcome.Block, null)],
            comparison.Differences.Select(d => (d.Rule, d.Theirs, d.Ours)));
    }

    [Fact]
    public void Other_inputs_are_no_agreement_even_where_every_rule_comes_to_the_same()
    {
        var comparison = AssessmentComparison.Of(StatedAssessment.Of(Flagged, []) with { InputsDigest = "sha-256:other" }, Flagged);
        Assert.Empty(comparison.Differences);
        Assert.False(comparison.Agreement);
    }

    [Fact]
    public void A_stated_assessment_is_read_back_from_the_act()
    {
        var stated = StatedAssessment.Of(Flagged, ["retention-without-review"]);
        var read = Read(Json(stated));
        Assert.Empty(read.Faults);
        Assert.True(AssessmentComparison.Of(read.Value!, Flagged).Agreement);
        Assert.Equal(["retention-without-review"], read.Value!.Overrides);
    }

    [Fact]
    public void It_is_read_strictly()
    {
        foreach (var member in DraftSample.Members(Json(StatedAssessment.Of(Flagged, []))).Where(m => !char.IsDigit(m[^1])))
        {
            var spoilt = Json(StatedAssessment.Of(Flagged, []));
            DraftSample.Put(spoilt, member, null);
            Assert.Contains(Read(spoilt).Faults, f => f.Pointer == "/assessment" + member);
        }

        var json = Json(StatedAssessment.Of(Flagged, []));
        json["outcome"] = "Flag";
        json["packDigest"] = "abc";
        json["extra"] = 1;
        Assert.Equal(["/assessment/extra", "/assessment/outcome", "/assessment/packDigest"], Read(json).Faults.Select(f => f.Pointer).Order(StringComparer.Ordinal));
    }

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static JsonObject Json(StatedAssessment stated) => JsonSerializer.SerializeToNode(stated, Wire)!.AsObject();

    private static Domain.Reading<StatedAssessment> Read(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return StatedAssessment.Read(document.RootElement, "/assessment");
    }
}
