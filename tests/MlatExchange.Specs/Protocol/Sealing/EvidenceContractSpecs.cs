using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Jose;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Sealing;

/// <summary>The vector and the examples of contracts/evidence.</summary>
public sealed class EvidenceContractSpecs
{
    private const string Ref = "i1";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
    private static readonly EcKey Tool = EcKey.Generate(Keys.Drawn("example tool"));

    [Fact]
    public void Sealing_with_the_randomness_of_the_vector_gives_the_file_of_the_vector()
    {
        var random = Keys.Drawn("sealing vector");
        var (shares, key, salt) = (ItemShares.Draw(random), new byte[32], new byte[24]);
        random(key);
        random(salt);
        var content = Encoding.UTF8.GetBytes("What was said, and nothing else.\n");
        using var source = new MemoryStream(content);
        using var file = new MemoryStream();
        var item = ItemSealing.Seal(
            shares, SealingContext.Of(SealedSample.Node, SealedSample.Transfer, Ref), key, salt.CopyTo, content.Length, source.Read, file.Write);
        Approved.Holds("evidence/sealing.vector.json", JsonSerializer.Serialize(
            new
            {
                supplier = SealedSample.Node,
                transfer = SealedSample.Transfer,
                @ref = Ref,
                context = Encoding.UTF8.GetString(SealingContext.Of(SealedSample.Node, SealedSample.Transfer, Ref)),
                shareA = Base64Url.Encode(shares.A),
                shareB = Base64Url.Encode(shares.B),
                inputKey = Base64Url.Encode(shares.InputKey()),
                commitmentKey = Base64Url.Encode(key),
                salt = Base64Url.Encode(salt),
                content = Base64Url.Encode(content),
                size = item.PaddedLength,
                @sealed = Base64Url.Encode(file.ToArray()),
                digest = new Digest(item.Digest).ToString(),
                commitment = Base64Url.Encode(item.Commitment),
                nodeShareDigest = Digest.Of(shares.B).ToString(),
            },
            Indented) + "\n");
    }

