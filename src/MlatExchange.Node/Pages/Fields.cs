using Microsoft.AspNetCore.Html;

namespace MlatExchange.Node.Pages;

/// <summary>Form fields with label, hint and fault, joined for screen readers. Every value is encoded where it is put in.</summary>
public static class Fields
{
    public static IHtmlContent Input(this NodePage page, string name, string label, string? hint = null, string? value = null, string type = "text", string width = "govuk-input--width-20", int most = 400) =>
        Group(page, name, label, hint, Html($"""<input class="govuk-input {width} {Red(page, name)}" id="{name}" name="{name}" type="{type}" maxlength="{most}" value="{value ?? page.Sent(name)}" spellcheck="false" autocomplete="off"{Described(page, name, hint)}>"""));

    public static IHtmlContent Area(this NodePage page, string name, string label, string? hint = null, string? value = null, int rows = 4, int most = 4000) =>
        Group(page, name, label, hint, Html($"""<textarea class="govuk-textarea {Red(page, name)}" id="{name}" name="{name}" rows="{rows}" maxlength="{most}"{Described(page, name, hint)}>{value ?? page.Sent(name)}</textarea>"""));

    public static IHtmlContent Select(this NodePage page, string name, string label, IEnumerable<(string Value, string Text)> choices, string? hint = null, string? value = null)
    {
        var chosen = value ?? page.Sent(name);
        var options = new HtmlContentBuilder();
        foreach (var (code, text) in choices) options.AppendHtml(Html($"""<option value="{code}"{(code == chosen ? Selected : HtmlString.Empty)}>{text}</option>"""));
        return Group(page, name, label, hint, Html($"""<select class="govuk-select {Red(page, name)}" id="{name}" name="{name}"{Described(page, name, hint)}>{options}</select>"""));
    }

    /// <summary>Choices of which one or, with <paramref name="many"/>, several may be taken.</summary>
    public static IHtmlContent Choices(
        this NodePage page, string name, string legend, IEnumerable<(string Value, string Text, string? Hint)> choices, string? hint = null, IReadOnlyCollection<string>? chosen = null, bool many = false, string size = "m")
    {
        var (kind, type) = many ? ("checkboxes", "checkbox") : ("radios", "radio");
        var (n, items) = (0, new HtmlContentBuilder());
        var now = chosen ?? (HttpMethods.IsPost(page.Request.Method) ? page.Request.Form[name].OfType<string>().ToList() : []);
        foreach (var (code, text, more) in choices)
        {
            var id = n++ == 0 ? name : $"{name}-{n}";
            IHtmlContent about = more is null ? HtmlString.Empty : Html($"""<div id="{id}-more" class="govuk-hint govuk-{kind}__hint">{more}</div>""");
            items.AppendHtml(Html($"""
                <div class="govuk-{kind}__item"><input class="govuk-{kind}__input" id="{id}" name="{name}" type="{type}" value="{code}"{(now.Contains(code) ? Checked : HtmlString.Empty)}{(more is null ? (IHtmlContent)HtmlString.Empty : Html($" aria-describedby=\"{id}-more\""))}><label class="govuk-label govuk-{kind}__label" for="{id}">{text}</label>{about}</div>
                """));
        }
        return Html($"""
            <div class="govuk-form-group {(page.FaultOf(name) is null ? "" : "govuk-form-group--error")}"><fieldset class="govuk-fieldset"{Described(page, name, hint)}><legend class="govuk-fieldset__legend govuk-fieldset__legend--{size}">{legend}</legend>{Hint(name, hint)}{Error(page, name)}<div class="govuk-{kind}" data-module="govuk-{kind}">{items}</div></fieldset></div>
            """);
    }

    public static IHtmlContent Button(string text, string kind = "", string? name = null, string? value = null) => Html($"""<button class="govuk-button {(kind.Length == 0 ? "" : $"govuk-button--{kind}")}" data-prevent-double-click="true"{(name is null ? (IHtmlContent)HtmlString.Empty : Html($" name=\"{name}\" value=\"{value}\""))}>{text}</button>""");

    public static IHtmlContent Tag(string text, string meaning = "") => Html($"""<span class="mlat-tag {(meaning.Length == 0 ? "" : $"mlat-tag--{meaning}")}">{text}</span>""");

    /// <summary>An instant in the reader's zone.</summary>
    public static IHtmlContent Time(this NodePage page, DateTimeOffset? at, bool brief = false) =>
        at is not { } when ? HtmlString.Empty : Html($"""<time datetime="{Zone.Machine(when)}" title="{page.Zone.Name}">{(brief ? page.Zone.Short(when) : page.Zone.Moment(when))}</time>""");

    private static readonly HtmlString Selected = new(" selected");
    private static readonly HtmlString Checked = new(" checked");

    private static HtmlFormattableString Group(NodePage page, string name, string label, string? hint, IHtmlContent field) => Html($"""
        <div class="govuk-form-group {(page.FaultOf(name) is null ? "" : "govuk-form-group--error")}"><label class="govuk-label" for="{name}">{label}</label>{Hint(name, hint)}{Error(page, name)}{field}</div>
        """);

    private static string Red(NodePage page, string name) => page.FaultOf(name) is null ? "" : "govuk-input--error";

    private static IHtmlContent Hint(string name, string? hint) => hint is null ? HtmlString.Empty : Html($"""<div id="{name}-hint" class="govuk-hint">{hint}</div>""");

    private static IHtmlContent Error(NodePage page, string name) => page.FaultOf(name) is not { } fault ? HtmlString.Empty
        : Html($"""<p id="{name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">{Words.T("Error:")}</span> {fault}</p>""");

    private static IHtmlContent Described(NodePage page, string name, string? hint) => (hint, page.FaultOf(name)) switch
    {
        (null, null) => HtmlString.Empty,
        (not null, null) => Html($" aria-describedby=\"{name}-hint\""),
        (null, not null) => Html($" aria-describedby=\"{name}-error\""),
        _ => Html($" aria-describedby=\"{name}-hint {name}-error\""),
    };

    private static HtmlFormattableString Html(FormattableString text) => new(text.Format, text.GetArguments());
}
