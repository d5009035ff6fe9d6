using System.Security.Cryptography;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>Three jurisdictions with fresh keys, and the lists that state them; suspensions and revocations can be added while nodes run.</summary>
public sealed class TestTrust
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-2);
    private readonly Dictionary<string, TrustList> _lists;
    private readonly Dictionary<string, EcKey> _anchors = new(StringComparer.Ordinal);

    public TestTrust(params string[] codes)
    {
        foreach (var code in codes)
        {
            Keys[code] = new(Fresh(), Fresh(), Fresh());
            _anchors[code] = Fresh();
        }

        _lists = codes.ToDictionary(code => code, List);
        Now = Build();
    }

    public Dictionary<string, TestKeys> Keys { get; } = new(StringComparer.Ordinal);

    public TrustSnapshot Now { get; private set; }

    public static string Entity(string code) => $"https://node.{code.ToLowerInvariant()}.example";

    public static string Origin(string code) => $"node.{code.ToLowerInvariant()}.example/log/2026";

    /// <summary>The superior publishes a new list.</summary>
    public void Change(string code, Func<TrustList, TrustList> change)
    {
        _lists[code] = change(_lists[code]) with { Seq = _lists[code].Seq + 1 };
        Now = Build();
    }

    /// <summary>Writes anchors and lists as the tool reads them.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "anchors.json"), Anchors.ToJson());
        foreach (var (code, list) in _lists) File.WriteAllText(Path.Combine(folder, $"{Lower(code)}.jwt"), list.Sign(_anchors[code]));
    }

    private TrustAnchors Anchors =>
        new(true, [.. _lists.Keys.Select(code => new TrustAnchor(code, Entity(code), $"https://anchor.{Lower(code)}.example", $"{Lower(code)}.example", [_anchors[code].Public]))]);

    private TrustSnapshot Build() => TrustSnapshot.Build(
        Anchors,
        _lists.Select(list => list.Value.Sign(_anchors[list.Key])),
        DateTimeOffset.UtcNow);

    private TrustList List(string code) => new(
        $"https://anchor.{Lower(code)}.example", code, 1, Start.ToUnixTimeSeconds(), Start.AddDays(7).ToUnixTimeSeconds(), true,
        new(Entity(code), "http://127.0.0.1:5101", Origin(code),
        [
            new(KeyUse.Message, Keys[code].Message.Public, Start), new(KeyUse.Encryption, Keys[code].Encryption.Public, Start),
            new(KeyUse.Log, Keys[code].Log.Public, Start), new(KeyUse.Token, Fresh().Public, Start),
        ]),
        [], [], [], []);

    private static EcKey Fresh() => EcKey.Generate(RandomNumberGenerator.Fill);

    private static string Lower(string code) => code.ToLowerInvariant();
}

public sealed record TestKeys(EcKey Message, EcKey Encryption, EcKey Log);
