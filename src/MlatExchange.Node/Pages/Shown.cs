using System.Text.Json;

namespace MlatExchange.Node.Pages;

/// <summary>A part of a route's answer, for reading in a page: a member that is not there reads as nothing instead of failing the page.</summary>
public readonly struct Shown(JsonElement value)
{
    public JsonElement Json => value;

    public Shown this[string member] => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member, out var found) ? new(found) : default;

    /// <summary>There, and not null.</summary>
    public bool Exists => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public IReadOnlyList<Shown> Items => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => new Shown(item))] : [];

    public IReadOnlyList<KeyValuePair<string, Shown>> Members =>
        value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, new Shown(member.Value)))] : [];

    public string Text => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };

    public bool IsTrue => value.ValueKind == JsonValueKind.True;

    public int Number => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    public DateTimeOffset? At => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var at) ? at : null;

    public override string ToString() => Text;
}
