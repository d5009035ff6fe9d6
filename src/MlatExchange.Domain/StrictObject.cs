using System.Globalization;
using System.Text.Json;

namespace MlatExchange.Domain;

/// <summary>
/// A JSON object read member by member into typed values, collecting every fault instead of stopping at the first. A member nobody asked for
/// is a fault (<see cref="Close"/>), and so is one given twice. After a fault a harmless stand-in is returned, so that reading goes on; the
/// caller gives up its value when <see cref="Faults"/> is not empty.
/// </summary>
internal sealed class StrictObject
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly bool complete;

    /// <param name="element">What stands at <paramref name="pointer"/>; anything but an object is a fault.</param>
    /// <param name="complete">On the wire optional members must stand there with an explicit null or false: what was declared is what was signed.</param>
    public StrictObject(JsonElement element, string pointer, List<MemberFault> faults, bool complete)
    {
        (Pointer, Faults, this.complete) = (pointer, faults, complete);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Present = false;
            Fault("", "wrong-type", "An object is expected here.");
            return;
        }

        Present = true;
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
                Fault("", "malformed-json", "A member's name is not valid text.");
            else if (!members.TryAdd(name, member.Value))
                Fault(Escape(name), "duplicate-member", "A member may stand only once.");
        }
    }

    private StrictObject(string pointer, List<MemberFault> faults) => (Pointer, Faults, Present) = (pointer, faults, false);

    public string Pointer { get; }

    public List<MemberFault> Faults { get; }

    /// <summary>False when there is no object: the fault is recorded, members read as stand-ins without further faults.</summary>
    public bool Present { get; }

    public void Fault(string member, string rule, string sentence) => Faults.Add(new(Child(member), rule, sentence));

    /// <summary>Text of 1 to <paramref name="longest"/> characters, not blank.</summary>
    public string Text(string member, int longest) => Need(member) is { } e ? TextOf(member, e, longest, blank: false) ?? "" : "";

    /// <summary>Text or null; blank counts as given and is for rules to judge.</summary>
    public string? OptionalText(string member, int longest, bool blank = true) =>
        Optional(member) is { } e ? TextOf(member, e, longest, blank) : null;

    /// <summary>
    /// A code that a later version added: it stands there only where it says something, on the wire too, so that what was signed before has the form and the digest it had.
    /// </summary>
    public string? LaterCode(string member, IReadOnlySet<string> codes)
    {
        asked.Add(member);
        if (!members.TryGetValue(member, out var e)) return null;
        if (complete || e.ValueKind != JsonValueKind.Null) return CodeOf(member, e, codes);
        return null;
    }

    /// <summary>One of a closed set of codes.</summary>
    public string Code(string member, IReadOnlySet<string> codes) => Need(member) is { } e ? CodeOf(member, e, codes) : "";

    public string? OptionalCode(string member, IReadOnlySet<string> codes) => Optional(member) is { } e ? CodeOf(member, e, codes) : null;

    /// <summary>Text of a fixed form, such as a jurisdiction code.</summary>
    public string Formed(string member, Form form) => Need(member) is { } e ? FormedOf(member, e, form) : "";

    public string? OptionalFormed(string member, Form form) => Optional(member) is { } e ? FormedOf(member, e, form) : null;

    public bool Flag(string member) => Need(member) is { } e && (FlagOf(member, e) ?? false);

    /// <summary>False when absent in a draft: the official declares that it is not so.</summary>
    public bool DeclaredFlag(string member)
    {
        if (complete)
            return Flag(member);
        return Optional(member) is { } e && (FlagOf(member, e) ?? false);
    }

    public bool? OptionalFlag(string member) => Optional(member) is { } e ? FlagOf(member, e) : null;

    public int Whole(string member, int least, int most) => Need(member) is { } e ? WholeOf(member, e, least, most) ?? least : least;

    public int? OptionalWhole(string member, int least, int most) => Optional(member) is { } e ? WholeOf(member, e, least, most) : null;

    public DateOnly? OptionalDate(string member)
    {
        if (Optional(member) is not { } e)
            return null;
        if (e.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(Characters(e), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fault(member, "malformed-date", "A day is written yyyy-MM-dd.");
        return null;
    }

    /// <summary>An object that must stand here.</summary>
    public StrictObject Object(string member, string missing = "missing-member") =>
        Need(member, missing) is { } e ? new(e, Child(member), Faults, complete) : new(Child(member), Faults);

    public StrictObject? OptionalObject(string member) => Optional(member) is { } e ? new(e, Child(member), Faults, complete) : null;

    /// <summary>The elements of an array, with their pointers; at most <paramref name="most"/>, at least <paramref name="least"/>.</summary>
    public IReadOnlyList<StrictObject> Objects(string member, int least, int most) =>
        [.. Elements(member, least, most, least > 0).Select((e, i) => new StrictObject(e, $"{Child(member)}/{i}", Faults, complete))];

    /// <summary>An array of codes of a closed set, each once.</summary>
    public IReadOnlyList<string> Codes(string member, int most, IReadOnlySet<string> codes, int least = 0) =>
        References(member, most, codes, "unknown-code", "This code is not one of those known here.", least);

    /// <summary>An array of texts that must be in a known set, each once; <paramref name="rule"/> is the rule one outside breaks.</summary>
    public IReadOnlyList<string> References(string member, int most, IReadOnlySet<string> known, string rule, string sentence, int least = 0)
    {
        var read = new List<string>();
        foreach (var e in Elements(member, least, most, least > 0))
        {
            var at = $"{member}/{read.Count}";
            var code = e.ValueKind == JsonValueKind.String ? Characters(e) : null;
            if (code is null)
                Fault(at, "wrong-type", "A text is expected here.");
            else if (!known.Contains(code))
                Fault(at, rule, sentence);
            else if (read.Contains(code))
                Fault(at, "duplicate-reference", "Each may stand only once.");
            read.Add(code ?? "");
        }

        return read;
    }

    /// <summary>Texts of 1 to <paramref name="longest"/> characters.</summary>
    public IReadOnlyList<string> Texts(string member, int most, int longest) =>
        [.. Elements(member, 0, most, false).Select((e, i) => TextOf($"{member}/{i}", e, longest, blank: false) ?? "")];

    /// <summary>Whole numbers.</summary>
    public IReadOnlyList<int> Wholes(string member, int least, int most, int smallest, int largest) =>
        [.. Elements(member, least, most, least > 0).Select((e, i) => WholeOf($"{member}/{i}", e, smallest, largest) ?? 0)];

    /// <summary>An object that may be left out, read as one without members whose missing members are faults.</summary>
    public StrictObject Nothing(string member) => new(JsonElement.Parse("{}"u8), Child(member), Faults, complete);

    /// <summary>The raw value, for members whose inside the caller reads; null when absent or null.</summary>
    public JsonElement? Raw(string member) => Optional(member);

    /// <summary>Reports every member that nobody asked for.</summary>
    public void Close()
    {
        foreach (var name in members.Keys)
        {
            if (!asked.Contains(name))
                Fault(Escape(name), "unknown-member", "No such member is known here.");
        }
    }

    /// <summary>The pointer of a member, or of <c>member/0</c>, the first element of one.</summary>
    public string Child(string member) => member.Length == 0 ? Pointer : $"{Pointer}/{member}";

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private JsonElement? Need(string member, string missing = "missing-member")
    {
        asked.Add(member);
        if (members.TryGetValue(member, out var e))
            return e;
        if (Present)
            Fault(member, missing, "This member must be given.");
        return null;
    }

    private JsonElement? Optional(string member)
    {
        asked.Add(member);
        if (!members.TryGetValue(member, out var e))
        {
            if (complete && Present)
                Fault(member, "missing-member", "This member must be given, null where there is none.");
            return null;
        }

        return e.ValueKind == JsonValueKind.Null ? null : e;
    }

    private List<JsonElement> Elements(string member, int least, int most, bool needed)
    {
        // On the wire an empty list stands there as such: null would be a second way to say the same.
        if ((needed || complete ? Need(member) : Optional(member)) is not { } e)
            return [];
        if (e.ValueKind != JsonValueKind.Array)
        {
            Fault(member, "wrong-type", "A list is expected here.");
            return [];
        }

        var count = e.GetArrayLength();
        if (count < least)
            Fault(member, "empty", "At least one is needed.");
        if (count <= most)
            return [.. e.EnumerateArray()];
        Fault(member, "too-many", $"At most {most} are accepted.");
        return [];
    }

    private string? TextOf(string member, JsonElement e, int longest, bool blank)
    {
        if (e.ValueKind != JsonValueKind.String || Characters(e) is not { } text)
        {
            Fault(member, "wrong-type", "A text is expected here.");
            return null;
        }

        if (text.Length > longest)
            Fault(member, "too-long", $"At most {longest} characters are accepted.");
        else if (!blank && string.IsNullOrWhiteSpace(text))
            Fault(member, "empty", "The text may not be blank.");
        return text;
    }

    /// <summary>Null for a text with half a surrogate pair: no UTF-8 carries it, so it could not be signed.</summary>
    private static string? Characters(JsonElement e)
    {
        try
        {
            return e.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string CodeOf(string member, JsonElement e, IReadOnlySet<string> codes)
    {
        if (e.ValueKind != JsonValueKind.String || Characters(e) is not { } code)
            Fault(member, "wrong-type", "A code is expected here.");
        else if (codes.Contains(code))
            return code;
        else
            Fault(member, "unknown-code", "This code is not one of those known here.");
        return "";
    }

    private string FormedOf(string member, JsonElement e, Form form)
    {
        if (e.ValueKind != JsonValueKind.String || Characters(e) is not { } text)
            Fault(member, "wrong-type", "A text is expected here.");
        else if (form.Accepts(text))
            return text;
        else
            Fault(member, form.Rule, form.Sentence);
        return "";
    }

    private bool? FlagOf(string member, JsonElement e)
    {
        if (e.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return e.GetBoolean();
        Fault(member, "wrong-type", "true or false is expected here.");
        return null;
    }

    private int? WholeOf(string member, JsonElement e, int least, int most)
    {
        if (e.ValueKind != JsonValueKind.Number || !e.TryGetInt32(out var number))
            Fault(member, "wrong-type", "A whole number is expected here.");
        else if (number < least || number > most)
            Fault(member, "out-of-range", $"A number from {least} to {most} is expected here.");
        else
            return number;
        return null;
    }
}
