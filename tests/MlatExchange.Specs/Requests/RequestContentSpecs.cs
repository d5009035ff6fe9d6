using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public class RequestContentSpecs
{
    public static TheoryData<string> Cases => new(CaseFile.Numbers);

    [Theory, MemberData(nameof(Cases))]
    public void Every_case_is_read_verbatim(string number)
    {
        var file = CaseFile.Load(number);
        var read = RequestContent.Parse(file.Bytes, "XA");
        Assert.Empty(read.Faults);
        Assert.Equal(file.Request["items"]!.AsArray().Count, read.Value!.Selectors.Count);
        Assert.Equal((string?)file.Request["issuer"]!["reference"], read.Value.Reference);
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_identifies_or_is_free_text_never_reaches_the_facts(string number)
    {
        var file = CaseFile.Load(number);
        file.Request["persons"]![0]!["identity"] = number == "08" ? null : new JsonObject { ["name"] = "Name Of A Person" };
        file.Request["custodian"] = "Custodian Of The Data";
        file.Request["facts"] = new JsonObject { ["text"] = "What Happened", ["language"] = "en" };
        file.Request["urgency"]!["grounds"] = "Why Now";
        var content = RequestContent.Parse(file.Bytes, "XA").Value!;
        var facts = Encoding.UTF8.GetString(CanonicalFacts.Bytes(content.ToFacts()));
        foreach (var secret in content.Selectors.SelectMany(s => new[] { s.Identifier, s.Service! }).Concat(
            [content.Reference, content.Statute, "Name Of", "Custodian", "What Happened", "Why Now", .. content.Texts.ConditionValues.Values]))
            Assert.DoesNotContain(secret, facts, StringComparison.Ordinal);
        Assert.True(content.Facts.FactsStated);
        Assert.True(content.Facts.CustodianStated);
        Assert.True(content.Facts.Urgency.GroundsStated);
        Assert.Equal("Custodian Of The Data", content.Texts.Custodian);
        Assert.Equal("Why Now", content.Texts.UrgencyGrounds);
        Assert.Equal("What Happened", content.Texts.Facts!.Text);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_facts_survive_the_wire_unchanged(string number)
    {
        var facts = RequestContent.Parse(CaseFile.Load(number).Bytes, "XA").Value!.ToFacts();
        var bytes = CanonicalFacts.Bytes(facts);
        using var wire = JsonDocument.Parse(bytes);
        var read = RequestFactsReader.Read(wire.RootElement, "/request");
        Assert.Empty(read.Faults);
        Assert.Equal(bytes, CanonicalFacts.Bytes(read.Value!));
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_framework_s_camel_case_writes_the_same_members(string number)
    {
        var facts = RequestContent.Parse(CaseFile.Load(number).Bytes, "XA").Value!.ToFacts();
        var node = JsonSerializer.SerializeToNode(facts, JsonSerializerOptions.Web);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(CanonicalFacts.Bytes(facts)), node));
        var back = JsonSerializer.Deserialize<RequestFacts>(node, JsonSerializerOptions.Web)!;
        Assert.Equal(CanonicalFacts.Bytes(facts), CanonicalFacts.Bytes(back));
    }

    [Fact]
    public void An_item_asks_for_production_unless_it_says_otherwise_and_under_Budapest_29_for_preservation()
    {
        Assert.Equal("produce", RequestContent.Parse(CaseFile.Load("01").Bytes, "XA").Value!.Facts.Items[0].Measure);
        var preservation = CaseFile.Load("07");
        preservation.Request["items"]![0]!.AsObject().Remove("measure");
        Assert.Equal("preserve", RequestContent.Parse(preservation.Bytes, "XA").Value!.Facts.Items[0].Measure);
    }

    [Fact]
    public void Optional_members_left_out_are_declared_to_be_none()
    {
        var facts = RequestContent.Parse(CaseFile.Load("01").Bytes, "XA").Value!.Facts;
        Assert.False(facts.FactsStated);
        Assert.False(facts.CustodianStated);
        Assert.Null(facts.Offence.Nature);
        Assert.False(facts.Persons[0].Minor);
        Assert.Contains("\"minor\":false", Encoding.UTF8.GetString(CanonicalFacts.Bytes(facts)), StringComparison.Ordinal);
    }
}
