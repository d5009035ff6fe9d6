using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Protocol.Jose;

/// <summary>The slow walk over a text that is already suspected: it finds the first fault and its place. The fast path never comes here.</summary>
internal static class StrictJsonWalk
{
    private sealed class Level(bool isObject)
    {
        public bool IsObject { get; } = isObject;

        public HashSet<string>? Names { get; } = isObject ? new(StringComparer.Ordinal) : null;

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }

    /// <summary>The first fault, or null.</summary>
    public static JsonFault? FindFault(ReadOnlySpan<byte> utf8, bool refuseNullItems = false)
    {
        var levels = new Stack<Level>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth + 1, AllowMultipleValues = true });
        try
        {
            var values = 0;
            while (values == 0 && reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName)
                    && levels.TryPeek(out var inside) && !inside.IsObject)
                {
                    inside.Index++;
                    if (refuseNullItems && reader.TokenType == JsonTokenType.Null)
                    {
                        return JsonFault.At(JsonRule.Shape, PointerOf(levels));
                    }
                }
                if (Step(ref reader, levels) is { } rule)
                {
                    return JsonFault.At(rule, PointerOf(levels));
                }
                values += levels.Count == 0 ? 1 : 0;
            }
            return reader.BytesConsumed < utf8.Length ? new JsonFault(JsonRule.TrailingBytes, "") : null;
        }
        catch (JsonException)
        {
            return JsonFault.At(JsonRule.NotJson, PointerOf(levels));
        }
        catch (InvalidOperationException)
        {
            return JsonFault.At(JsonRule.LoneSurrogate, PointerOf(levels)); // all that can stop GetString on valid UTF-8
        }
    }

    /// <summary>Turns the serialiser's path (<c>$.a[0]['b.c']</c>) into a JSON pointer.</summary>
    public static string PointerOf(string? path)
    {
        var pointer = new StringBuilder();
        var rest = (path ?? "$").AsSpan(1);
        while (rest.Length > 0 && pointer.Length <= JsonFault.MaxPointer)
        {
            var (name, used) = rest switch
            {
                ['[', '\'', ..] => (Until(rest[2..], "']"), Until(rest[2..], "']").Length + 4),
                ['[', ..] => (Until(rest[1..], "]"), Until(rest[1..], "]").Length + 2),
                _ => (UntilAny(rest[1..]), UntilAny(rest[1..]).Length + 1),
            };
            Append(pointer, name);
            rest = used < rest.Length ? rest[used..] : default;
        }
        return pointer.ToString();
    }

    private static JsonRule? Step(ref Utf8JsonReader reader, Stack<Level> levels)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when levels.Count == StrictJson.MaxDepth:
                return JsonRule.TooDeep;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                levels.Push(new Level(reader.TokenType == JsonTokenType.StartObject));
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                levels.Pop();
                return null;
            case JsonTokenType.PropertyName:
                var name = reader.GetString()!;
                levels.Peek().Name = name;
                return levels.Peek().Names!.Add(name) ? null : JsonRule.DuplicateMember;
            case JsonTokenType.String when reader.ValueIsEscaped:
                reader.GetString(); // throws on a lone surrogate
                return null;
            default:
                return null;
        }
    }

    private static string PointerOf(Stack<Level> levels)
    {
        var pointer = new StringBuilder();
        foreach (var level in levels.Reverse())
        {
            if ((level.IsObject ? level.Name : level.Index.ToString(CultureInfo.InvariantCulture)) is { } name)
            {
                Append(pointer, name);
            }
        }
        return pointer.ToString();
    }

    private static void Append(StringBuilder pointer, string name) =>
        pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private static string Until(ReadOnlySpan<char> text, string end) =>
        text.IndexOf(end, StringComparison.Ordinal) is var at and >= 0 ? text[..at].ToString() : text.ToString();

    private static string UntilAny(ReadOnlySpan<char> text) => text.IndexOfAny('.', '[') is var at and >= 0 ? text[..at].ToString() : text.ToString();
}
