using System.Text;
using System.Text.Json;

namespace MlatExchange.Protocol.Messages;

/// <summary>
/// What a member of a signed payload must look like. A closed set, read three ways: to check a payload, to write its JSON Schema, and to list its members on its page.
/// Objects are strict: a member that is not named is refused, because a receiver must not act on a payload it only half understands.
/// </summary>
public abstract record Shape
{
    private Shape()
    {
    }

    /// <summary>An object with exactly the named members.</summary>
    public sealed record Struct : Shape
    {
        /// <exception cref="ArgumentException">More than 64 members.</exception>
        public Struct(params IEnumerable<Member> members)
        {
            Members = [.. members];
            if (Members.Count > 64)
                throw new ArgumentException("an object shape has at most 64 members", nameof(members));
            for (var i = 0; i < Members.Count; i++)
                RequiredMask |= Members[i].Required ? 1UL << i : 0;
        }

        public IReadOnlyList<Member> Members { get; }

        /// <summary>Whether other members may stand in it, because a stricter reader elsewhere checks them all.</summary>
        public bool IsOpen { get; init; }

        internal ulong RequiredMask { get; }
    }

    /// <summary>An array with at least <paramref name="Min"/> and at most <paramref name="Max"/> items of one shape; <paramref name="Key"/> names a member that no two items may share.</summary>
    public sealed record List(Shape Item, int Min, int Max, string? Key = null) : Shape;

    /// <summary>One of a closed set of strings.</summary>
    public sealed record OneOf(params IReadOnlyList<string> Values) : Shape;

    /// <summary>A string of a fixed form: <paramref name="Pattern"/> (ECMA 262) says it to other implementers, <paramref name="Holds"/> decides here.</summary>
    public sealed record Token(string Name, string Pattern, Func<string, bool> Holds) : Shape;

    /// <summary>Text of at least one and at most <paramref name="Max"/> UTF-16 units without control characters.</summary>
    public sealed record Text(int Max) : Shape;

    /// <summary>A string that is carried and checked elsewhere, such as a signed note; may hold line ends.</summary>
    public sealed record Carried(int Max) : Shape;

    /// <summary>A whole number; no fraction, no exponent.</summary>
    public sealed record Whole(long Min, long Max) : Shape;

    public sealed record Flag : Shape;

    /// <summary>Null or the inner shape.</summary>
    public sealed record OrNull(Shape Inner) : Shape;

    /// <summary>A member of an object shape.</summary>
    public sealed record Member
    {
        public Member(string name, Shape shape, bool required)
            => (Name, Shape, Required, Utf8Name) = (name, shape, required, Encoding.UTF8.GetBytes(name));

        public string Name { get; }

        public Shape Shape { get; }

        public bool Required { get; }

        internal byte[] Utf8Name { get; }
    }

    /// <summary>A member that must be present.</summary>
    public static Member Must(string name, Shape shape) => new(name, shape, required: true);

    /// <summary>A member that may be absent.</summary>
    public static Member May(string name, Shape shape) => new(name, shape, required: false);

    /// <summary>Names every faulty member of the value; empty when the value has this shape.</summary>
    /// <param name="value">The value to check; its parser must already have refused duplicate members and depth.</param>
    /// <param name="at">JSON pointer of the value itself.</param>
    public IReadOnlyList<Fault> Check(JsonElement value, string at = "")
    {
        var check = new ShapeCheck(at);
        check.Visit(this, value);
        return check.Faults;
    }
}
