using System.Buffers;
using System.Text.Json;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Ledger;

/// <summary>
/// Builds the bytes of a leaf, once: canonical JSON of <c>v, kind, op, time, jurisdiction, nonce, eventDigest</c>, the clear members, <c>commit</c> and <c>record</c> of the
/// event's <c>headers.leaf</c>. Every event gets a leaf: one whose headers cannot be used (a hand-run INSERT) gets one that says <c>"content":"refused"</c>.
/// Not for several threads at once; holds buffers from leaf to leaf.
/// </summary>
internal sealed class LeafBytes(string jurisdiction)
{
    public const int NonceLength = 32;

    private static readonly string[] Own = ["v", "kind", "op", "time", "jurisdiction", "nonce", "eventDigest", "commit", "record", "content"];
    private readonly ArrayBufferWriter<byte> output = new(2048);
    private readonly List<Member> members = new(24);

    public byte[] Of(StoredEvent e, ReadOnlySpan<byte> nonce)
    {
        var digest = Base64Url.Encode(EventDigest.Of(e, nonce, output));
        JsonDocument? headers = null;
        try
        {
            members.Clear();
            if (!e.Headers.IsEmpty && !Content(headers = JsonDocument.Parse(e.Headers, new() { MaxDepth = 32 }))) // as deep as readers of leaves go, less one level that is taken off here
                return Refused(e, nonce, digest);
            AddOwn(e, nonce, digest);
            return Write() is { Length: <= EntryBundle.MaximumLeaf } leaf ? leaf : Refused(e, nonce, digest);
        }
        catch (Exception refused) when (refused is FormatException or JsonException)
        {
            return Refused(e, nonce, digest);
        }
        finally
        {
            headers?.Dispose();
        }
    }

    private byte[] Refused(StoredEvent e, ReadOnlySpan<byte> nonce, string digest)
    {
        members.Clear();
        members.Add(new("content", "refused"));
        AddOwn(e, nonce, digest);
        return Write();
    }

    private void AddOwn(StoredEvent e, ReadOnlySpan<byte> nonce, string digest)
    {
        members.Add(new("v", null, One));
        members.Add(new("kind", e.Type));
        members.Add(new("time", WireTime.Text(e.At)));
        members.Add(new("jurisdiction", jurisdiction));
        members.Add(new("nonce", Base64Url.Encode(nonce)));
        members.Add(new("eventDigest", digest));
    }

    // False where the headers cannot be used. No headers, or none for the log, are usable: the leaf then has the node's own members only.
    private bool Content(JsonDocument headers)
    {
        if (headers.RootElement.ValueKind != JsonValueKind.Object || !headers.RootElement.TryGetProperty("leaf", out var leaf))
            return true;
        if (leaf.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var member in leaf.EnumerateObject())
        {
            var (name, value) = (member.Name, member.Value);
            switch (name, value.ValueKind)
            {
                case ("op" or "record", JsonValueKind.String):
                case ("commit", JsonValueKind.Object) when value.EnumerateObject().All(IsCommitment):
                    members.Add(new(name, null, value));
                    break;
                case ("clear", JsonValueKind.Object):
                    foreach (var clear in value.EnumerateObject())
                    {
                        if (Own.Contains(clear.Name))
                            return false;
                        members.Add(new(clear.Name, null, clear.Value));
                    }
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static bool IsCommitment(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String && Base64Url.IsExact(member.Value.GetString(), TreeHash.Length);

    private byte[] Write()
    {
        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.ResetWrittenCount();
        var separator = "{"u8;
        foreach (var (name, text, json) in members)
        {
            output.Write(separator);
            CanonicalText.Write(output, name);
            output.Write(":"u8);
            if (text is not null)
                CanonicalText.Write(output, text);
            else
                CanonicalJson.Write(output, json);
            separator = ","u8;
        }
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    private static readonly JsonElement One = JsonSerializer.SerializeToElement(1);

    private readonly record struct Member(string Name, string? Text, JsonElement Json = default);
}
