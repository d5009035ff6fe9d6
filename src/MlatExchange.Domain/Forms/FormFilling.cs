using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlatExchange.Domain.Forms;

/// <summary>A template and a dossier in, the filled form out; nothing else is read.</summary>
public static partial class FormFilling
{
    /// <param name="language">Language of the form, <c>en</c> or <c>fr</c>; values stay in their own.</param>
    public static FilledForm Fill(FormTemplate template, FormDossier dossier, FormWords words, string language) => new(
        template.Name, template.Source, template.Title.In(language), language.StartsWith("fr", StringComparison.Ordinal) ? "fr" : "en", dossier.Signed, dossier.RulePack,
        [.. template.Sections.Select(section => Section(section, dossier, words, language))]);

    private static FilledSection Section(FormSection section, FormDossier dossier, FormWords words, string language)
    {
        var applies = section.When is null || section.When.Holds(dossier.At(section.When.Value));
        var groups = !applies ? [] : section.Each is null
            ? [new FilledGroup(null, Fields(section, new(dossier, null, null), words, language))]
            : Elements(section, dossier).Select(element => new FilledGroup(element.Ref, Fields(section, element, words, language))).ToList();
        return new(
            section.Id, section.Heading.In(language), section.Source, section.Certainty.ToString(), section.Text?.In(language), section.Verbatim, applies && groups.Count > 0, groups);
    }

    private static IEnumerable<Place> Elements(FormSection section, FormDossier dossier)
    {
        if (dossier.At(section.Each!) is not { ValueKind: JsonValueKind.Array } array) yield break;
        for (var n = 0; n < array.GetArrayLength(); n++)
        {
            var reference = array[n].ValueKind == JsonValueKind.Object && array[n].TryGetProperty("ref", out var named) ? named.GetString() : null;
            var place = new Place(dossier, $"{section.Each}/{n.ToString(CultureInfo.InvariantCulture)}", reference ?? (n + 1).ToString(CultureInfo.InvariantCulture));
            if (section.Where is null || section.Where.Holds(place.Value(section.Where.Value))) yield return place;
        }
    }

    private static List<FilledField> Fields(FormSection section, Place place, FormWords words, string language) =>
        [.. section.Fields.Where(field => field.When is null || field.When.Holds(place.Value(field.When.Value))).Select(field => Field(field, place, words, language))];

    private static FilledField Field(FormField field, Place place, FormWords words, string language)
    {
        var label = field.Label.In(language);
        if (field.Value is null)
            return new(field.Id, label, "", words.Origin("hand", null, language), FieldState.ByHand, false, [], [], null);
        var (pointer, value) = (place.Pointer(field.Value), place.Value(field.Value));
        var spell = Verbatim(pointer) ? (Func<string, string>)(text => text) : code => words.Of(code, language);
        var lines = Lines(value, field.Pattern, spell).Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var ticked = field.Choices.Count == 0 ? [] : Codes(value).ToHashSet(StringComparer.Ordinal);
        var ticks = field.Choices.Select(code => new FilledTick(code, words.Of(code, language), ticked.Contains(code))).ToList();
        // What no box stands for is written out beside the boxes: nothing that was asked for may vanish from the form.
        if (ticks.Count > 0) lines = [.. ticked.Where(code => !field.Choices.Contains(code)).Order(StringComparer.Ordinal).Select(code => words.Of(code, language))];
        var stated = ticks.Count == 0 ? lines.Count > 0 : ticked.Count > 0;
        var state = stated ? FieldState.Stated : !field.Mandatory ? FieldState.Blank
            : field.WaivedBy is { } rule && place.Dossier.Overrides.Contains(rule) ? FieldState.Waived : FieldState.Missing;
        var spoken = field.Language is null ? null : place.Value(field.Language) is { ValueKind: JsonValueKind.String } tag ? tag.GetString() : null;
        return new(field.Id, label, pointer, words.Origin(Root(pointer, place.Dossier.Signed), place.Dossier.RulePack, language), state, field.Mandatory, lines, ticks, spoken);
    }

    private static string Root(string pointer, bool signed) => pointer.AsSpan(0, pointer.IndexOf('/', StringComparison.Ordinal)) switch
    {
        "act" => signed ? "act" : "draft",
        var root => root.ToString(),
    };

    private static IEnumerable<string> Codes(JsonElement? value) => value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Select(FormDossier.Code),
        { } one => [FormDossier.Code(one)],
    };

    /// <summary>What somebody wrote is never taken for a code, even where it reads like one.</summary>
    private static bool Verbatim(string pointer) => pointer.StartsWith("disclosed/", StringComparison.Ordinal) || pointer is "act/reference" or "act/statute";

    private static IEnumerable<string> Lines(JsonElement? value, string? pattern, Func<string, string> spell) => value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().SelectMany(one => Lines(one, pattern, spell)),
        { ValueKind: JsonValueKind.Object } o => [Put(pattern ?? "", o, spell)],
        { } one => [spell(FormDossier.Code(one))],
    };

    /// <summary>The members of an object in the places that the pattern gives them; one that is not there leaves nothing behind.</summary>
    private static string Put(string pattern, JsonElement o, Func<string, string> spell) => Member().Replace(pattern, place =>
        !o.TryGetProperty(place.Groups[1].ValueSpan, out var value) ? ""
        : value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray().Select(one => spell(FormDossier.Code(one))))
        : spell(FormDossier.Code(value))).Trim();

    [GeneratedRegex("\\{([A-Za-z]+)\\}")]
    private static partial Regex Member();

    /// <summary>Where a field is filled from: the dossier, and in a repeated section one element of it.</summary>
    private sealed record Place(FormDossier Dossier, string? Element, string? Ref)
    {
        public string Pointer(string value) =>
            (value.StartsWith("./", StringComparison.Ordinal) ? $"{Element}{value.AsSpan(1)}" : value).Replace("{ref}", Ref, StringComparison.Ordinal);

        public JsonElement? Value(string value) => Dossier.At(Pointer(value));
    }
}
