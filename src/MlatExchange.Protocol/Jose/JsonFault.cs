namespace MlatExchange.Protocol.Jose;

/// <summary>What a strict reading of JSON refuses.</summary>
public enum JsonRule
{
    /// <summary>More bytes than allowed.</summary>
    TooLarge,

    /// <summary>Begins with a byte order mark.</summary>
    ByteOrderMark,

    /// <summary>Not valid UTF-8.</summary>
    NotUtf8,

    /// <summary>Not JSON (RFC 8259).</summary>
    NotJson,

    /// <summary>More than 32 objects and arrays inside each other.</summary>
    TooDeep,

    /// <summary>A member name twice in one object, escapes resolved.</summary>
    DuplicateMember,

    /// <summary>Half a surrogate pair, which is no character.</summary>
    LoneSurrogate,

    /// <summary>Any byte, even white space, after the value.</summary>
    TrailingBytes,

    /// <summary>A member that is missing, unknown, null or of another type than the format says.</summary>
    Shape,
}

/// <summary>Why JSON was refused and where.</summary>
/// <param name="Rule">The rule broken.</param>
/// <param name="JsonPointer">JSON pointer (RFC 6901) of the member, empty for the whole text; printable ASCII, at most 200 characters.</param>
public sealed record JsonFault(JsonRule Rule, string JsonPointer)
{
    internal const int MaxPointer = 200;

    /// <summary>The verification step of the protocol that this fault belongs to: 6 for duplicate members, 5 for the rest.</summary>
    public int Step => Rule == JsonRule.DuplicateMember ? 6 : 5;

    /// <summary>Member names come from outside: whatever could break a log line becomes a question mark, and long ones are cut.</summary>
    internal static JsonFault At(JsonRule rule, string pointer)
    {
        var text = pointer.Length > MaxPointer ? pointer[..MaxPointer] : pointer;
        return new JsonFault(rule, string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
            }
        }));
    }
}
