using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Specs.Requests;

namespace MlatExchange.Specs.RulePacks;

public class RulePackLoaderSpecs
{
    [Theory]
    [InlineData("eev@1", "EEV")]
    [InlineData("bc29@1", "BC29")]
    [InlineData("eev@2", "EEV")]
    [InlineData("bc29@2", "BC29")]
    [InlineData("bc31@1", "BC31")]
    [InlineData("eio@1", "EIO")]
    [InlineData("2ap7@1", "2AP7")]
    [InlineData("2ap8@1", "2AP8")]
    [InlineData("2ap9@1", "2AP9")]
    [InlineData("2ap10@1", "2AP10")]
    [InlineData("untoc@1", "UNTOC")]
    [InlineData("bilateral-xa-xc@1", "BILATERAL:XA-XC")]
    [InlineData("eev@3", "EEV")]
    [InlineData("bc29@3", "BC29")]
    [InlineData("bc31@2", "BC31")]
    [InlineData("eio@2", "EIO")]
    [InlineData("2ap7@2", "2AP7")]
    [InlineData("2ap8@2", "2AP8")]
    [InlineData("2ap9@2", "2AP9")]
    [InlineData("2ap10@2", "2AP10")]
    [InlineData("untoc@2", "UNTOC")]
    [InlineData("bilateral-xa-xc@2", "BILATERAL:XA-XC")]
    public void The_packs_of_the_repository_are_sound_and_named_by_their_bytes(string name, string instrument)
    {
        var pack = Packs.Load(name);
        Assert.Equal((name, instrument), (pack.Name, pack.Instrument));
        Assert.Equal("sha-256:" + System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Packs.Bytes(name))), pack.Digest);
    }

    [Fact]
    public void Every_pack_file_in_the_folder_is_sound()
    {
        foreach (var file in Directory.GetFiles(Packs.Folder, "*@*.json"))
        {
            var read = RulePackLoader.Load(File.ReadAllBytes(file));
            Assert.Empty(read.Faults);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), read.Value!.Name);
        }
    }

    [Fact]
    public void The_template_for_a_treaty_becomes_a_pack_when_the_two_parties_are_put_in()
    {
        var template = File.ReadAllText(Path.Combine(Packs.Folder, "bilateral.template.json"));
        var filled = template.Replace("XX-YY", "XB-XC", StringComparison.Ordinal).Replace("xx-yy", "xb-xc", StringComparison.Ordinal);
        var read = RulePackLoader.Load(Encoding.UTF8.GetBytes(filled));
        Assert.Empty(read.Faults);
        Assert.Equal(("bilateral-xb-xc@1", "BILATERAL:XB-XC"), (read.Value!.Name, read.Value.Instrument));
    }

    /// <summary>What is spoilt in eev@1, the JSON put there (absent: removed), pointer of the fault, slug of its rule.</summary>
    public static TheoryData<string, string?, string, string> Faults => new()
    {
        { "/id", "\"E E V\"", "/id", "malformed-slug" },
        { "/version", "0", "/version", "out-of-range" },
        { "/instrument", "\"ZZZ\"", "/instrument", "unknown-code" },
        { "/validUntil", null, "/validUntil", "missing-member" },
        { "/validUntil", "\"2027-13-01\"", "/validUntil", "malformed-date" },
        { "/reviewBy", "\"2029-01-01\"", "/reviewBy", "reversed-range" },
        { "/impactAssessment", null, "/impactAssessment", "missing-member" },
        { "/surprise", "1", "/surprise", "unknown-member" },
        { "/emergency", null, "/emergency", "missing-member" },
        { "/emergency/threats/0", "\"unknown\"", "/emergency/threats/0", "unknown-code" },
        { "/rules/0/kind", "\"expression\"", "/rules/0/kind", "unknown-code" },
        { "/rules/0", "{}", "/rules/0/kind", "missing-member" },
        { "/rules/1/slug", "\"pack-expired\"", "/rules/1/slug", "duplicate-slug" },
        { "/rules/0/certainty", "\"sure\"", "/rules/0/certainty", "unknown-code" },
        { "/rules/0/onFailure", "\"pass\"", "/rules/0/onFailure", "unknown-code" },
        { "/rules/0/source", null, "/rules/0/source", "missing-member" },
        { "/rules/0/parameters", "{\"days\":3}", "/rules/0/parameters/days", "unknown-member" },
        { "/rules/0/script", "\"return true\"", "/rules/0/script", "unknown-member" },
        { "/rules/0/sentence/fail", null, "/rules/0/sentence/fail", "missing-sentence" },
        { "/rules/0/sentence/fail/fr", null, "/rules/0/sentence/fail/fr", "missing-member" },
        { "/rules/0/sentence/perhaps", "{\"en\":\"x\",\"fr\":\"x\"}", "/rules/0/sentence/perhaps", "unknown-member" },
        { "/rules/0/sentence/fail/en", "\"on {date}\"", "/rules/0/sentence/fail/en", "unknown-placeholder" },
        { "/rules/0/sentence/fail/en", "\"on {day\"", "/rules/0/sentence/fail/en", "malformed-sentence" },
        { "/rules/2/kind", "\"third-parties\"", "/rules", "missing-rule-kind" },
        { "/rules/4/parameters/categories/0", "\"dreams\"", "/rules/4/parameters/categories/0", "unknown-code" },
        { "/rules/6/items", null, "/rules/6/items", "missing-member" },
        { "/rules/6/items/measures/0", "\"seize\"", "/rules/6/items/measures/0", "unknown-code" },
        { "/rules/6/parameters/issuers", "[]", "/rules/6/parameters/issuers", "empty" },
        { "/rules/6/parameters/emergencyBeforeValidation", null, "/rules/6/parameters/emergencyBeforeValidation", "missing-member" },
        { "/rules/6/parameters", null, "/rules/6/parameters/issuers", "missing-member" },
        { "/terms", null, "/terms", "missing-member" },
        { "/terms/watch", null, "/terms/watch", "missing-member" },
        { "/terms/watch/hours", null, "/terms/watch", "one-unit" },
        { "/terms/watch/days", "2", "/terms/watch", "one-unit" },
        { "/terms/deadlines/0/when", "\"sometimes\"", "/terms/deadlines/0/when", "unknown-code" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_named_with_its_member_and_its_rule(string spoilt, string? json, string faulty, string rule)
    {
        var pack = Pack();
        DraftSample.Put(pack, spoilt, json);
        var read = RulePackLoader.Load(Encoding.UTF8.GetBytes(pack.ToJsonString()));
        Assert.Null(read.Value);
        Assert.Contains(read.Faults, f => (f.Pointer, f.Rule) == (faulty, rule));
    }

    [Fact]
    public void A_threshold_without_a_penalty_and_a_deadline_without_its_rule_are_faults()
    {
        var pack = Pack();
        var threshold = pack["rules"]!.AsArray().Single(r => (string?)r!["slug"] == "offence-threshold")!;
        threshold["parameters"]!["branches"]!.AsArray().RemoveAt(0);
        pack["rules"]!.AsArray().Remove(pack["rules"]!.AsArray().Single(r => (string?)r!["slug"] == "notify-enforcing-authority"));
        var faults = RulePackLoader.Load(Encoding.UTF8.GetBytes(pack.ToJsonString())).Faults;
        Assert.Equal(["missing-branch", "missing-rule-kind"], faults.Select(f => f.Rule).Order());
    }

    [Fact]
    public void What_is_not_a_JSON_document_is_no_pack()
    {
        Assert.Equal("malformed-json", Assert.Single(RulePackLoader.Load("{"u8.ToArray()).Faults).Rule);
        Assert.Equal("malformed-json", Assert.Single(RulePackLoader.Load(new byte[] { 0xFF }).Faults).Rule);
        Assert.Equal("wrong-type", Assert.Single(RulePackLoader.Load("[]"u8.ToArray()).Faults).Rule);
        Assert.Equal("too-long", Assert.Single(RulePackLoader.Load(new byte[(256 * 1024) + 1]).Faults).Rule);
    }

    [Fact]
    public void No_kind_of_value_anywhere_is_an_exception()
    {
        foreach (var member in DraftSample.Members(Pack()).Where(m => !m.Contains("/sentence/", StringComparison.Ordinal)))
        {
            var pack = Pack();
            DraftSample.Put(pack, member, "\"@@@\"");
            var text = pack.ToJsonString();
            foreach (var json in new[] { "null", "7", "\"\\ud800\"", "[]", "{}" })
            {
                var read = RulePackLoader.Load(Encoding.UTF8.GetBytes(text.Replace("\"@@@\"", json, StringComparison.Ordinal)));
                Assert.Equal(read.Value is null, read.Faults.Count > 0);
            }
        }
    }

    [Fact]
    public void Every_kind_of_the_schema_is_one_the_loader_knows_and_the_page_describes()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Packs.Folder, "rule-pack.schema.json")))!;
        var page = File.ReadAllText(Path.Combine(Packs.Folder, "README.md"));
        foreach (var kind in schema["$defs"]!["rule"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(k => (string)k!))
        {
            var pack = Pack();
            pack["rules"]![4]!["kind"] = kind;
            var faults = RulePackLoader.Load(Encoding.UTF8.GetBytes(pack.ToJsonString())).Faults;
            Assert.DoesNotContain(faults, f => f.Pointer == "/rules/4/kind");
            Assert.Contains($"`{kind}`", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_newest_pack_of_an_instrument_is_applied_and_older_ones_stay_known()
    {
        var second = Packs.Eev with { Version = 4, Digest = "sha-256:second" };
        var set = new RulePackSet([Packs.Eev, Packs.Bc29, second with { }, Packs.Eev]);
        Assert.Equal(4, set.For("EEV")!.Version);
        Assert.Null(set.For("EIO"));
        Assert.Same(Packs.Eev, set.FindDigest(Packs.Eev.Digest));
        Assert.Same(Packs.Bc29, set.Find("bc29@3"));
        Assert.Equal(3, set.All.Count);
    }

    [Fact]
    public void Two_files_that_claim_the_same_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new RulePackSet([Packs.Eev, Packs.Eev with { Digest = "sha-256:other" }]));

    private static JsonObject Pack() => JsonNode.Parse(Packs.Bytes("eev@1"))!.AsObject();
}
