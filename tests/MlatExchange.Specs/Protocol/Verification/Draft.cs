using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Protocol.Envelope;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Specs.Protocol.Jose;
using MlatExchange.Specs.Protocol.Messages;
using MlatExchange.Specs.Protocol.Transparency;

namespace MlatExchange.Specs.Protocol.Verification;

/// <summary>A message on its way, with a place to tamper at every stage.</summary>
internal sealed record Draft(MessageBody Body)
{
    public string Sender { get; init; } = "xa";

    public DateTimeOffset IssuedAt { get; init; } = World.Now.AddSeconds(-5);

    public ThreadHeads Heads { get; init; } = ThreadHeads.Empty;

    public string? Thread { get; init; }

    public string Jti { get; init; } = Acts.Id("message");

    public Act? Act { get; init; }

    /// <summary>Accepted acts that the record needs.</summary>
    public IReadOnlyList<Act> Accepted { get; init; } = [];

    public IReadOnlyList<string> Shares { get; init; } = [];

    public IReadOnlyList<string> Disclosed { get; init; } = [];

    public string? Type { get; init; }

    public EcKey? Signer { get; init; }

    public Func<byte[], byte[]>? Raw { get; init; }

    public Action<JsonObject>? Payload { get; init; }

    public Func<string, string>? Jws { get; init; }

    public Action<JsonObject>? Leaf { get; init; }

    public Func<LoggedProof, LoggedProof>? Logged { get; init; }

    public Func<SealedEnvelope, SealedEnvelope>? Envelope { get; init; }

    public Func<byte[], byte[]>? Plaintext { get; init; }

    public Func<string, string>? Jwe { get; init; }

    private string From => Sender == "xa" ? World.XaNode : World.XbNode;

    private string To => Sender == "xa" ? World.XbNode : World.XaNode;

    public static Draft Ping => new(new MessageBody.Ping());

    /// <summary>The message's signed text.</summary>
    public string Sign()
    {
        var kind = Body.Kind;
        var thread = Thread ?? (kind.Thread == ThreadRule.Case ? Acts.Id("thread") : LinkThread.Of(From, To));
        var core = Heads.Next(Jti, From, To, IssuedAt, thread);
        var record = "";
        if (kind.HasRecord)
        {
            var speaks = Act ?? Accepted.Single(act => act.Digest == ((MessageBody.KeyRelease)Body).Accepted.Digest);
            Assert.Null(MessageRecord.Write(kind, IssuedAt, speaks, Accepted.ToDictionary(act => act.Digest), out record));
        }

        var bytes = World.Edited(MessagePayload.Write(core, Body, Act is null ? [] : [Act.Digest], kind.HasRecord ? record : null), Payload);
        return CompactJws.Sign(Type ?? kind.Typ, Raw?.Invoke(bytes) ?? bytes, Signer ?? World.Key(Sender + "/message"));
    }

    /// <summary>Signed, logged, packed.</summary>
    public SealedEnvelope Pack()
    {
        var jws = Sign();
        jws = Jws?.Invoke(jws) ?? jws;
        var proof = Log(jws);
        var envelope = new SealedEnvelope(jws, Act is null ? [] : [Act.Jws], Shares, Disclosed, Logged?.Invoke(proof) ?? proof);
        return Envelope?.Invoke(envelope) ?? envelope;
    }

    /// <summary>What the bus carries.</summary>
    public string Seal()
    {
        var plaintext = Pack().Write();
        var recipient = World.Key((Sender == "xa" ? "xb" : "xa") + "/encryption").Public;
        var jwe = CompactJwe.Seal(Plaintext?.Invoke(plaintext) ?? plaintext, recipient, SealedEnvelope.Type, SealedEnvelope.ContentType, Keys.Drawn("seal"));
        return Jwe?.Invoke(jwe) ?? jwe;
    }

    private LoggedProof Log(string jws)
    {
        var thread = Said(jws, "thread") ?? "";
        var leaf = LeafOf(Sender, "thread.message-signed.v1", thread, CompactJws.DigestOf(jws), Said(jws, "record"));
        Leaf?.Invoke(leaf);
        return Prove(Sender, leaf, thread, CompactJws.DigestOf(jws));
    }

    public static JsonObject LeafOf(string sender, string kind, string thread, Digest digest, string? record)
    {
        var leaf = new JsonObject
        {
            ["v"] = 1, ["kind"] = kind, ["op"] = "disclosure", ["time"] = "2026-11-20T09:59:55.100Z", ["jurisdiction"] = sender.ToUpperInvariant(),
            ["nonce"] = Base64Url.Encode(Acts.DigestOf("nonce").ToArray()), ["eventDigest"] = Acts.DigestOf("event").ToString(),
            ["commit"] = new JsonObject { ["thread"] = Commit("thread", thread), ["messageDigest"] = Commit("messageDigest", digest.ToString()) },
        };
        if (record is not null)
            leaf["record"] = record;
        return leaf;
    }

    /// <summary>The leaf as number 3 of a log of 6, or of <paramref name="size"/>.</summary>
    public static LoggedProof Prove(string sender, JsonObject leaf, string thread, Digest digest, int size = 6)
    {
        var bytes = CanonicalJson.Of(Acts.Json(leaf.ToJsonString()));
        var leaves = ReferenceTree.Leaves(size);
        leaves[3] = bytes;
        var note = new Checkpoint(World.LogOrigin(sender), size, TreeHash.From(ReferenceTree.Mth(leaves))).Sign(SignerOf(sender)).ToString();
        return new LoggedProof(
            System.Text.Encoding.UTF8.GetString(bytes),
            new LoggedOpenings(new LoggedOpening(Salt("thread"), thread), new LoggedOpening(Salt("messageDigest"), digest.ToString())),
            3,
            [.. ReferenceTree.Path(3, leaves).Select(hash => Base64Url.Encode(hash))],
            note);
    }

    public static LogSigner SignerOf(string sender) => new(World.LogOrigin(sender), World.Key(sender + "/log"));

    private static string Salt(string member) => Base64Url.Encode(Acts.DigestOf("salt " + member).ToArray());

    private static string Commit(string member, string value) => Base64Url.Encode(Commitment.Of(Acts.DigestOf("salt " + member).ToArray(), member, value));

    /// <summary>A member of the payload as a lenient reader sees it: payloads that a test spoiled must still be logged.</summary>
    private static string? Said(string jws, string member)
    {
        if (!Base64Url.TryDecode(jws.Split('.')[1], out var bytes))
            return null;
        using var payload = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 100 });
        return payload.RootElement.TryGetProperty(member, out var value) ? value.ToString() : null;
    }
}
