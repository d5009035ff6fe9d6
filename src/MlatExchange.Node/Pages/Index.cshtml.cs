using Microsoft.AspNetCore.Mvc;
using MlatExchange.Node.Access;

namespace MlatExchange.Node.Pages;

/// <summary>One thing that somebody with the reader's roles can do next.</summary>
/// <param name="Step">In words.</param>
/// <param name="Kind">Kind of code that the row's state is.</param>
public sealed record WaitingStep(string Step, string Address, string Kind, Shown Row);

/// <summary>What waits for the reader's authority: steps that the reader's roles allow, and the clocks that run.</summary>
public sealed class IndexModel : NodePage
{
    public IReadOnlyList<WaitingStep> Waiting { get; private set; } = [];

    public IReadOnlyList<Shown> Deadlines { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (!Has(Role.Case)) return Page();
        var waiting = new List<WaitingStep>();
        foreach (var (route, root, kind) in (IEnumerable<(string, string, string)>)[("/api/requests", "/requests", "request-state"), ("/api/received", "/received", "received-state"), ("/api/transfers", "/transfers", "transfer-state")])
        {
            var list = await Get(route, query: "?limit=50");
            if (!list.Ok) return Trouble(list);
            waiting.AddRange(list.Body["items"].Items.Select(row => (Row: row, Step: Next(kind, row))).Where(pair => pair.Step is not null)
                .Select(pair => new WaitingStep(pair.Step!, $"{root}/{pair.Row["id"]}", kind, pair.Row)));
        }
        Waiting = [.. waiting.OrderBy(step => step.Row["updatedAt"].At)];
        var deadlines = await Get("/api/deadlines", query: "?limit=20");
        if (!deadlines.Ok) return Trouble(deadlines);
        Deadlines = deadlines.Body["items"].Items;
        return Page();
    }

    /// <summary>Page of a case or transfer that a list route names.</summary>
    public static string AddressOf(string kind, string id) => kind switch { "request" => $"/requests/{id}", "received" => $"/received/{id}", _ => $"/transfers/{id}" };

    private string? Next(string kind, Shown row) => (kind, row["state"].Text) switch
    {
        ("request-state", "draft") when Has(Role.Assessor, Role.Drafter) => Words.T("Assess a draft"),
        ("request-state", "assessed") when Has(Role.Approver) => Words.T("Approve a request"),
        ("request-state", "approved") when Has(Role.Signer) => Words.T("Sign a request"),
        ("request-state", "awaiting-validation") when Has(Role.Judge) => Words.T("Validate a request"),
        ("received-state", "received" or "acknowledged") when Has(Role.ExecutingProsecutor) => Words.T("Decide on a request"),
        ("received-state", "recognised" or "partly-recognised" or "decided") when Has(Role.ExecutingProsecutor) => Words.T("Supply the evidence"),
        ("transfer-state", "offered") when Has(Role.Signer) && row["direction"].Text == "outgoing-request" => Words.T("Accept the conditions of an offer"),
        ("transfer-state", "prepared") when Has(Role.ExecutingProsecutor, Role.Signer) => Words.T("Offer sealed evidence"),
        ("transfer-state", "destruction-due") when Has(Role.RequestingProsecutor) => Words.T("Destroy evidence that is due"),
        _ => null,
    };
}
