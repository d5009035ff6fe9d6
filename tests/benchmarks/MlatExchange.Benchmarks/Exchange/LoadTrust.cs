using System.Security.Cryptography;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>Two jurisdictions, XA and XB, with fresh keys, and the lists that state them.</summary>
internal sealed class LoadTrust
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-2);

    public LoadTrust()
    {
        string[] codes = ["XA", "XB"];
        Keys = codes.ToDictionary(code => code, _ => new NodeKeys(Fresh(), Fresh(), Fresh()));
        var anchors = codes.ToDictionary(code => code, _ => Fresh());
        Now = TrustSnapshot.Build(
            new(true, [.. codes.Select(code => new TrustAnchor(code, Entity(code), Anchor(code), $"{Lower(code)}.example", [anchors[code].Public]))]),
            codes.Select(code => List(code).Sign(anchors[code])),
            DateTimeOffset.UtcNow);
    }

    public IReadOnlyDictionary<string, NodeKeys> Keys { get; }

    public TrustSnapshot Now { get; }

    public static string Entity(string code) => $"https://node.{Lower(code)}.example";

    public static string Origin(string code) => $"node.{Lower(code)}.example/log/2026";

    public static EcKey Fresh() => EcKey.Generate(RandomNumberGenerator.Fill);

    private static string Anchor(string code) => $"https://anchor.{Lower(code)}.example";

    private static string Lower(string code) => code.ToLowerInvariant();

    private TrustList List(string code) => new(
        Anchor(code), code, 1, Start.ToUnixTimeSeconds(), Start.AddDays(7).ToUnixTimeSeconds(), true,
        new(Entity(code), "http://127.0.0.1:5101", Origin(code),
        [
            new(KeyUse.Message, Keys[code].Message.Public, Start), new(KeyUse.Encryption, Keys[code].Encryption.Public, Start),
            new(KeyUse.Log, Keys[code].Log.Public, Start), new(KeyUse.Token, Fresh().Public, Start),
        ]),
        [], [], [], []);
}

internal sealed record NodeKeys(EcKey Message, EcKey Encryption, EcKey Log);
