using System.Text.Json.Nodes;

namespace MlatExchange.Specs.Deploy;

/// <summary>The example of <c>contracts/bus/README.md</c> is what the definitions of a broker hold; MlatExchange.Node.Tests holds it against a running one.</summary>
public sealed class BusContractSpecs
{
    private static readonly JsonObject Shown = JsonNode.Parse(Tree.Read("contracts/bus/README.md").Split("```json\n")[1].Split("```")[0])!.AsObject();
    private static readonly JsonObject Definitions = JsonNode.Parse(Tree.Read("deploy/rabbitmq/definitions-xa.json"))!.AsObject();

    [Fact]
    public void The_example_of_the_page_is_what_the_definitions_hold()
    {
        Same("permissions", All("permissions", "user", row => Members(row, "configure", "write", "read")));
        Same("queues", All("queues", "name", row => row["arguments"]!.DeepClone()));
        Same("exchanges", All("exchanges", "name", row => row["type"]!.DeepClone()));
        Same("bindings", All("bindings", "destination", row => new JsonObject { ["from"] = row["source"]!.DeepClone(), ["key"] = row["routing_key"]!.DeepClone() }));
        Same("shovels", All("parameters", "name", row => Members(row["value"]!.AsObject(), [.. Shown["shovels"]!["from-xb"]!.AsObject().Select(member => member.Key)])));
    }

    [Fact]
    public void A_shovel_has_no_setting_that_the_page_leaves_out_but_addresses_and_patience()
    {
        var shown = Shown["shovels"]!["from-xb"]!.AsObject();
        var left = Definitions["parameters"]![0]!["value"]!.AsObject().Select(member => member.Key).Where(name => !shown.ContainsKey(name)).Order();
        Assert.Equal(["dest-uri", "reconnect-delay", "src-uri"], left);
    }

    private static void Same(string section, JsonObject held) =>
        Assert.True(JsonNode.DeepEquals(Shown[section], held), $"{section}: the page shows {Shown[section]?.ToJsonString()}, the definitions hold {held.ToJsonString()}");

    private static JsonObject All(string section, string name, Func<JsonObject, JsonNode> entry) =>
        new(Definitions[section]!.AsArray().Select(row => KeyValuePair.Create(row![name]!.GetValue<string>(), (JsonNode?)entry(row.AsObject()))));

    private static JsonObject Members(JsonObject row, params string[] names) => new(names.Select(name => KeyValuePair.Create(name, row[name]?.DeepClone())));
}
