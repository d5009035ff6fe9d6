using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Assessment;

/// <summary>The Convention's three classes, the EU's four categories and national labels are never silently equal.</summary>
public class CategoryCrosswalkSpecs
{
    /// <summary>Category of the item, label beside it, and what comes of it under the EU's regulation.</summary>
    public static TheoryData<string, string?, Outcome, string> Labels => new()
    {
        { "content", null, Outcome.Pass, "no label says otherwise" },
        { "content", "EU:content-data", Outcome.Pass, "no label says otherwise" },
        { "content", "BC:content-data", Outcome.Pass, "no label says otherwise" },
        { "content", "XB:communications", Outcome.Pass, "no label says otherwise" },
        { "content", "BC:traffic-data", Outcome.Flag, "does not mean content data" },
        { "content", "XA:stored-data", Outcome.Flag, "does not mean content data" },
        { "traffic", "EU:identification-data", Outcome.Flag, "does not mean traffic data" },
        { "traffic", "BC:traffic-data", Outcome.Flag, "may mean more than traffic data" },
        { "subscriber", "BC:subscriber-information", Outcome.Flag, "may mean more than subscriber data" },
        { "identification", "BC:subscriber-information", Outcome.Flag, "may mean more than identification data" },
        { "identification", "BC:traffic-data", Outcome.Flag, "may mean more than identification data" },
        { "traffic", "XC:metadata", Outcome.Flag, "may mean more than traffic data" },
        { "content", "XD:something", Outcome.Flag, "is not known here" },
    };

    [Theory, MemberData(nameof(Labels))]
    public void A_label_of_another_scheme_passes_only_when_it_means_the_same_and_nothing_else(string category, string? label, Outcome outcome, string says)
    {
        var facts = Assessed.Eev.ContentOnly().Item(i => i with { DataCategory = category, Label = label });
        var finding = facts.Says("category-crosswalk", outcome);
        Assert.Contains(says, finding.Sentence, StringComparison.Ordinal);
        Assert.Equal(outcome == Outcome.Pass ? [] : ["i1"], finding.Items);
    }

    [Theory]
    [InlineData("BC29")]
    [InlineData("BC31")]
    public void Identification_data_are_no_class_of_the_Convention(string instrument)
    {
        var facts = Assessed.Under(instrument).Item(i => i with { DataCategory = "identification" });
        var finding = Assessed.Of(facts, Assessed.InForce).Finding("category-crosswalk");
        Assert.Equal(Outcome.Flag, finding.Outcome);
        Assert.Equal(["i1"], finding.Items);
        Assert.Contains("subscriber-information, traffic-data, content-data", finding.Sentence, StringComparison.Ordinal);
        Assert.Contains("items/i1/dataCategory=identification label=none", finding.Facts);
    }

    [Fact]
    public void A_mismatch_is_told_before_a_doubt_and_both_items_are_named()
    {
        var facts = Assessed.Eev with { Items = [Assessed.Eev.Items[0] with { Label = "XA:stored-data" }, Assessed.Eev.Items[1] with { Label = "BC:subscriber-information" }] };
        var finding = Assessed.Of(facts).Finding("category-crosswalk");
        Assert.Contains("does not mean", finding.Sentence, StringComparison.Ordinal);
        Assert.Equal(["i1", "i2"], finding.Items);
    }
}
