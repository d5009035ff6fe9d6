using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Trust;
using MlatExchange.Protocol.Verification;
using MlatExchange.Specs.Protocol.Jose;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>Two nodes that trust each other. XA sends, XB receives; every key is drawn from its name.</summary>
internal sealed record World(IReadOnlyList<TrustListSuspension> Suspensions, IReadOnlyList<TrustListRevocation> Revoked, DateTimeOffset? MessageKeyEnds = null)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, EcKey> Made = new(StringComparer.Ordinal);

    public const string XaNode = "https://node.xa.example";
    public const string XbNode = "https://node.xb.example";

    public static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The instant of receipt.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    public static readonly World Usual = new([], []);

    public static EcKey Key(string name) => Made.GetOrAdd(name, static named => EcKey.Generate(Keys.Drawn("world/" + named)));

    public TrustAnchors Anchors { get; } = new(Demo: true, [Anchor("xa"), Anchor("xb")]);

    public IReadOnlyList<string> Lists => [Signed("xa"), Signed("xb")];

    public TrustSnapshot Trust() => TrustSnapshot.Build(Anchors, Lists, Now);

    public static OpeningFacts Opening(TrustSnapshot trust, string? counterpart = "XA", DateTimeOffset? receivedAt = null) =>
        new(trust, XbNode, new Dictionary<string, EcKey> { [Key("xb/encryption").Thumbprint] = Key("xb/encryption") }, counterpart, receivedAt ?? Now);

    private static TrustAnchor Anchor(string code) =>
        new(code.ToUpperInvariant(), $"https://node.{code}.example", $"https://anchor.{code}.example", $"{code}.example", [Key(code + "/anchor").Public]);

    private string Signed(string code)
    {
        var xa = code == "xa";
        return new TrustList(
            $"https://anchor.{code}.example", code.ToUpperInvariant(), 1, Now.AddDays(-1).ToUnixTimeSeconds(), Now.AddDays(6).ToUnixTimeSeconds(), Demo: true,
            new TrustListNode($"https://node.{code}.example", $"https://node.{code}.example", LogOrigin(code),
            [
                new(KeyUse.Message, Key(code + "/message").Public, Start, xa ? MessageKeyEnds : null),
                new(KeyUse.Encryption, Key(code + "/encryption").Public, Start),
                new(KeyUse.Log, Key(code + "/log").Public, Start),
                new(KeyUse.Token, Key(code + "/token").Public, Start),
            ]),
            xa
                ?
                [
                    Authority("xa", "prosecutor", "public-prosecutor", "may-issue:subscriber", "may-issue:identification"),
                    Authority("xa", "judge", "judge-court-or-investigating-judge", "may-issue:content", "may-issue:traffic", "may-validate"),
                ]
                : [Authority("xb", "central", "public-prosecutor", "may-issue:subscriber")],
            [new($"https://{code}-oversight.{code}.example", $"{code}-oversight")],
            xa ? Suspensions : [],
            xa ? Revoked : []).Sign(Key(code + "/anchor"));
    }

    private static TrustListAuthority Authority(string code, string name, string kind, params string[] marks) => new(
        EntityOf(code, name), $"{code}-{name}", kind, [new(Key($"{code}/{name}").Public, Custody.Node, Start)],
        [new(Key($"{code}/{name}/evidence").Public, Start)], marks);

    public static string EntityOf(string code, string name) => $"https://{code}-{name}.{code}.example";

    public static string LogOrigin(string code) => $"node.{code}.example/log/2026";

    /// <summary>An act signed by an authority of XA or XB.</summary>
    public static Act SignAct(string by, ActBody body, string? to = null, string? issuedAs = null, EcKey? key = null, Action<JsonObject>? edit = null)
    {
        var (code, name) = (by.Split('/')[0], by.Split('/')[1]);
        IssuerRef? issuer = body is ActBody.Request ? null : (issuedAs ?? by) switch { "xa/judge" => Acts.Judge, "xb/central" => Acts.Central, _ => Acts.Prosecutor };
        var core = new ActCore(
            EntityOf(code, name), [to ?? (code == "xa" ? EntityOf("xb", "central") : EntityOf("xa", "prosecutor"))], Acts.Id(by + body.Kind), Acts.Issued, issuer);
        var bytes = Edited(ActPayload.Write(core, body), edit);
        var jws = CompactJws.Sign(body.Kind.Typ, bytes, key ?? Key(by));
        return Act.Read(jws, (key ?? Key(by)).Thumbprint, body.Kind, Acts.Json(Encoding.UTF8.GetString(bytes))) is { Act: { } act }
            ? act
            : new Act(jws, CompactJws.DigestOf(jws), Key(by).Thumbprint, body.Kind, core.Iss, core.Addressees, core.Act, core.IssuedAt, issuer ?? Acts.Prosecutor, body, Acts.Json(Encoding.UTF8.GetString(bytes)), null);
    }

    public static byte[] Edited(byte[] payload, Action<JsonObject>? edit)
    {
        if (edit is null)
            return payload;
        var json = JsonNode.Parse(payload)!.AsObject();
        edit(json);
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    /// <summary>What XB knows before a first message.</summary>
    public static JudgingFacts Judging(
        TrustSnapshot trust, ThreadFacts? thread = null, Digest? sameId = null, DateTimeOffset? receivedAt = null, IEnumerable<Act>? acts = null,
        MlatExchange.Protocol.Transparency.Checkpoint? last = null, ActCheck? check = null) =>
        new(trust, receivedAt ?? Now, sameId, thread ?? ThreadFacts.None, (acts ?? []).ToDictionary(act => act.Digest), last, check ?? (_ => []));
}
