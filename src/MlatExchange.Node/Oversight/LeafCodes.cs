using System.Text.Json;

namespace MlatExchange.Node.Oversight;

/// <summary>What the leaf of a transfer's event says in clear of the case behind it; empty for an event whose headers say nothing.</summary>
internal sealed record LeafCodes(string? Instrument, IReadOnlyList<string> Articles, string? AuthorityRole, string? Purpose, string? PackDigest)
{
    private static readonly LeafCodes None = new(null, [], null, null, null);

    /// <param name="headers">Headers of the event, UTF-8 JSON, or empty.</param>
    public static LeafCodes Of(ReadOnlyMemory<byte> headers)
    {
        if (headers.IsEmpty) return None;
        using var document = JsonDocument.Parse(headers);
        return Member(document.RootElement, "leaf") is { } leaf && Member(leaf, "clear") is { } clear
            ? new(Text(clear, "instrument"), Texts(clear, "articles"), Text(clear, "authorityRole"), Text(clear, "purpose"), Text(clear, "packDigest"))
            : None;
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : null;

    private static string? Text(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string[] Texts(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];
}
