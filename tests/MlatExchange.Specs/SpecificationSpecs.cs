using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs;

/// <summary>The rules as a lawyer reads them: a changed rule is a changed sentence in the diff.</summary>
public sealed class SpecificationSpecs
{
    [Fact]
    public void The_printed_rules_are_the_approved_ones() => Approved.Holds(
        "specifications.txt",
        string.Join('\n', ["The rules of procedure, printed by the specs that prove them. Times are UTC; officials are pseudonyms.", .. SpecificationRun.Lines, ""]));

    [Fact]
    public void Every_rule_is_broken_in_some_spec()
    {
        var rules = typeof(MlatExchange.Domain.Rule).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Rules", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetFields().Where(field => field.FieldType == typeof(MlatExchange.Domain.Rule)))
            .Select(field => (MlatExchange.Domain.Rule)field.GetValue(null)!)
            .ToList();
        Assert.True(rules.Count > 60, "the rules are no longer found by their name");
        var printed = SpecificationRun.Lines.ToHashSet();
        Assert.DoesNotContain(rules, rule => !printed.Contains($"    then  not permitted ({rule.Slug}): {rule.Sentence} [{rule.Source}]"));
    }
}
