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

    /// <summary>The terms that the case expects run in a view of it, on either side, by the same rule and as long.</summary>
    public void Runs(JsonElement view, bool requesting)
    {
        var terms = view.GetProperty("deadlines").EnumerateArray().Select(term => JsonNode.Parse(term.GetRawText())!).ToList();
        foreach (var expected in new[] { Expect["deadline"], Expect["deadline"]?["then"], Expect["expires"], requesting ? Expect["watch"] : null }.OfType<JsonNode>())
        {
            var term = Assert.Single(terms, term => term["rule"]!.GetValue<string>() == expected["rule"]!.GetValue<string>());
            Assert.Equal((expected["days"]?.GetValue<int>(), expected["hours"]?.GetValue<int>()), (term["days"]?.GetValue<int>(), term["hours"]?.GetValue<int>()));
            Assert.Contains(term["standing"]!.GetValue<string>(), (string[])[expected == Expect["deadline"]?["then"] ? "not-started" : "running", "near"]);
            Assert.Contains(expected["rule"]!.GetValue<string>(), term["sentence"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        if (Expect["notifyEnforcingAuthority"] is { } notify)
            Assert.Equal(notify.GetValue<bool>(), terms.Exists(term => term["rule"]!.GetValue<string>().StartsWith("EEV 12(1)", StringComparison.Ordinal)));
    }

    public byte[] Body => JsonSerializer.SerializeToUtf8Bytes(Request);

    public string Authority => Request["issuer"]!["authority"]!.GetValue<string>();

    public string Addressee => Request["addressee"]!["authority"]!.GetValue<string>();
}
