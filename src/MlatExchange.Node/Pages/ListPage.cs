using Microsoft.AspNetCore.Mvc;

namespace MlatExchange.Node.Pages;

/// <summary>A list of cases or transfers of the reader's authority, newest change first, page by page.</summary>
/// <param name="route">The list's route.</param>
public abstract class ListPage(string route) : NodePage
{
    public IReadOnlyList<Shown> List { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task<IActionResult> OnGet(long? cursor)
    {
        var answer = await Get(route, query: CaseRows.Query(cursor));
        if (!answer.Ok) return Trouble(answer);
        (List, Next) = (answer.Body["items"].Items, answer.Body["next"].Text);
        return Page();
    }
}
