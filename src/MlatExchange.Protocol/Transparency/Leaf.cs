using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Protocol.Transparency;

/// <summary>
/// What a leaf says, read from the bytes that were hashed and never from anything else: canonical JSON (RFC 8785) of <c>v</c> 1, <c>kind</c>,
/// <c>time</c>, <c>jurisdiction</c>, <c>nonce</c>, <c>eventDigest</c>, and where the event has them <c>op</c>, clear members, <c>commit</c> and <c>record</c>.
/// </summary>
public sealed class Leaf
{
    private readonly Dictionary<string, byte[]> commitments;

    private Leaf(JsonElement members, Dictionary<string, byte[]> commitments) => (Members, this.commitments) = (members, commitments);

    /// <summary>All members, the node's own and the clear ones.</summary>
    public JsonElement Members { get; }

    /// <summary>Name of the event, such as <c>thread.message-signed.v1</c>.</summary>
    public string Kind => Text("kind")!;

    /// <summary>When the event was stored, by the clock of the node.</summary>
    public DateTimeOffset Time => WireTime.TryParse(Text("time"), out var time) ? time : default;

    /// <summary>Jurisdiction whose log this is.</summary>
    public string Jurisdiction => Text("jurisdiction")!;

    /// <summary>LED article 25 operation; null where the event named none.</summary>
    public string? Operation => Text("op");

    /// <summary>The record that both sides share of a message, unchanged; null where the event stands for no message that has one.</summary>
    public string? Record => Text("record");

    /// <summary>Names of the members that are committed to.</summary>
    public IReadOnlyCollection<string> Committed => commitments.Keys;

    /// <summary>Whether salt and value open this leaf's commitment to a member.</summary>
    public bool Opens(string member, ReadOnlySpan<byte> salt, string value) =>
        commitments.TryGetValue(member, out var commitment) && Commitment.Opens(commitment, salt, member, value);

    /// <summary>Reads the bytes of a leaf; refused when they are not canonical JSON or lack a member, so that one leaf has one meaning.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Leaf? leaf)
    {
        leaf = null;
        if (!StrictJson.TryParse(bytes, out var document, out _))
        {
            return false;
        }
        using (document)
        {
            var root = document.RootElement.Clone();
            if (root.ValueKind == JsonValueKind.Object && IsCanonical(root, bytes.Span) && HasForm(root) && ReadCommitments(root) is { } commitments)
            {
                leaf = new(root, commitments);
            }
            return leaf is not null;
        }
    }

    private string? Text(string member) => Members.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static bool IsCanonical(JsonElement root, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return CanonicalJson.Of(root).AsSpan().SequenceEqual(bytes);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool HasForm(JsonElement root) =>
        root.TryGetProperty("v", out var version) && version.ValueKind == JsonValueKind.Number && version.GetRawText() == "1"
        && IsText(root, "kind", required: true) && IsText(root, "jurisdiction", required: true) && IsText(root, "time", required: true)
        && IsText(root, "op", required: false) && IsText(root, "record", required: false)
        && WireTime.TryParse(root.GetProperty("time").GetString(), out _)
        && IsBytes(root, "nonce") && IsBytes(root, "eventDigest");

    private static bool IsText(JsonElement root, string member, bool required) =>
        root.TryGetProperty(member, out var value) ? value.ValueKind == JsonValueKind.String : !required;

    private static bool IsBytes(JsonElement root, string member) => IsText(root, member, required: true) && Base64Url.IsExact(root.GetProperty(member).GetString(), 32);

    private static Dictionary<string, byte[]>? ReadCommitments(JsonElement root)
    {
        var commitments = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (!root.TryGetProperty("commit", out var commit))
        {
            return commitments;
        }
        if (commit.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        foreach (var member in commit.EnumerateObject())
        {
            var bytes = new byte[TreeHash.Length];
            if (member.Value.ValueKind != JsonValueKind.String || !Base64Url.TryDecode(member.Value.GetString(), bytes.AsSpan()))
            {
                return null;
            }
            commitments[member.Name] = bytes;
        }
        return commitments;
    }
}
