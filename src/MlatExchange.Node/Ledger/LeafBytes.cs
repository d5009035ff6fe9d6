using System.Buffers;
using System.Text;
using System.Text.Json;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// Builds the bytes of a leaf, once: canonical JSON of <c>v, kind, op, time, jurisdiction, nonce, eventDigest</c>, the clear members, <c>commit</c> and <c>record</c> of the
/// event's <c>headers.leaf</c>. Every event gets a leaf: one whose headers cannot be used (a hand-run INSERT) gets one that says so.
/// </summary>
internal static class LeafBytes
{
    public const int NonceLength = 32;

    private static readonly string[] Own = ["v", "kind", "op", "time", "jurisdiction", "nonce", "eventDigest", "commit", "record", "content"];

    public static byte[] Of(StoredEvent e, string jurisdiction, ReadOnlySpan<byte> nonce)
    {
        var digest = EventDigest.Of(e, nonce);
        JsonDocument? headers = null;
        try
        {
            var (members, readable) = Content(e.Headers, ref headers);
            Add(members, e, jurisdiction, nonce, digest);
            if (!readable)
                members["content"] = Json("refused");
            return Write(members) is { Length: <= EntryBundle.MaximumLeaf } leaf ? leaf : Bare(e, jurisdiction, nonce, digest);
        }
        catch (Exception refused) when (refused is FormatException or JsonException)
        {
            return Bare(e, jurisdiction, nonce, digest);
        }
        finally
        {
            headers?.Dispose();
        }
    }

    private static byte[] Bare(StoredEvent e, string jurisdiction, ReadOnlySpan<byte> nonce, byte[] digest)
    {
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal) { ["content"] = Json("refused") };
        Add(members, e, jurisdiction, nonce, digest);
        return Write(members);
    }

    private static void Add(SortedDictionary<string, JsonElement> members, StoredEvent e, string jurisdiction, ReadOnlySpan<byte> nonce, byte[] digest)
    {
        members["v"] = JsonSerializer.SerializeToElement(1);
        members["kind"] = Json(e.Type);
        members["time"] = Json(WireTime.Text(e.At));
        members["jurisdiction"] = Json(jurisdiction);
        members["nonce"] = Json(Base64Url.Encode(nonce));
        members["eventDigest"] = Json(Base64Url.Encode(digest));
    }

    // What the headers give, and whether they could be used. No headers at all are usable: the leaf then has the node's own members only.
    private static (SortedDictionary<string, JsonElement> Members, bool Readable) Content(ReadOnlyMemory<byte> json, ref JsonDocument? headers)
    {
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (json.IsEmpty)
            return (members, true);
        headers = JsonDocument.Parse(json, new() { MaxDepth = 32 }); // as deep as readers of leaves go, less one level that is taken off here
        if (headers.RootElement.ValueKind != JsonValueKind.Object || !headers.RootElement.TryGetProperty("leaf", out var leaf))
            return (members, true);
        if (leaf.ValueKind != JsonValueKind.Object)
            return (members, false);
        foreach (var member in leaf.EnumerateObject())
        {
            var usable = (member.Name, member.Value.ValueKind) switch
            {
                ("op" or "record", JsonValueKind.String) => members.TryAdd(member.Name, member.Value),
                ("commit", JsonValueKind.Object) => member.Value.EnumerateObject().All(IsCommitment) && members.TryAdd(member.Name, member.Value),
                ("clear", JsonValueKind.Object) => member.Value.EnumerateObject().All(clear => !Own.Contains(clear.Name) && members.TryAdd(clear.Name, clear.Value)),
                _ => false,
            };
            if (!usable)
                return (new(StringComparer.Ordinal), false);
        }
        return (members, true);
    }

    private static bool IsCommitment(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String && Base64Url.IsExact(member.Value.GetString(), TreeHash.Length);

    private static byte[] Write(SortedDictionary<string, JsonElement> members)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        var separator = "{"u8;
        foreach (var (name, value) in members)
        {
            output.Write(separator);
            CanonicalJson.Write(output, Json(name));
            output.Write(":"u8);
            CanonicalJson.Write(output, value);
            separator = ","u8;
        }
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}
