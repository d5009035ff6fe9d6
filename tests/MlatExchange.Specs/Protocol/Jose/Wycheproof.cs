using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Jose;

/// <summary>The published vectors of C2SP/wycheproof, read from beside the repository.</summary>
internal static class Wycheproof
{
    public sealed record Case(JsonElement Group, JsonElement Test)
    {
        public bool Valid => Text("result") == "valid";

        public string Text(string name) => Test.GetProperty(name).GetString()!;

        public byte[] Hex(string name) => Convert.FromHexString(Text(name));

        public string Id => $"{Text("comment")} (tcId {Test.GetProperty("tcId").GetInt32()})";
    }

    public static IReadOnlyList<Case> Cases(string file, int expected)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SharedFolder.OrSkip("vectors"), "wycheproof", file)));
        var cases = document.RootElement.Clone().GetProperty("testGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray().Select(test => new Case(group, test))).ToList();
        Assert.Equal(expected, cases.Count);
        return cases;
    }

    /// <summary>Runs the check on every case and names all that disagree; every check must have run so often.</summary>
    public static void Agree(IEnumerable<Case> cases, int atLeast, Func<Case, bool> accepts)
    {
        var all = cases.ToList();
        Assert.InRange(all.Count, atLeast, int.MaxValue);
        Assert.Empty(all.Where(c => accepts(c) != c.Valid).Select(c => c.Id));
    }

    /// <summary>The key without <c>kid</c>, <c>use</c> and <c>alg</c>, which the profile keeps outside the key.</summary>
    public static string Bare(JsonElement jwk)
    {
        var bare = JsonNode.Parse(jwk.GetRawText())!.AsObject();
        foreach (var name in new[] { "kid", "use", "alg" })
        {
            bare.Remove(name);
        }
        return bare.ToJsonString();
    }

    public static EcPublicKey? PublicKey(JsonElement jwk) => EcPublicKey.TryImport(Bare(jwk), out var key) ? key : null;

    public static EcKey? PrivateKey(JsonElement jwk) => EcKey.TryImport(Bare(jwk), out var key) ? key : null;

    public static string? Member(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