    [Fact]
    public void The_example_of_a_custody_record_is_read_and_has_its_schema()
    {
        var (text, payload) = (Approved.PathOf("evidence/custody.example.jwt"), Approved.PathOf("evidence/custody.example.json"));
        if (Approved.Writing && !File.Exists(text))
        {
            var made = new CustodyRecord(
                2, SealedSample.Transfer, Ref, CustodyAction.Opened, Acts.Id("copy"), CustodyCopy.OpenedCopy, CustodyState.Unknown, new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero),
                Acts.DigestOf("sealed file"), null, "mlat/1", Tool.Public, Acts.DigestOf("act before"), "XA", "EEV 5(4)(b)", Exhibit: "A-17");
            File.WriteAllText(text, made.Sign(Tool));
            File.WriteAllText(payload, JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(made, StrictJson.Options))!.ToJsonString(Indented) + "\n");
        }
        Assert.True(CustodyRecord.TryRead(Tree.Read("contracts/evidence/custody.example.jwt").Trim(), out var record));
        Assert.Equal((CustodyAction.Opened, CustodyCopy.OpenedCopy, CustodyState.Unknown), (record.Action, record.What, record.State));
        Assert.True(CompactJws.TryRead(Tree.Read("contracts/evidence/custody.example.jwt").Trim(), CustodyRecord.Type, out var jws, out _));
        Assert.Equal(CanonicalJson.Of(Keys.Json(Tree.Read("contracts/evidence/custody.example.json"))), CanonicalJson.Of(Keys.Json(Encoding.UTF8.GetString(jws.Payload.Span))));
        SchemaAgrees.With("contracts/evidence/custody.schema.json", "contracts/evidence/custody.example.json");
    }

    [Theory]
    [InlineData("transfer", "short")]
    [InlineData("copy", "short")]
    [InlineData("ref", "../i1")]
    [InlineData("schemaVersion", 3)]
    [InlineData("action", "looked-at")]
    [InlineData("extra", 1)]
    public void A_record_of_another_form_is_refused_however_well_it_is_signed(string member, object value)
    {
        var payload = JsonNode.Parse(Tree.Read("contracts/evidence/custody.example.json"))!.AsObject();
        payload["key"] = JsonNode.Parse(Tool.PublicJwk);
        Assert.True(CustodyRecord.TryRead(Signed(payload), out _));
        payload[member] = JsonValue.Create(value);
        Assert.False(CustodyRecord.TryRead(Signed(payload), out _));

        static string Signed(JsonObject payload) => CompactJws.Sign(CustodyRecord.Type, Encoding.UTF8.GetBytes(payload.ToJsonString()), Tool);
    }

    [Fact]
    public void The_example_of_a_transfer_comes_with_the_record_of_its_sealing()
    {
        var example = JsonNode.Parse(Tree.Read("contracts/http/transfer.example.json"))!;
        var item = example["items"]![0]!.AsObject();
        if (Approved.Writing && (!CustodyRecord.TryRead(item["custody"]!.GetValue<string>(), out var old) || old.Faults().Any()))
        {
            item["custody"] = new CustodyRecord(
                2, example["transfer"]!.GetValue<string>(), item["ref"]!.GetValue<string>(), CustodyAction.Sealed, Acts.Id("sealed copy"), CustodyCopy.SealedFile, CustodyState.Unknown,
                new(2026, 11, 19, 10, 0, 0, TimeSpan.Zero), Digest.Parse(item["digest"]!.GetValue<string>()), null, "mlat/1", Tool.Public, null, "XB", "XB Data Protection (Justice) Act 9").Sign(Tool);
            File.WriteAllText(Approved.PathOf("http/transfer.example.json"), example.ToJsonString(Indented) + "\n");
        }
        Assert.True(CustodyRecord.TryRead(item["custody"]!.GetValue<string>(), out var record));
        Assert.Empty(record.Faults());
        Assert.Equal((CustodyAction.Sealed, item["ref"]!.GetValue<string>(), item["digest"]!.GetValue<string>()), (record.Action, record.Ref, record.Sealed.ToString()));
    }

    [Fact]
    public void A_record_of_the_first_version_is_still_read_and_does_not_tell_an_act_in_full()
    {
        Assert.True(CustodyRecord.TryRead(Tree.Read("contracts/evidence/custody.v1.example.jwt").Trim(), out var record));
        Assert.Equal(1, record.SchemaVersion);
        Assert.Equal(["schemaVersion", "place", "basis"], record.Faults().Select(fault => fault.Member));
    }

    [Theory]
    [InlineData("place", "Cellar of the court", "place")]
    [InlineData("basis", "because we may", "basis")]
    [InlineData("tool", "the blue one", "tool")]
    [InlineData("purpose", "establish-the-facts", "purpose")]
    [InlineData("to", "XC", "to")]
    [InlineData("action", "analysed", "purpose")]
    [InlineData("state", "kept", "reference")]
    [InlineData("what", "transfer-key", "ref")]
    [InlineData("exhibit", "", "exhibit")]
    public void An_act_that_is_not_told_in_full_says_what_is_missing(string member, string value, string fault)
    {
        var payload = JsonNode.Parse(Tree.Read("contracts/evidence/custody.example.json"))!.AsObject();
        var record = payload.Deserialize<CustodyRecord>(StrictJson.Options)!;
        Assert.Empty(record.Faults());
        payload[member] = value;
        Assert.Contains(fault, payload.Deserialize<CustodyRecord>(StrictJson.Options)!.Faults().Select(found => found.Member));
    }

    [Fact]
    public void A_record_signed_by_another_key_than_it_names_is_refused()
    {
        var record = new CustodyRecord(
            1, SealedSample.Transfer, Ref, CustodyAction.Opened, Acts.Id("copy"), CustodyCopy.OpenedCopy, CustodyState.Unknown, DateTimeOffset.UnixEpoch, null, null, "mlat/1", Tool.Public);
        Assert.Throws<ArgumentException>(() => record.Sign(Keys.Bob));
        Assert.False(CustodyRecord.TryRead(CompactJws.Sign(CustodyRecord.Type, JsonSerializer.SerializeToUtf8Bytes(record, StrictJson.Options), Keys.Bob), out _));
    }
}
