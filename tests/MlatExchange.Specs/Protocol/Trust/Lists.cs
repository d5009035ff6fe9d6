using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Trust;
using MlatExchange.Specs.Protocol.Jose;

namespace MlatExchange.Specs.Protocol.Trust;

/// <summary>Two jurisdictions with all their keys, and ways to spoil them.</summary>
internal static class Lists
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Start.AddDays(3);

    public static EcKey Key(string name) => EcKey.Generate(Keys.Drawn(name));

    public static EcPublicKey Public(string name) => Key(name).Public;

    public static TrustAnchors Anchors { get; } = new(Demo: true, [Anchor("xa"), Anchor("xb")]);

    public static TrustAnchor Anchor(string code) =>
        new(code.ToUpperInvariant(), $"https://node.{code}.example", $"https://anchor.{code}.example", $"{code}.example", [Public(code + "/anchor")]);

    public static TrustList List(string code = "xa") => new(
        $"https://anchor.{code}.example",
        code.ToUpperInvariant(),
        Seq: 1,
        Iat: Start.ToUnixTimeSeconds(),
        Exp: Start.AddDays(7).ToUnixTimeSeconds(),
        Demo: true,
        new TrustListNode($"https://node.{code}.example", "http://127.0.0.1:5101", $"node.{code}.example/log/2026",
        [
            new(KeyUse.Message, Public(code + "/message"), Start),
            new(KeyUse.Encryption, Public(code + "/encryption"), Start),
            new(KeyUse.Encryption, Public(code + "/encryption-2"), Start.AddDays(2), Start.AddDays(20)),
            new(KeyUse.Log, Public(code + "/log"), Start),
            new(KeyUse.Token, Public(code + "/token"), Start),
        ]),
        [
            new($"https://{code}-prosecutor.{code}.example", $"{code}-prosecutor", "public-prosecutor",
                [new(Public(code + "/prosecutor"), Custody.Node, Start)],
                [new(Public(code + "/evidence-1"), Start), new(Public(code + "/evidence-2"), Start.AddDays(2))],
                ["may-issue:subscriber", "may-issue:content"]),
            new($"https://{code}-judge.{code}.example", $"{code}-judge", "judge-court-or-investigating-judge",
                [new(Public(code + "/judge"), Custody.Authority, Start)], [], ["may-validate"]),
        ],
        [new($"https://{code}-oversight.{code}.example", $"{code}-oversight")],
        [],
        []);

    public static string Signed(TrustList list) => list.Sign(Key(list.Jurisdiction.ToLowerInvariant() + "/anchor"));

    public static TrustSnapshot Snapshot(params TrustList[] lists) => TrustSnapshot.Build(Anchors, lists.Select(Signed), Now);

    /// <summary>Signs whatever payload the test wrote.</summary>
    public static string SignedPayload(string payload) => CompactJws.Sign(TrustList.Type, Keys.Utf8(payload), Key("xa/anchor"));

    public static string Payload(TrustList list) =>
        CompactJws.TryRead(Signed(list), out var jws, out _) ? System.Text.Encoding.UTF8.GetString(jws.Payload.Span) : throw new FormatException();
}
