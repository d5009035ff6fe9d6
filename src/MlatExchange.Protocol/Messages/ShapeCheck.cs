using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Protocol.Messages;

/// <summary>Walks a value beside its shape. The path is kept as segments, so a faultless payload costs no pointer strings.</summary>
internal sealed class ShapeCheck(string at)
{
    /// <summary>More faults than this help nobody and would let a sender make us build a large list.</summary>
    private const int Enough = 50;

    private readonly List<(string? Name, int Index)> _path = [];
    private List<Fault>? _faults;

    public IReadOnlyList<Fault> Faults => _faults ?? (IReadOnlyList<Fault>)[];

    public void Visit(Shape shape, JsonElement value)
    {
        switch (shape)
        {
            case Shape.OrNull nullable:
                if (value.ValueKind != JsonValueKind.Null)
                    Visit(nullable.Inner, value);
                break;
            case Shape.Struct o:
                if (Expect(value, JsonValueKind.Object, "an object"))
                    VisitObject(o, value);
                break;
            case Shape.List list:
                if (Expect(value, JsonValueKind.Array, "an array"))
                    VisitList(list, value);
                break;
            case Shape.Flag:
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    Add("wrong-type", "true or false");
                break;
            case Shape.Whole whole:
                if (Expect(value, JsonValueKind.Number, "a whole number"))
                    VisitWhole(whole, value);
                break;
            default:
                if (Expect(value, JsonValueKind.String, "a string"))
                    VisitString(shape, value.GetString()!);
                break;
        }
    }

    private void VisitObject(Shape.Struct shape, JsonElement value)
    {
        var members = shape.Members;
        ulong seen = 0;
        var next = 0;
        foreach (var property in value.EnumerateObject())
        {
            // Senders mostly write members in the order of the page, so the search starts where the last one ended.
            var found = -1;
            for (var step = 0; step < members.Count && found < 0; step++)
            {
                var i = (next + step) % members.Count;
                if (property.NameEquals(members[i].Utf8Name))
                    found = i;
            }

            if (found < 0)
            {
                if (!shape.IsOpen)
                    Add("unknown-member", "no such member", property.Name);
                continue;
            }

            next = found + 1;
            seen |= 1UL << found;
            _path.Add((members[found].Name, 0));
            Visit(members[found].Shape, property.Value);
            _path.RemoveAt(_path.Count - 1);
        }

        var missing = shape.RequiredMask & ~seen;
        for (var i = 0; missing != 0; i++, missing >>= 1)
        {
            if ((missing & 1) != 0)
                Add("missing-member", "this member", members[i].Name);
        }
    }

    private void VisitList(Shape.List shape, JsonElement value)
    {
        var length = value.GetArrayLength();
        if (length < shape.Min || length > shape.Max)
            Add("wrong-length", $"{shape.Min} to {shape.Max} items");
        var keys = shape.Key is null ? null : new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (index >= shape.Max)
                break;
            _path.Add((null, index++));
            Visit(shape.Item, item);
            var key = keys is null || item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(shape.Key!, out var named) ? null : named.ToString();
            if (key is not null && !keys!.Add(key))
                Add("repeated", $"another {shape.Key}", shape.Key);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void VisitWhole(Shape.Whole shape, JsonElement value)
    {
        if (!value.TryGetInt64(out var number) || number < shape.Min || number > shape.Max)
            Add("out-of-range", $"a whole number from {shape.Min} to {shape.Max}");
    }

    private void VisitString(Shape shape, string value)
    {
        switch (shape)
        {
            case Shape.OneOf oneOf when !oneOf.Values.Contains(value):
                Add("unknown-code", "one of " + string.Join(", ", oneOf.Values));
                break;
            case Shape.Token token when !token.Holds(value):
                Add("wrong-form", token.Name);
                break;
            case Shape.Text text when value.Length == 0 || value.Length > text.Max || value.Any(char.IsControl):
                Add("wrong-form", $"1 to {text.Max} characters without control characters");
                break;
            case Shape.Carried carried when value.Length == 0 || value.Length > carried.Max:
                Add("wrong-form", $"1 to {carried.Max} characters");
                break;
        }
    }

    private bool Expect(JsonElement value, JsonValueKind kind, string words)
    {
        if (value.ValueKind == kind)
            return true;
        Add("wrong-type", words);
        return false;
    }

    private void Add(string rule, string expected, string? member = null)
    {
        _faults ??= [];
        if (_faults.Count >= Enough)
            return;
        var pointer = new StringBuilder(at);
        foreach (var (name, index) in _path)
            Append(pointer, name ?? index.ToString(CultureInfo.InvariantCulture));
        if (member is not null)
            Append(pointer, member);
        _faults.Add(new Fault(pointer.ToString(), rule, expected));
    }

    /// <summary>RFC 6901 escapes; names come from the sender, so they are cut and control characters replaced.</summary>
    private static void Append(StringBuilder pointer, string segment)
    {
        pointer.Append('/');
        foreach (var c in segment.AsSpan(0, Math.Min(segment.Length, 64)))
        {
            _ = c switch
            {
                '~' => pointer.Append("~0"),
                '/' => pointer.Append("~1"),
                _ when char.IsControl(c) || char.IsSurrogate(c) => pointer.Append('?'),
                _ => pointer.Append(c),
            };
        }
    }
}
