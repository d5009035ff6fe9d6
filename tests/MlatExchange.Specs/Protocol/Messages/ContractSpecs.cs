using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Verification;

namespace MlatExchange.Specs.Protocol.Messages;

/// <summary>Pages, schemas and examples in <c>contracts/messages</c> agree with the code, and the code with them.</summary>
public class ContractSpecs
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static ContractSpecs()
    {
        // Examples carry random signatures, so they are written once and kept.
        foreach (var act in Approved.Writing ? Examples.OfActs : [])
            WriteOnce($"messages/{act.Kind}.act.json", act.Payload);
        foreach (var draft in Approved.Writing ? Examples.OfMessages : [])
            WriteOnce($"messages/{draft.Body.Kind}.json", PayloadOf(draft.Sign()));
    }

    public static TheoryData<string> MessageKinds => [.. MessageKind.All.Select(kind => kind.Slug)];

    public static TheoryData<string> ActKinds => [.. ActKind.All.Select(kind => kind.Slug)];

    [Theory]
    [MemberData(nameof(MessageKinds))]
    public void Every_message_kind_has_its_published_schema(string slug) => HoldsSchema($"{slug}.schema.json", $"message:{slug}", MessageKind.Of(slug)!.Payload);

    [Theory]
    [MemberData(nameof(ActKinds))]
    public void Every_act_kind_has_its_published_schema(string slug) => HoldsSchema($"{slug}.act.schema.json", $"act:{slug}", ActKind.Of(slug)!.Payload);

    [Fact]
    public void Every_published_example_is_read_without_a_fault()
    {
        var read = 0;
        foreach (var path in Directory.GetFiles(Approved.PathOf("messages"), "*.json").Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal)))
        {
            var payload = Acts.Json(File.ReadAllText(path));
            var jws = CompactJws.Sign("x", File.ReadAllBytes(path), World.Key("xa/message"));
            var name = Path.GetFileName(path);
            var faults = name.EndsWith(".act.json", StringComparison.Ordinal)
                ? Act.Read(jws, "", ActKind.Of(name[..^".act.json".Length])!, payload).Faults
                : Message.Read(jws, "", MessageKind.Of(name[..^".json".Length])!, payload).Faults;
            Assert.True(faults.Count == 0, $"{name}: {string.Join("; ", faults)}");
            read++;
        }

        Assert.Equal(Examples.OfActs.Count() + Examples.OfMessages.Count(), read);
    }

    [Fact]
    public void Every_kind_with_an_example_has_a_page_that_names_its_type() => Assert.All(Examples.OfMessages.Select(draft => draft.Body.Kind), kind =>
    {
        var page = Approved.PathOf($"messages/{kind}.md");
        Assert.True(File.Exists(page), $"contracts/messages/{kind}.md is missing");
        Assert.Contains(kind.Typ, File.ReadAllText(page), StringComparison.Ordinal);
    });

    private static void HoldsSchema(string file, string name, Shape shape) => Approved.Holds($"messages/{file}", Text(writer => ShapeSchema.Write(writer, $"urn:mlat-exchange:{name}:1", name, shape)));

    private static void WriteOnce(string file, JsonElement payload)
    {
        Directory.CreateDirectory(Approved.PathOf("messages"));
        if (!File.Exists(Approved.PathOf(file)))
            File.WriteAllText(Approved.PathOf(file), Text(payload.WriteTo));
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
            write(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static JsonElement PayloadOf(string jws) => Acts.Json(Encoding.UTF8.GetString(Base64Url.TryDecode(jws.Split('.')[1], out var bytes) ? bytes : []));
}
