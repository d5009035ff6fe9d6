using System.Text.Json;

namespace MlatExchange.Domain.Forms;

/// <summary>
/// A form of an instrument as data: its sections in order, the fields of each and where every value comes from. A published version never changes.
/// Read from contracts/forms by <see cref="FormLoader"/>.
/// </summary>
/// <param name="Id">Slug, such as <c>epoc</c>.</param>
/// <param name="Version">1, 2, 3 ...</param>
/// <param name="Instruments">Instruments it is a form of, such as <c>EEV</c>; a bilateral treaty by <c>BILATERAL</c>.</param>
/// <param name="Measure"><c>produce</c> or <c>preserve</c> where the instrument has a form of its own for each; null for any.</param>
/// <param name="Kind">Request, or receipt by the requested side.</param>
/// <param name="Source">Where the form is prescribed, such as <c>EEV Annex I</c>; <c>design</c> where it is ours.</param>
public sealed record FormTemplate(
    string Id, int Version, IReadOnlyList<string> Instruments, string? Measure, FormKind Kind, string Source, InTwoLanguages Title, IReadOnlyList<FormSection> Sections)
{
    /// <summary>Id and version, such as <c>epoc@1</c>.</summary>
    public string Name => $"{Id}@{Version}";
}

/// <summary>What a form is filled from and by whom.</summary>
public enum FormKind
{
    /// <summary>The request itself, by the requesting side.</summary>
    Request,

    /// <summary>A confirmation of receipt, by the requested side (EIO Annex B).</summary>
    Receipt,
}

/// <summary>A text in the languages of the forms.</summary>
public sealed record InTwoLanguages(string En, string Fr)
{
    /// <summary>Another language than these reads English.</summary>
    public string In(string language) => language.StartsWith("fr", StringComparison.Ordinal) ? Fr : En;
}

/// <summary>One section of a form.</summary>
/// <param name="Source">Its place in the official form, such as <c>EEV Annex I, A</c>.</param>
/// <param name="Certainty">How sure its layout is; <c>M</c> is shown as "to be confirmed by counsel".</param>
/// <param name="Text">What the section says besides its fields.</param>
/// <param name="Verbatim">Whether <paramref name="Text"/> is the law's own wording; allowed only with certainty <c>V</c>. Otherwise it is ours and says so.</param>
/// <param name="Each">Pointer of an array: the fields are repeated for each element; null for once.</param>
/// <param name="Where">Elements of it that count; null for all.</param>
/// <param name="When">When the section applies; null for always.</param>
public sealed record FormSection(
    string Id, InTwoLanguages Heading, string Source, RulePacks.Certainty Certainty, InTwoLanguages? Text, bool Verbatim,
    string? Each, FormCondition? Where, FormCondition? When, IReadOnlyList<FormField> Fields);

/// <summary>One field of a section.</summary>
/// <param name="Value">
/// Pointer into the <see cref="FormDossier"/>, such as <c>act/reference</c>; in a repeated section <c>./to</c> is a member of the element and <c>{ref}</c> its reference. Null: filled in by hand.
/// </param>
/// <param name="Pattern">How one element of an array of objects is written, such as <c>{instrument} {article}</c>; null for plain values.</param>
/// <param name="Choices">Codes to tick, all of them shown; empty where the value is written out.</param>
/// <param name="Mandatory">Blank means that the request may not be signed.</param>
/// <param name="WaivedBy">Slug of the rule that asks for the same: where an official has set its finding aside, the field may stay blank.</param>
/// <param name="When">When the field applies; null for always.</param>
/// <param name="Language">Pointer of the language the value is in (BCP 47); null: the language of the form.</param>
public sealed record FormField(
    string Id, InTwoLanguages Label, string? Value, string? Pattern, IReadOnlyList<string> Choices, bool Mandatory, string? WaivedBy, FormCondition? When, string? Language);

/// <summary>Whether a value is one of some codes; true and false are codes too, and <c>any</c> is every value that is there.</summary>
public sealed record FormCondition(string Value, IReadOnlyList<string> In)
{
    internal bool Holds(JsonElement? found)
    {
        if (found is not { } value) return false;
        if (In.Contains("any")) return true;
        return value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Any(one => In.Contains(FormDossier.Code(one)))
            : In.Contains(FormDossier.Code(value));
    }
}
