using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MlatExchange.Domain.Forms;

/// <summary>
/// A filled form as a page for screen, paper and screen readers: headings in order, the language of every text, lists of terms and descriptions, nothing told by colour
/// alone. No script, no inline style and nothing from elsewhere, so a content security policy may forbid them all.
/// </summary>
public static class FormHtml
{
    /// <summary>What the page links to where it is served; <c>form.css</c> beside the forms.</summary>
    public const string StylesheetPath = "/forms/form.css";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="stylesheet">The style sheet's text, for a page that stands alone (a file, or what becomes a PDF); null links to <see cref="StylesheetPath"/>.</param>
    public static string Write(FilledForm form, string? stylesheet = null)
    {
        var (page, say) = (new StringBuilder(16_384), FormPhrases.In(form.Language));
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(form.Language).Append("\">\n<head>\n<meta charset=\"utf-8\">\n<title>").Append(E(form.Title)).Append("</title>\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // A style sheet of ours never closes its own element.
        if (stylesheet is null) page.Append("<link rel=\"stylesheet\" href=\"").Append(StylesheetPath).Append("\">\n");
        else page.Append("<style>\n").Append(stylesheet).Append("</style>\n");
        page.Append("</head>\n<body").Append(form.Signed ? "" : " class=\"unsigned\"").Append(">\n");
        if (!form.Signed) page.Append("<p class=\"watermark\" aria-hidden=\"true\">").Append(E(say.NotSigned)).Append("</p>\n");
        page.Append("<header>\n<h1>").Append(E(form.Title)).Append("</h1>\n<p>").Append(E($"{form.Form} · {form.Source}")).Append("</p>\n");
        page.Append("<p class=\"mark\">").Append(E(form.Signed ? say.Signed : say.NotSignedYet)).Append("</p>\n<p>").Append(E(say.OwnWords)).Append("</p>\n");
        if (form.RulePack is { } pack) page.Append("<p>").Append(E(say.Pack)).Append(' ').Append(E(pack)).Append("</p>\n");
        page.Append("</header>\n<main>\n");
        Blank(page, form, say);
        foreach (var section in form.Sections) Section(page, section, say);
        page.Append("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Blank(StringBuilder page, FilledForm form, FormPhrases say)
    {
        if (form.Blank is not { Count: > 0 }) return;
        page.Append("<section class=\"blank\" aria-labelledby=\"blank-fields\">\n<h2 id=\"blank-fields\">").Append(E(say.BlankHeading)).Append("</h2>\n<ul>\n");
        foreach (var section in form.Sections)
            foreach (var (group, index) in section.Groups.Select((group, index) => (group, index)))
                foreach (var field in group.Fields.Where(field => field.State == FieldState.Missing))
                    page.Append("<li><a href=\"#").Append(Anchor(section, index, field)).Append("\">").Append(E($"{section.Id}. {field.Label}{(group.Ref is null ? "" : $" ({group.Ref})")}")).Append("</a></li>\n");
        page.Append("</ul>\n</section>\n");
    }

    private static void Section(StringBuilder page, FilledSection section, FormPhrases say)
    {
        page.Append("<section aria-labelledby=\"section-").Append(E(section.Id)).Append("\">\n<h2 id=\"section-").Append(E(section.Id)).Append("\">").Append(E($"{section.Id}. {section.Heading}")).Append("</h2>\n");
        page.Append("<p class=\"source\">").Append(E(section.Source)).Append(section.Certainty switch { "V" => "", "V2" => $" · {E(say.Secondary)}", _ => $" · {E(say.Counsel)}" }).Append("</p>\n");
        if (section.Text is { } text) page.Append(section.Verbatim ? "<blockquote><p>" : "<p>").Append(E(text)).Append(section.Verbatim ? "</p></blockquote>\n" : "</p>\n");
        if (!section.Applies) page.Append("<p>").Append(E(say.NotApplicable)).Append("</p>\n");
        for (var index = 0; index < section.Groups.Count; index++)
        {
            var group = section.Groups[index];
            if (group.Ref is not null) page.Append("<h3>").Append(E(group.Ref)).Append("</h3>\n");
            if (group.Fields.Count == 0) continue;
            page.Append("<dl>\n");
            foreach (var field in group.Fields) Field(page, field, Anchor(section, index, field), say);
            page.Append("</dl>\n");
        }

        page.Append("</section>\n");
    }

    private static void Field(StringBuilder page, FilledField field, string anchor, FormPhrases say)
    {
        page.Append("<div id=\"").Append(anchor).Append("\">\n<dt>").Append(E(field.Label)).Append(field.Mandatory ? $" <span class=\"mandatory\">({E(say.Mandatory)})</span>" : "").Append("</dt>\n<dd>\n");
        var language = field.ValueLanguage is { } tag ? $" lang=\"{E(tag)}\"" : "";
        if (field.Ticks.Count > 0)
        {
            page.Append("<ul class=\"ticks\">\n");
            foreach (var tick in field.Ticks)
                page.Append("<li").Append(tick.Ticked ? " class=\"ticked\"" : "").Append("><span aria-hidden=\"true\">").Append(tick.Ticked ? '\u2612' : '\u2610').Append("</span> <span class=\"spoken\">")
                    .Append(E(tick.Ticked ? say.Ticked : say.NotTicked)).Append("</span> ").Append(E(tick.Label)).Append("</li>\n");
            page.Append("</ul>\n");
        }

        foreach (var line in field.Lines) page.Append("<p class=\"value\"").Append(language).Append('>').Append(E(line)).Append("</p>\n");
        if (Said(field.State, say) is { } said) page.Append("<p class=\"").Append(field.State == FieldState.ByHand ? "by-hand" : "none").Append("\">").Append(E(said)).Append("</p>\n");
        page.Append("<p class=\"origin\">").Append(E(field.Origin)).Append(field.Pointer.Length > 0 ? $" <code>/{E(field.Pointer)}</code>" : "").Append("</p>\n</dd>\n</div>\n");
    }

    private static string? Said(FieldState state, FormPhrases say) => state switch
    {
        FieldState.Blank => say.Blank,
        FieldState.Missing => say.Missing,
        FieldState.Waived => say.Waived,
        FieldState.ByHand => say.ByHand,
        _ => null,
    };

    private static string Anchor(FilledSection section, int index, FilledField field) => E($"{section.Id}-{index + 1}-{field.Id}");

    private static string E(string text) => Encoder.Encode(text);
}
