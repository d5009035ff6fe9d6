using System.Text;
using MlatExchange.Domain.Requests;

namespace MlatExchange.Specs.Requests;

public class RequestContentFaultSpecs
{
    [Fact]
    public void The_sample_itself_has_no_fault()
    {
        var read = DraftSample.Parse(DraftSample.Json());
        Assert.Empty(read.Faults);
        Assert.True(read.Sound);
    }

    /// <summary>Pointer of what is spoilt, the JSON put there (absent: removed), pointer of the fault where it is another, slug of its rule.</summary>
    public static TheoryData<string, string?, string, string> Faults => new()
    {
        { "/instrument", "\"XYZ\"", "/instrument", "unknown-code" },
        { "/instrument", "\"BILATERAL:XA-XC\"", "/instrument", "instrument-parties" },
        { "/instrument", null, "/instrument", "missing-member" },
        { "/instrument", "null", "/instrument", "wrong-type" },
        { "/addressee/jurisdiction", "\"XA\"", "/addressee/jurisdiction", "own-jurisdiction" },
        { "/addressee/jurisdiction", "\"xb\"", "/addressee/jurisdiction", "unknown-code" },
        { "/addressee", null, "/addressee", "missing-member" },
        { "/addressee", "\"xb-central\"", "/addressee", "wrong-type" },
        { "/issuer/jurisdiction", "\"XC\"", "/issuer/jurisdiction", "issuer-jurisdiction" },
        { "/issuer/kind", "\"minister\"", "/issuer/kind", "unknown-code" },
        { "/issuer/reference", "\" \"", "/issuer/reference", "malformed-text" },
        { "/legalBasis", "[]", "/legalBasis", "empty" },
        { "/legalBasis/1/jurisdiction", null, "/legalBasis/1/jurisdiction", "missing-member" },
        { "/legalBasis/0/instrument", "\"TREATY\"", "/legalBasis/0/instrument", "unknown-code" },
        { "/offence/statute", null, "/offence/statute", "missing-member" },
        { "/offence/maxPenaltyMonths", "-1", "/offence/maxPenaltyMonths", "out-of-range" },
        { "/offence/maxPenaltyMonths", "\"60\"", "/offence/maxPenaltyMonths", "wrong-type" },
        { "/offence/maxPenaltyMonths", "36.5", "/offence/maxPenaltyMonths", "wrong-type" },
        { "/offence/annexCategory", "\"jaywalking\"", "/offence/annexCategory", "unknown-code" },
        { "/offence/directive", "\"Article 5 of 2011/93\"", "/offence/directive", "unknown-code" },
        { "/offence/viaInformationSystem", "\"unknown\"", "/offence/viaInformationSystem", "wrong-type" },
        { "/proceedings", "\"civil\"", "/proceedings", "unknown-code" },
        { "/urgency/kind", "\"very\"", "/urgency/kind", "unknown-code" },
        { "/urgency/threat", "\"to-property\"", "/urgency/threat", "unknown-code" },
        { "/persons/0/ref", "\"P 1\"", "/persons/0/ref", "malformed-reference" },
        { "/persons/1/ref", "\"p1\"", "/persons/1/ref", "duplicate-reference" },
        { "/persons/1/role", "\"witness\"", "/persons/1/role", "category-role" },
        { "/persons/1/identity", "{\"name\":\"A Name\"}", "/persons/1/identity", "victim-identity" },
        { "/persons/0/identity", "{}", "/persons/0/identity", "empty" },
        { "/persons/0/identity/nickname", "\"x\"", "/persons/0/identity/nickname", "unknown-member" },
        { "/persons/0/identity/birthDate", "\"28.2.1990\"", "/persons/0/identity/birthDate", "malformed-date" },
        { "/persons/0/residence", null, "/persons/0/residence", "missing-member" },
        { "/items", "[]", "/items", "empty" },
        { "/items", null, "/items", "missing-member" },
        { "/items/1/ref", "\"i1\"", "/items/1/ref", "duplicate-reference" },
        { "/items/0/person", "\"p9\"", "/items/0/person", "undeclared-person" },
        { "/items/0/dataCategory", "\"location\"", "/items/0/dataCategory", "unknown-code" },
        { "/items/0/identifier", null, "/items/0/identifier", "missing-member" },
        { "/items/0/to", "\"2025-12-31\"", "/items/0/to", "reversed-range" },
        { "/items/0/from", "\"2026-02-30\"", "/items/0/from", "malformed-date" },
        { "/items/0/options/0", "\"USER_INFORMATION\"", "/items/0/options/0", "unknown-code" },
        { "/items/1/options/1", "\"USER_INFORMATION\"", "/items/1/options/1", "duplicate-reference" },
        { "/retention", null, "/retention", "missing-terms" },
        { "/retention/maximumDays", null, "/retention/maximumDays", "missing-member" },
        { "/retention/maximumDays", "0", "/retention/maximumDays", "out-of-range" },
        { "/retention/trigger", "\"never\"", "/retention/trigger", "unknown-code" },
        { "/conditions/0/type", "\"BeNice\"", "/conditions/0/type", "unknown-code" },
        { "/conditions/1/items/1", "\"i9\"", "/conditions/1/items/1", "undeclared-item" },
        { "/conditions/1", "{\"type\":\"DeleteBy\",\"items\":[\"i1\"]}", "/conditions/1/value", "missing-member" },
        { "/conditions/1", "{\"type\":\"ReviewBy\",\"value\":\"soon\",\"items\":[\"i1\"]}", "/conditions/1/value", "malformed-value" },
        { "/conditions/1", "{\"type\":\"ReportUse\",\"value\":\"90 days\",\"items\":[\"i1\"]}", "/conditions/1/value", "malformed-value" },
        { "/notice", null, "/notice", "missing-member" },
        { "/language", "\"English\"", "/language", "unknown-code" },
        { "/facts/text", "\"\"", "/facts/text", "empty" },
        { "/necessity/purpose", "\"curiosity\"", "/necessity/purpose", "unknown-code" },
        { "/validatingAuthority", "\"The Judge\"", "/validatingAuthority", "unknown-code" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_named_with_its_member_and_its_rule(string spoilt, string? json, string faulty, string rule)
    {
        var draft = DraftSample.Json();
        DraftSample.Put(draft, spoilt, json);
        var read = DraftSample.Parse(draft);
        Assert.Null(read.Value);
        Assert.Contains(read.Faults, f => (f.Pointer, f.Rule) == (faulty, rule));
        // What refers to a reference that is lost is a fault of its own.
        Assert.Single(read.Faults, f => f.Rule is not ("undeclared-person" or "undeclared-item") || f.Pointer == faulty);
    }

    [Fact]
    public void Every_object_refuses_a_member_nobody_knows()
    {
        foreach (var at in DraftSample.Objects(DraftSample.Json()))
        {
            var draft = DraftSample.Json();
            DraftSample.At(draft, at)["a~b/c"] = 1;
            Assert.Contains(DraftSample.Parse(draft).Faults, f => f.Pointer == $"{at}/a~0b~1c" && f.Rule == "unknown-member");
        }
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var draft = DraftSample.Json();
        DraftSample.Put(draft, "/instrument", "\"XYZ\"");
        DraftSample.Put(draft, "/items/0/to", "\"2025-12-31\"");
        DraftSample.Put(draft, "/retention", null);
        DraftSample.Put(draft, "/colour", "\"red\"");
        Assert.Equal(
            ["/colour", "/instrument", "/items/0/to", "/retention"], DraftSample.Parse(draft).Faults.Select(f => f.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_fault_repeats_what_was_entered()
    {
        foreach (var member in DraftSample.Members(DraftSample.Json()))
        {
            var draft = DraftSample.Json();
            DraftSample.Put(draft, member, "\"SECRET of a person\"");
            Assert.DoesNotContain(DraftSample.Parse(draft).Faults, f => f.Sentence.Contains("SECRET", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_kind_of_value_anywhere_is_an_exception()
    {
        foreach (var member in DraftSample.Members(DraftSample.Json()))
        {
            foreach (var json in new[] { "null", "0", "1e400", "-5", "true", "\"\"", "\"\\ud800\"", "[]", "[null]", "[[]]", "{}", "{\"x\":{}}" })
            {
                var text = Spoil(member, json);
                var read = RequestContent.Parse(Encoding.UTF8.GetBytes(text), "XA");
                Assert.Equal(read.Value is null, read.Faults.Count > 0);
            }
        }
    }

    [Theory]
    [InlineData("{\"instrument\":\"EEV\",\"instrument\":\"EIO\"}", "/instrument", "duplicate-member")]
    [InlineData("{", "", "malformed-json")]
    [InlineData("{} {}", "", "malformed-json")]
    [InlineData("[]", "", "wrong-type")]
    [InlineData("", "", "malformed-json")]
    [InlineData("{\"\\ud800\":1}", "", "malformed-json")]
    public void A_document_that_is_not_one_request_is_refused(string text, string faulty, string rule) =>
        Assert.Contains(RequestContent.Parse(Encoding.UTF8.GetBytes(text), "XA").Faults, f => (f.Pointer, f.Rule) == (faulty, rule));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.Equal("malformed-json", Assert.Single(RequestContent.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, "XA").Faults).Rule);

    [Fact]
    public void What_is_too_long_or_too_much_is_refused()
    {
        var draft = DraftSample.Json();
        DraftSample.Put(draft, "/items/0/identifier", $"\"{new string('x', 401)}\"");
        Assert.Equal("too-long", Assert.Single(DraftSample.Parse(draft).Faults).Rule);

        var many = DraftSample.Json();
        for (var i = 0; i < 200; i++)
        {
            var item = many["items"]![1]!.DeepClone();
            item["ref"] = $"x{i}";
            many["items"]!.AsArray().Add(item);
        }

        Assert.Contains(DraftSample.Parse(many).Faults, f => (f.Pointer, f.Rule) == ("/items", "too-many"));
        Assert.Equal("too-long", Assert.Single(RequestContent.Parse(new byte[(256 * 1024) + 1], "XA").Faults).Rule);
    }

    private static string Spoil(string member, string json)
    {
        var draft = DraftSample.Json();
        DraftSample.Put(draft, member, "\"@@@\"");
        return draft.ToJsonString().Replace("\"@@@\"", json, StringComparison.Ordinal);
    }
}
