using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Scenarios;

/// <summary>A synthetic case: what an official enters and what its assessment must come to.</summary>
public sealed record CaseFile(JsonObject Request, JsonObject Expect)
{
    /// <summary>The case, or a skip with its reason where the folder is absent.</summary>
    public static CaseFile Load(string number)
    {
        Assert.SkipWhen(Servers.Cases is null, "the folder shared/cases is not beside this repository (MLAT_SHARED names its parent)");
        var document = JsonNode.Parse(File.ReadAllText(Directory.GetFiles(Servers.Cases!, $"{number}-*.json").Single()))!.AsObject();
        return new(document["request"]!.AsObject(), document["expect"]!.AsObject());
    }

    /// <summary>The synthetic request that the contracts show; in every copy of this repository.</summary>
    public static CaseFile Example() => new(JsonNode.Parse(File.ReadAllText(Path.Combine(Servers.Repository, "contracts", "http", "request.example.json")))!.AsObject(), []);

    public byte[] Body => JsonSerializer.SerializeToUtf8Bytes(Request);

    public string Authority => Request["issuer"]!["authority"]!.GetValue<string>();

    public string Addressee => Request["addressee"]!["authority"]!.GetValue<string>();
}
