namespace MlatExchange.Node.Pages;

/// <summary>A request as it was entered or as it came, with what the rules say of it beside the parts they read.</summary>
/// <param name="Request">The request's members; identifying values only where the reader may see them.</param>
/// <param name="Disclosed">Values disclosed with a received request, which stand beside the facts; nothing for a request of ours.</param>
/// <param name="Assessment">An assessment view, or nothing.</param>
/// <param name="Overrides">Rules set aside.</param>
public sealed record FormView(NodePage Page, Shown Request, Shown Disclosed, Shown Assessment, IReadOnlyList<string> Overrides)
{
    private static readonly string[] Sections = ["instrument", "legalBasis", "offence", "persons", "items", "necessity", "retention", "conditions", "notice", "urgency", "issuer", "addressee"];

    /// <summary>Findings that read a fact of this part of the form first, other than passes.</summary>
    public IEnumerable<Shown> Beside(string section) => Open.Where(finding => finding["items"].Items.Count == 0 && SectionOf(finding) == section);

    /// <summary>Findings about one item.</summary>
    public IEnumerable<Shown> Of(string item) => Open.Where(finding => finding["items"].Items.Any(of => of.Text == item));

    /// <summary>Findings that belong to no part shown.</summary>
    public IEnumerable<Shown> Elsewhere => Open.Where(finding => finding["items"].Items.Count == 0 && !Sections.Contains(SectionOf(finding)));

    public bool IsOverridden(Shown finding) => Overrides.Contains(finding["rule"].Text);

    /// <summary>A disclosed value by the name of its disclosure.</summary>
    public Shown Told(string name)
    {
        foreach (var group in Disclosed.Json.ValueKind == System.Text.Json.JsonValueKind.Array ? Disclosed.Items : [.. Disclosed.Members.Select(member => member.Value)])
            foreach (var value in group.Json.ValueKind == System.Text.Json.JsonValueKind.Array ? group.Items : [group])
                if (value["name"].Text == name) return value["value"];
        return Disclosed[name];
    }

    private IEnumerable<Shown> Open => Assessment["findings"].Items.Where(finding => finding["outcome"].Text != "pass");

    private static string SectionOf(Shown finding) => finding["facts"].Items is [var first, ..] ? first.Text.Split('=', '.', '[', '/')[0] : "";
}
