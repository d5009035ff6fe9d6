using Microsoft.AspNetCore.Mvc;

namespace MlatExchange.Node.Pages.Requests;

/// <summary>The requests of the reader's authority.</summary>
public sealed class IndexModel : NodePage
{
    public IReadOnlyList<Shown> List { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGet(long? cursor)
    {
        var answer = await Get("/api/requests", query: CaseRows.Query(cursor));
        if (!answer.Ok) return Trouble(answer);
        (List, Next) = (answer.Body["items"].Items, answer.Body["next"].Text);
        return Page();
    }
}
