using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs.Protocol.Jose;

/// <summary>The vectors that other implementers run are run here too.</summary>
public sealed class JoseVectorSpecs
{
    [Fact]
    public void Every_published_vector_gives_what_it_says()
    {
        using var file = JsonDocument.Parse(Tree.Read("contracts/vectors/jose.json"));
        Assert.True(EcPublicKey.TryImport(file.RootElement.GetProperty("signer"), out var signer));
        Assert.True(EcKey.TryImport(file.RootElement.GetProperty("recipient").GetRawText(), out var recipient));
        var wrong = new List<string>();
        var steps = new SortedSet<int>();
        foreach (var vector in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var expected = (vector.GetProperty("step").GetInt32(), Wycheproof.Member(vector, "rule"));
            steps.Add(expected.Item1);
            if (Run(vector, signer, recipient) != expected)
            {
                wrong.Add(vector.GetProperty("name").GetString()!);
            }
        }
        Assert.Empty(wrong);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 9], steps); // 0 is accepted; 8 and all from 10 on need the trust list
    }

    private static (int, string?) Run(JsonElement vector, EcPublicKey signer, EcKey recipient)
    {
        var (text, type) = (vector.GetProperty("text").GetString()!, vector.GetProperty("typ").GetString()!);
        if (vector.GetProperty("form").ValueEquals("jwe"))
        {
            return CompactJwe.TryOpen(text, type, vector.GetProperty("cty").GetString()!, recipient, out _, out var closed) ? (0, null) : Name(closed);
        }
        return !CompactJws.TryRead(text, type, out var jws, out var fault) ? Name(fault) : jws.IsSignedBy(signer) ? (0, null) : (9, "signature");
    }

    private static (int, string?) Name(JoseFault fault) => (fault.Step, JsonNamingPolicy.KebabCaseLower.ConvertName(fault.Rule.ToString()));
}
