using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol;

namespace MlatExchange.Specs.Assessment;

/// <summary>The conditions of 2AP Article 14 as data.</summary>
public sealed class ConditionTypesSpecs
{
    private const string File = "contracts/conditions/conditions.json";

    [Fact]
    public void The_file_has_its_schema_and_is_what_the_domain_was_built_with()
    {
        SchemaAgrees.With("contracts/conditions/conditions.schema.json", File, "/conditions/items/enforcedBy");
        Assert.Equal(ConditionTypes.All.Select(type => type.En), ConditionTypes.Load(Encoding.UTF8.GetBytes(Tree.Read(File))).Value!.Select(type => type.En));
        Assert.Equal(
            ["UseOnlyFor", "NoOnward", "OnwardWithConsent", "Confidential", "NotifySubjectAfter", "DeleteBy", "ReviewBy", "NoAutomatedDecision", "ReportUse", "SpecialCategory"],
            ConditionTypes.All.Select(type => type.Type));
    }

    [Fact]
    public void Each_says_what_shows_that_it_was_kept_and_one_that_a_clock_acts_on_is_of_a_form_it_can_read()
    {
        Assert.All(ConditionTypes.All, type => Assert.NotEmpty(type.EvidencedBy));
        Assert.All(ConditionTypes.All.Where(type => type.EnforcedBy.Contains("breach-timer")), type => Assert.NotNull(ConditionLimit.Read(type.Type, "P6M")));
        Assert.All(ConditionTypes.All.Where(type => type.Value != ConditionValue.DayOrTerm), type => Assert.Null(ConditionLimit.Read(type.Type, "P6M")));
        Assert.Equal("V", ConditionTypes.Of("ReportUse")!.Certainty);
    }

    [Theory]
    [InlineData("certainty", "\"sure\"", "unknown-code")]
    [InlineData("value", "\"poem\"", "unknown-code")]
    [InlineData("fr", null, "missing-member")]
    [InlineData("evidencedBy", "[]", "missing-member")]
    [InlineData("extra", "1", "unknown-member")]
    [InlineData("type", "\"NoOnward\"", "duplicate-slug")]
    public void A_fault_is_named_with_its_member(string member, string? value, string rule)
    {
        var file = JsonNode.Parse(Tree.Read(File))!;
        var at = member == "type" ? 2 : 0;
        if (value is null) file["conditions"]![at]!.AsObject().Remove(member);
        else file["conditions"]![at]![member] = JsonNode.Parse(value);
        var read = ConditionTypes.Load(Encoding.UTF8.GetBytes(file.ToJsonString()));
        Assert.Null(read.Value);
        Assert.Contains(read.Faults, fault => fault.Pointer == $"/conditions/{at}/{member}" && fault.Rule == rule);
    }
}
