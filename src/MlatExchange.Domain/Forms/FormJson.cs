namespace MlatExchange.Domain.Forms;

/// <summary>A filled form as JSON, the same from a node and from the tool.</summary>
public static class FormJson
{
    /// <param name="fitting">Every form that fits the request.</param>
    public static object Of(FilledForm filled, IEnumerable<FormTemplate> fitting) => new
    {
        filled.Form, filled.Source, filled.Title, filled.Language, filled.Signed, filled.RulePack, filled.Sections, filled.Blank, forms = fitting.Select(form => form.Id),
    };
}
