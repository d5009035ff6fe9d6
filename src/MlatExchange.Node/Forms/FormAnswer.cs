using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Forms;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Forms;

/// <summary>A form as a page, as a PDF where Chromium is there, or as JSON, whichever <c>Accept</c> prefers. Never cached: it names persons.</summary>
public sealed class FormAnswer(FormFiles files, ChromiumPdf pdf)
{
    private const string Html = "text/html", Pdf = "application/pdf", Json = "application/json";
    private static readonly string[] Known = [Html, Pdf, Json];

    /// <summary>Nothing but the style sheet is loaded, nothing runs, nobody frames it.</summary>
    private const string Policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public FormSet Set => files.Set;

    /// <param name="forms">Forms that fit the case; <c>?form=</c> chooses one by its id, otherwise the first.</param>
    public async Task<IResult> Of(HttpContext http, IReadOnlyList<FormTemplate> forms, FormDossier dossier)
    {
        if (Accepted.Of(http.Request, Known) is not { } type)
            return Problem.Of(StatusCodes.Status406NotAcceptable, "not-acceptable", $"A form is given as {string.Join(", ", Known)}.");
        var id = http.Request.Query["form"] is [{ Length: > 0 } named] ? named : forms.Count > 0 ? forms[0].Id : null;
        if (forms.FirstOrDefault(form => form.Id == id) is not { } template)
            return Problem.Of(StatusCodes.Status404NotFound, "no-such-form", $"The forms of this case: {string.Join(", ", forms.Select(form => form.Id))}.");
        var filled = FormFilling.Fill(template, dossier, files.Set.Words, Languages.Of(http));
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Vary = "Accept, Accept-Language";
        headers.ContentLanguage = filled.Language;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (type == Json) return Results.Json(FormJson.Of(filled, forms), EventJson.Options);
        if (type == Html)
        {
            headers.ContentSecurityPolicy = Policy;
            return Results.Text(FormHtml.Write(filled), Html, Encoding.UTF8);
        }

        return pdf.Found is null
            ? Problem.Of(StatusCodes.Status501NotImplemented, "pdf-not-available", "This node has no Chromium to print with (setting Forms:Chromium); the page itself has a layout for print.")
            : await pdf.Print(FormHtml.Write(filled, files.Stylesheet), http.RequestAborted) is { } printed
                ? Results.Bytes(printed, Pdf, $"{template.Id}.pdf")
                : Problem.Of(StatusCodes.Status503ServiceUnavailable, "pdf-not-printed", "Chromium did not print the form; the page itself has a layout for print.");
    }
}
