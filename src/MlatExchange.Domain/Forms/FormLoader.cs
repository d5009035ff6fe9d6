using System.Text.Json;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Domain.Forms;

/// <summary>Reads a form file and checks all of it: a form with a fault is no form.</summary>
public static class FormLoader
{
    private static readonly HashSet<string> Certainties = ["V", "V2", "M"];
    private static readonly HashSet<string> Kinds = ["request", "receipt"];
    private static readonly Domain.Form Id = Domain.Form.Slug;
    private static readonly Domain.Form SectionId = new("malformed-slug", "A section is named by 1 to 20 letters, digits, dots and hyphens.", s => s.Length is > 0 and <= 20 && s.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'));
    private static readonly Domain.Form Instrument = new("unknown-code", "This is not a known instrument.", s => s == Jurisdictions.Instruments.Bilateral || Jurisdictions.Instruments.Known(s));

    public static Reading<FormTemplate> Load(ReadOnlyMemory<byte> utf8)
    {
        var faults = new List<MemberFault>();
        if (Open(utf8, faults) is not { } file) return new(null, faults);
        var root = new StrictObject(file, "", faults, complete: false);
        root.OptionalText("$schema", 300);
        var instruments = root.Texts("instruments", 20, 20);
        if (instruments.Count == 0 || !instruments.All(Instrument.Accepts)) root.Fault("instruments", Instrument.Rule, Instrument.Sentence);
        var template = new FormTemplate(
            root.Formed("id", Id), root.Whole("version", 1, 9999), instruments, root.OptionalCode("measure", Codes.Measures),
            root.Code("kind", Kinds) == "receipt" ? FormKind.Receipt : FormKind.Request, root.Formed("source", Domain.Form.Printed(100)), Named(root, "title"), Sections(root));
        root.Close();
        return faults.Count > 0 ? new(null, faults) : new(template, faults);
    }

    private static List<FormSection> Sections(StrictObject root)
    {
        var read = new List<FormSection>();
        foreach (var o in root.Objects("sections", 1, 60))
        {
            var section = Section(o);
            if (read.Exists(other => other.Id == section.Id)) o.Fault("id", "duplicate-reference", "Another section has this id.");
            if (section is { Verbatim: true, Certainty: not Certainty.V }) o.Fault("verbatim", "verbatim-not-read", "Only wording that was read in the primary text may be called the law's own.");
            o.Close();
            read.Add(section);
        }

        return read;
    }

    private static FormSection Section(StrictObject o)
    {
        var each = Pointer(o, "each", repeated: false);
        return new(
            o.Formed("id", SectionId), Named(o, "heading"), o.Formed("source", Domain.Form.Printed(100)), o.Code("certainty", Certainties) switch { "V" => Certainty.V, "V2" => Certainty.V2, _ => Certainty.M },
            o.OptionalObject("text") is { } text ? Closed(text) : null, o.DeclaredFlag("verbatim"), each, Condition(o, "where", each is not null), Condition(o, "when", repeated: false), Fields(o, each is not null));
    }

    private static List<FormField> Fields(StrictObject section, bool repeated)
    {
        var read = new List<FormField>();
        foreach (var o in section.Objects("fields", 0, 100))
        {
            var field = new FormField(
                o.Formed("id", Id), Named(o, "label"), Pointer(o, "value", repeated), o.OptionalText("pattern", 200), o.Texts("choices", 60, 100), o.DeclaredFlag("mandatory"),
                o.OptionalFormed("waivedBy", Domain.Form.Slug), Condition(o, "when", repeated), Pointer(o, "language", repeated));
            if (field is { Mandatory: true, Value: null }) o.Fault("mandatory", "by-hand", "What is filled in by hand on paper cannot be checked here.");
            if (read.Exists(other => other.Id == field.Id)) o.Fault("id", "duplicate-reference", "Another field of this section has this id.");
            o.Close();
            read.Add(field);
        }

        return read;
    }

    /// <summary>A pointer begins with one of the places a value can come from; only a repeated section has elements to point into.</summary>
    private static string? Pointer(StrictObject o, string member, bool repeated)
    {
        if (o.OptionalText(member, 200, blank: false) is not { } pointer) return null;
        var cut = pointer.IndexOf('/', StringComparison.Ordinal);
        if (cut < 1 || !(FormDossier.Roots.Contains(pointer[..cut]) || (repeated && pointer[..cut] == ".")) || (!repeated && pointer.Contains('{', StringComparison.Ordinal)))
            o.Fault(member, "malformed-pointer", "A value comes from act, disclosed, computed, trust or node.");
        return pointer;
    }

    private static FormCondition? Condition(StrictObject o, string member, bool repeated)
    {
        if (o.OptionalObject(member) is not { } condition) return null;
        var pointer = Pointer(condition, "value", repeated);
        if (pointer is null) condition.Fault("value", "missing-member", "A condition is about a value.");
        var codes = condition.Texts("in", 60, 100);
        if (codes.Count == 0) condition.Fault("in", "empty", "A condition has at least one code.");
        condition.Close();
        return new(pointer ?? "", codes);
    }

    private static InTwoLanguages Named(StrictObject o, string member) => Closed(o.Object(member));

    private static InTwoLanguages Closed(StrictObject o)
    {
        var read = Texts(o);
        o.Close();
        return read;
    }

    internal static JsonElement? Open(ReadOnlyMemory<byte> utf8, List<MemberFault> faults) => JsonFile.Open(utf8, "A form", 16, faults);

    internal static InTwoLanguages Texts(StrictObject o) => new(o.Text("en", 4000), o.Text("fr", 4000));
}
