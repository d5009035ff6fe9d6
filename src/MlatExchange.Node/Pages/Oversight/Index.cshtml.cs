using Microsoft.AspNetCore.Mvc;
using MlatExchange.Domain.Assessment;
using MlatExchange.Node.Access;
using MlatExchange.Node.Oversight;

namespace MlatExchange.Node.Pages.Oversight;

/// <summary>Queries of an oversight body: a purpose first, then filters, the query in words, the records, and a proof of each. Sent as forms, so no justification stands in an address.</summary>
public sealed class IndexModel : NodePage
{
    private const string Route = "/api/oversight/transfers";
    private static readonly string[] Filters = ["direction", "counterpart", "dataCategory", "subjectCategory", "outcome", "overdue", "from", "to"];

    /// <summary>Consultation under which further queries are made, once a first one was recorded.</summary>
    public string? Consultation { get; private set; }

    public IReadOnlyList<Shown>? Records { get; private set; }

    public IReadOnlyList<KeyValuePair<string, string>> Asked { get; private set; } = [];

    public IEnumerable<(string, string)> Purposes => [("", Words.T("Choose")), .. Domain.Oversight.Purposes.Codes.Select(code => (code, Words.Code("oversight-purpose", code)))];

    public IEnumerable<(string, string)> DataCategories => Any(Codes.DataCategories, "data-category");

    public IEnumerable<(string, string)> SubjectCategories => Any(Codes.PersonCategories, "subject-category");

    public IEnumerable<(string, string)> Outcomes => Any(TransferFilter.Outcomes, "transfer-state");

    /// <summary>What is asked, so that the reader can see that it is what was meant.</summary>
    public string InWords => Asked.Count == 0 ? Words.T("All transfer records of this node.") : Words.T("Transfer records where {0}.", string.Join(Words.T(" and "), Asked.Select(pair => pair.Key switch
    {
        "direction" => Words.T("the direction is {0}", Words.Code("transfer-direction", pair.Value)),
        "counterpart" => Words.T("the other side is {0}", pair.Value),
        "dataCategory" => Words.T("the data are {0}", Words.Code("data-category", pair.Value)),
        "subjectCategory" => Words.T("the persons are {0}", Words.Code("subject-category", pair.Value)),
        "outcome" => Words.T("the state is {0}", Words.Code("transfer-state", pair.Value)),
        "overdue" => pair.Value == "true" ? Words.T("a term is overdue") : Words.T("no term is overdue"),
        "from" => Words.T("the first event is on or after {0}", pair.Value),
        _ => Words.T("the first event is before {0}", pair.Value),
    })));

    public IActionResult OnGet() => Has(Role.Oversight) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPost(string? consultation)
    {
        Consultation = Known(consultation);
        Asked = [.. Filters.Select(name => KeyValuePair.Create(name, Sent(name))).Where(pair => pair.Value.Length > 0)];
        if (Consultation is null)
        {
            if (Sent("purpose").Length == 0) Faults.Add(new("purpose", Words.T("Choose a purpose.")));
            if (!StatedPurpose.Fits(Sent("justification"))) Faults.Add(new("justification", Words.T("Write a justification of 1 to 500 characters.")));
            if (Faults.Count > 0) return Has(Role.Oversight) ? Page() : StatusCode(StatusCodes.Status403Forbidden);
        }
        var answer = await Get(Route, query: QueryString.Create(Asked.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Value ?? "", headers: Stated());
        if (answer.Ok)
        {
            Consultation = answer.Headers[StatedPurpose.ConsultationHeader];
            Records = answer.Body["records"].Items;
            return Page();
        }
        if (answer.Status is not StatusCodes.Status400BadRequest) return Trouble(answer);
        Note(answer, name => Filters.Contains(name) ? name : null);
        return Page();
    }

    public async Task<IActionResult> OnPostProof(string? consultation, string? transfer)
    {
        Consultation = Known(consultation);
        var answer = await Get($"{Route}/{{id}}/proof", new { id = transfer ?? "" }, headers: Stated());
        return answer.Ok ? File(System.Text.Encoding.UTF8.GetBytes(answer.Body.Json.GetRawText()), "application/json", $"proof-{CaseRows.Brief(transfer!)}.json") : Trouble(answer);
    }

    private (string, string)[] Stated() => Consultation is { } known
        ? [(StatedPurpose.ConsultationHeader, known)]
        : [(StatedPurpose.PurposeHeader, Sent("purpose")), (StatedPurpose.JustificationHeader, Uri.EscapeDataString(Sent("justification")))];

    private static string? Known(string? consultation) => Guid.TryParse(consultation, out var id) ? id.ToString() : null;

    private static IEnumerable<(string, string)> Any(IEnumerable<string> codes, string kind) => [("", Words.T("Any")), .. codes.Order(StringComparer.Ordinal).Select(code => (code, Words.Code(kind, code)))];
}
