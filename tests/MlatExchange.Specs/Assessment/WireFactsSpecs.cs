using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Specs.Requests;

namespace MlatExchange.Specs.Assessment;

public class WireFactsSpecs
{
    [Fact]
    public void Every_member_must_stand_in_the_signed_request()
    {
        foreach (var member in DraftSample.Members(Wire()).Where(m => !char.IsDigit(m[^1])))
        {
            var wire = Wire();
            DraftSample.Put(wire, member, null);
            Assert.Contains(Read(wire).Faults, f => f.Pointer == "/request" + member);
        }
    }

    [Fact]
    public void No_other_member_may_stand_there()
    {
        foreach (var at in DraftSample.Objects(Wire()))
        {
            var wire = Wire();
            DraftSample.At(wire, at)["extra"] = 1;
            Assert.Contains(Read(wire).Faults, f => f.Pointer == $"/request{at}/extra" && f.Rule == "unknown-member");
        }
    }

    [Fact]
    public void Members_stand_in_ascending_order_so_that_any_canonicaliser_agrees()
    {
        foreach (var at in DraftSample.Objects(Wire()))
        {
            var names = DraftSample.At(Wire(), at).AsObject().Select(m => m.Key).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
        }
    }

    [Fact]
    public void Text_is_escaped_as_little_as_JSON_allows()
    {
        var facts = DraftSample.Facts() with { Retention = new(1, "receipt", null, "release", "§ 12 \"é\" \\ \u0001\n\U0001F600") };
        var json = System.Text.Encoding.UTF8.GetString(CanonicalFacts.Bytes(facts));
        Assert.Contains("\"legalReference\":\"§ 12 \\\"é\\\" \\\\ \\u0001\\n\U0001F600\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_inputs_digest_is_SHA_256_of_the_canonical_bytes()
    {
        var facts = DraftSample.Facts();
        var expected = "sha-256:" + System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(CanonicalFacts.Bytes(facts)));
        Assert.Equal(expected, CanonicalFacts.Digest(facts));
    }

    [Fact]
    public void Every_change_of_a_fact_changes_the_inputs_digest()
    {
        var digests = new HashSet<string> { CanonicalFacts.Digest(DraftSample.Facts()) };
        var changes = new (string At, string Json)[]
        {
            ("/offence/maxPenaltyMonths", "61"), ("/offence/committedIn", "null"), ("/persons/1/minor", "false"), ("/items/0/from", "null"),
            ("/items/1/measure", "\"preserve\""), ("/sentence", "null"), ("/conditions/0/valueGiven", "false"), ("/intendsMutualAssistance", "null"),
        };
        foreach (var (at, json) in changes)
        {
            var wire = Wire();
            DraftSample.Put(wire, at, json);
            Assert.True(digests.Add(CanonicalFacts.Digest(Read(wire).Value!)), at);
        }
    }

    [Fact]
    public void A_request_between_others_than_the_treaty_s_parties_is_refused()
    {
        var wire = Wire();
        wire["instrument"] = "BILATERAL:XA-XC";
        Assert.Equal("instrument-parties", Assert.Single(Read(wire).Faults).Rule);
        wire["addressee"]!["jurisdiction"] = "XC";
        Assert.Empty(Read(wire).Faults);
    }

    private static JsonObject Wire() => JsonNode.Parse(CanonicalFacts.Bytes(DraftSample.Facts()))!.AsObject();

    private static Reading<RequestFacts> Read(JsonObject wire)
    {
        using var document = JsonDocument.Parse(wire.ToJsonString());
        return RequestFactsReader.Read(document.RootElement, "/request");
    }

    [Fact]
    public void A_member_added_later_changes_nothing_where_it_says_nothing()
    {
        var facts = DraftSample.Facts();
        Assert.DoesNotContain("infrastructure", Encoding.UTF8.GetString(CanonicalFacts.Bytes(facts)), StringComparison.Ordinal);
        var said = facts.Item(i => i with { Infrastructure = "professional-detrimental" });
        var json = JsonNode.Parse(CanonicalFacts.Bytes(said))!;
        Assert.Equal("professional-detrimental", RequestFactsReader.Read(json.Deserialize<JsonElement>(), "").Value!.Items[0].Infrastructure);
        json["items"]![0]!["infrastructure"] = null;
        Assert.NotEmpty(RequestFactsReader.Read(json.Deserialize<JsonElement>(), "").Faults);
    }
}
