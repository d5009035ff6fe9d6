using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs;

/// <summary>
/// What was ever published of an event stays readable: the first example and the shape of each name. MLAT_WRITE_CONTRACTS=1 adds the files of a new name, and
/// what a shape has gained; it rewrites nothing.
/// </summary>
public sealed class FrozenEventSpecs
{
    private const string Folder = "events/frozen/";
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };

    public static TheoryData<string> Names => [.. EventNames.Domain.Values.Select(name => name.Name).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void What_was_first_published_is_read_and_written_again_as_it_stands(string name)
    {
        var path = Path($"{name}.json");
        if (Approved.Writing && !File.Exists(path))
            File.WriteAllText(path, JsonSerializer.Serialize(EventContractSpecs.Example(Type(name)), Type(name), Indented) + "\n");

        var frozen = Read(path);
        var read = JsonSerializer.Deserialize(frozen, Type(name), EventJson.Options);

        Assert.True(JsonNode.DeepEquals(frozen, JsonSerializer.SerializeToNode(read, Type(name), EventJson.Options)), $"{name}: what was read is not what was written then");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_shape_has_only_gained_optional_members_and_codes(string name)
    {
        var (path, now) = (Path($"{name}.schema.json"), EventShape.Of(Type(name), name));
        if (Approved.Writing && (!File.Exists(path) || Faults(Read(path), now).Count == 0))
            File.WriteAllText(path, now.ToJsonString(Indented) + "\n");

        Assert.Equal([], Faults(Read(path), now));
        Assert.True(JsonNode.DeepEquals(Read(path), now), $"{name} has gained a member or a code; MLAT_WRITE_CONTRACTS=1 adds it to the frozen shape");
    }

    /// <summary>The earlier reader knows the frozen shape: what it needs is there, and of the kind it expects.</summary>
    [Theory, MemberData(nameof(Names))]
    public void What_is_written_now_is_read_by_an_earlier_build(string name) =>
        Assert.Equal([], EventShape.Misfits(Read(Path($"{name}.schema.json")), JsonSerializer.SerializeToNode(EventContractSpecs.Example(Type(name)), Type(name), EventJson.Options)));

    [Fact]
    public void Nothing_is_frozen_that_the_domain_no_longer_names() => Assert.Equal(
        EventNames.Domain.Values.Select(name => name.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Approved.PathOf(Folder)).Select(file => System.IO.Path.GetFileName(file).Replace(".schema.json", "", StringComparison.Ordinal).Replace(".json", "", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"]}}}""", 0)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"]},"c":{"type":["integer","null"]}}}""", 0)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"]},"c":{"type":"integer"}}}""", 1)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", 1)]
    [InlineData("""{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":["string","null"]}}}""", 1)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":["string","null"]}}}""", 1)]
    public void A_shape_may_gain_what_is_optional_and_nothing_else(string now, int faults) => Assert.Equal(
        faults, Faults(JsonNode.Parse("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"]}}}""")!, JsonNode.Parse(now)!).Count);

    [Theory]
    [InlineData("""{"enum":["x","y","z"]}""", 0)]
    [InlineData("""{"enum":["x","z"]}""", 1)]
    public void Codes_may_come_and_none_may_go(string now, int faults) => Assert.Equal(faults, Faults(JsonNode.Parse("""{"enum":["x","y"]}""")!, JsonNode.Parse(now)!).Count);

    [Theory]
    [InlineData("""{"a":"x","later":true}""", 0)]
    [InlineData("""{"a":"x","n":[1]}""", 0)]
    [InlineData("""{"a":1}""", 1)]
    [InlineData("""{"n":[1]}""", 1)]
    [InlineData("""{"a":"x","n":["1"]}""", 1)]
    public void An_earlier_reader_passes_over_what_it_does_not_know_and_misses_what_it_needs(string written, int misfits) => Assert.Equal(
        misfits, EventShape.Misfits(JsonNode.Parse("""{"type":"object","properties":{"a":{"type":"string"},"n":{"type":["array","null"],"items":{"type":"integer"}}}}""")!, JsonNode.Parse(written)).Count);

    private static List<string> Faults(JsonNode frozen, JsonNode now) => EventShape.Faults(frozen, now);

    private static Type Type(string name) => EventNames.Domain.Single(pair => pair.Value.Name == name).Key;

    private static string Path(string file) => Approved.PathOf(Folder + file);

    private static JsonNode Read(string path)
    {
        Assert.True(File.Exists(path), $"{System.IO.Path.GetRelativePath(Tree.Root, path)} is missing; MLAT_WRITE_CONTRACTS=1 writes it");
        return JsonNode.Parse(File.ReadAllText(path))!;
    }
}
