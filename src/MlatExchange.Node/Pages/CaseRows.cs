using System.Globalization;

namespace MlatExchange.Node.Pages;

/// <summary>A list of cases or transfers as a page shows it.</summary>
/// <param name="Rows">Items of a list route.</param>
/// <param name="Next">Cursor of the next page; empty on the last.</param>
/// <param name="Root">Address of the list; a row's page lies under it.</param>
/// <param name="Empty">What to do when there is nothing.</param>
/// <param name="Words">Kind of code that the states are.</param>
public sealed record CaseRows(NodePage Page, IReadOnlyList<Shown> Rows, string? Next, string Root, string Empty, string Words)
{
    public static string Query(long? cursor) => cursor is { } before ? string.Create(CultureInfo.InvariantCulture, $"?limit=25&cursor={before}") : "?limit=25";

    /// <summary>The end of an id, which tells rows apart; the whole stands in the address.</summary>
    public static string Brief(string id) => id.Length <= 8 ? id : id[^8..];

    /// <summary>What a state means to whoever must act.</summary>
    public static string Meaning(string state) => state switch
    {
        "withdrawn" or "validation-refused" or "lapsed" or "stopped" or "refused" or "destruction-due" => "block",
        "draft" or "assessed" or "approved" or "awaiting-validation" or "received" or "offered" or "prepared" => "flag",
        "closed" or "certified" or "completed" => "pass",
        _ => "info",
    };
}
