using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain.Forms;

/// <summary>The forms a node has loaded, and the words they are filled with.</summary>
public sealed class FormSet(IEnumerable<FormTemplate> loaded, FormWords words)
{
    private readonly List<FormTemplate> forms = [.. loaded.OrderBy(form => form.Id, StringComparer.Ordinal).ThenByDescending(form => form.Version)];

    public IReadOnlyList<FormTemplate> All => forms;

    public FormWords Words => words;

    /// <summary>The newest forms that fit a request, the most particular first; the first is the one that is signed.</summary>
    public IReadOnlyList<FormTemplate> For(RequestFacts facts) =>
    [
        .. forms.Where(form => form.Instruments.Any(listed => Instruments.Is(facts.Instrument, listed))
            && (form.Measure is null || facts.Items.Any(item => item.Measure == form.Measure)))
            .DistinctBy(form => form.Id).OrderBy(form => form.Kind).ThenBy(form => form.Measure == Codes.Preserve),
    ];
}
