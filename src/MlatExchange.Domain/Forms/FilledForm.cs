namespace MlatExchange.Domain.Forms;

/// <summary>A form with its values, ready to be shown: every field with where its value came from.</summary>
/// <param name="Form">Id and version, such as <c>epoc@2</c>.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="Signed">False: printed with the mark "not signed".</param>
public sealed record FilledForm(string Form, string Source, string Title, string Language, bool Signed, string? RulePack, IReadOnlyList<FilledSection> Sections)
{
    /// <summary>Mandatory fields that are blank, named by pointer, with a sentence; empty when the form may be signed.</summary>
    public IReadOnlyList<MemberFault> Blank =>
    [
        .. Sections.SelectMany(section => section.Groups.SelectMany(group => group.Fields.Where(one => one.State == FieldState.Missing)
            .Select(one => new MemberFault($"/{one.Pointer}", "form-field-blank", $"{Form}, section {section.Id}: {one.Label}.")))),
    ];
}

/// <summary>One section.</summary>
/// <param name="Certainty"><c>V</c>, <c>V2</c> or <c>M</c>.</param>
/// <param name="Applies">False: printed by its heading alone, as not applicable.</param>
/// <param name="Groups">One, or one for each element of a repeated section.</param>
public sealed record FilledSection(string Id, string Heading, string Source, string Certainty, string? Text, bool Verbatim, bool Applies, IReadOnlyList<FilledGroup> Groups);

/// <param name="Ref">Reference of the element in a repeated section; null otherwise.</param>
public sealed record FilledGroup(string? Ref, IReadOnlyList<FilledField> Fields);

/// <param name="Pointer">Where the value stands in the dossier, such as <c>act/request/items/0/to</c>; empty for one filled in by hand.</param>
/// <param name="Origin">The same in words.</param>
/// <param name="Lines">The value in words; empty where it is blank or ticked.</param>
/// <param name="Ticks">All choices, ticked or not; empty where the value is written out.</param>
/// <param name="ValueLanguage">Language of the value where it differs from the form's (BCP 47).</param>
public sealed record FilledField(
    string Id, string Label, string Pointer, string Origin, FieldState State, bool Mandatory, IReadOnlyList<string> Lines, IReadOnlyList<FilledTick> Ticks, string? ValueLanguage);

public sealed record FilledTick(string Code, string Label, bool Ticked);

public enum FieldState
{
    Stated,

    /// <summary>No value, and none is needed.</summary>
    Blank,

    /// <summary>No value where one is needed.</summary>
    Missing,

    /// <summary>No value where one is needed, and a named official has set aside the finding that says so.</summary>
    Waived,

    /// <summary>Filled in by hand on the printed form.</summary>
    ByHand,
}
