using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Cli.Health;

/// <summary>Resources, datatypes and their elements as HL7 FHIR R4 (4.0.1) defines them: those that a minimised bundle may be made of (<c>contracts/evidence/health/structure.json</c>).</summary>
public sealed class R4Structure
{
    private readonly HashSet<string> resources;
    private readonly Dictionary<string, Dictionary<string, R4Member>> members;
    private readonly Dictionary<string, string[]> required;
    private readonly HashSet<string> names;

    private R4Structure(StructureFile file)
    {
        resources = [.. file.Resources];
        members = file.Types.ToDictionary(type => type.Key, type => type.Value.SelectMany(element => Members(element.Key, element.Value)).ToDictionary(member => member.Name, StringComparer.Ordinal), StringComparer.Ordinal);
        required = file.Types.ToDictionary(type => type.Key, type => type.Value.Where(element => element.Value.Min > 0).Select(element => element.Key).ToArray(), StringComparer.Ordinal);
        names = [.. members.Values.SelectMany(type => type.Keys)];
    }

    /// <summary>As it is built into the tool.</summary>
    public static R4Structure Embedded { get; } = new(EmbeddedJson.Read<StructureFile>("health/structure.json"));

    /// <summary>Whether R4 has a resource of that name.</summary>
    public bool IsResource(string type) => resources.Contains(type);

    /// <summary>Whether the elements of a type are known here: else it can only be removed whole.</summary>
    public bool Knows(string type) => members.ContainsKey(type);

    /// <summary>Whether any type has such an element; other names may not be repeated in messages, since a value may hide in them.</summary>
    public bool IsName(string member) => names.Contains(member.TrimStart('_'));

    public R4Member? Find(string type, string member) => members[type].GetValueOrDefault(member);

    /// <summary>Elements that must be there; a choice ends in <c>[x]</c>.</summary>
    public IReadOnlyList<string> Required(string type) => required[type];

    /// <summary>All members of a type.</summary>
    public IEnumerable<R4Member> Of(string type) => members[type].Values;

    private static IEnumerable<R4Member> Members(string name, ElementFacts facts) => name.EndsWith("[x]", StringComparison.Ordinal)
        ? facts.Types.Select(type => new R4Member(name[..^3] + char.ToUpperInvariant(type[0]) + type[1..], name, type, facts.Many, facts.Modifier, facts.Values))
        : [new(name, name, facts.Types[0], facts.Many, facts.Modifier, facts.Values)];

    internal sealed record StructureFile(string Source, IReadOnlyList<string> Resources, IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementFacts>> Types);

    internal sealed record ElementFacts(int Min, IReadOnlyList<string> Types, bool Many = false, bool Modifier = false, IReadOnlyList<string>? Values = null);
}

/// <param name="Name">As JSON has it, such as <c>valueQuantity</c>.</param>
/// <param name="Element">As R4 has it, such as <c>value[x]</c>.</param>
/// <param name="Type">Primitive, datatype or <c>Resource.element</c>.</param>
/// <param name="Modifier">It may change the meaning of what stands beside it.</param>
/// <param name="Values">Closed list of codes, where there is one.</param>
public sealed record R4Member(string Name, string Element, string Type, bool Many, bool Modifier, IReadOnlyList<string>? Values)
{
    /// <summary>Primitives of R4 begin with a small letter.</summary>
    public bool IsPrimitive => char.IsLower(Type[0]);
}

/// <summary>Data files that are built into the tool.</summary>
internal static class EmbeddedJson
{
    internal static byte[] Bytes(string name)
    {
        using var file = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    internal static T Read<T>(string name) => JsonSerializer.Deserialize<T>(Bytes(name), Options)!;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, AllowDuplicateProperties = false,
    };
}
