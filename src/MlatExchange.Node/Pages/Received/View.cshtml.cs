using Microsoft.AspNetCore.Mvc;
using MlatExchange.Domain.Assessment;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Pages.Received;

/// <summary>One received request: both assessments, the decision per item, questions, objection, deadlines and time line. Opening it as an executing prosecutor sends the receipt of retrieval.</summary>
public sealed class ViewModel(NodeSettings node, NodeIdentity identity) : NodePage
{
    private const string Route = "/api/received/{id:guid}";

    /// <summary>Grounds offered for choice; the route takes any code, so that a new law needs no new page.</summary>
    private static readonly string[] KnownGrounds =
        ["data-not-held", "immunity-or-privilege", "fundamental-rights", "ne-bis-in-idem", "no-dual-criminality", "manifest-error", "prejudice-to-investigation", "essential-interests", "disproportionate", "political-offence", "incomplete"];

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    public Shown View { get; private set; }

    public Shown Ours => View["assessment"]["ours"];

    public string NodeUrl => node.BaseUrl;

    /// <summary>Entity id of this side's node.</summary>
    public string Entity => identity.Entity;

    public IReadOnlyList<string> Overridden => [.. View["assessment"]["overrides"].Items.Select(rule => rule.Text)];

    public IReadOnlyList<Shown> Flags => [.. Ours["findings"].Items.Where(finding => finding["outcome"].Text == "flag" && !Overridden.Contains(finding["rule"].Text))];

    public IReadOnlyList<Shown> Differences => View["assessment"]["comparison"]["differences"].Items;

    public int BothPass => Ours["findings"].Items.Count(finding => finding["outcome"].Text == "pass" && !Differs(finding["rule"].Text));

    public bool MayDecide => Has(Role.ExecutingProsecutor, Role.Signer) && View["state"].Text is "received" or "retrieved" or "acknowledged";

    public IEnumerable<(string Value, string Text)> Grounds => [("", Words.T("None")), .. KnownGrounds.Select(ground => (ground, Words.Code("ground", ground)))];

    public IEnumerable<(string Value, string Text)> Conditions => [("", Words.T("None")), .. Codes.ConditionTypes.Order(StringComparer.Ordinal).Select(type => (type, Words.Code("condition", type)))];

    public bool Differs(string rule) => Differences.Any(difference => difference["rule"].Text == rule);

    /// <summary>What the sender came to under a rule; empty where it does not have it.</summary>
    public string Theirs(string rule) => View["assessment"]["theirs"]["findings"].Items.FirstOrDefault(finding => finding["rule"].Text == rule)["outcome"].Text;

    protected override async Task<IActionResult?> Again() => await OnGet();

    public async Task<IActionResult> OnGet()
    {
        var answer = await Get(Route, new { id = Id });
        if (!answer.Ok) return Trouble(answer);
        View = answer.Body;
        return Page();
    }

    public Task<IActionResult> OnPostOverride(string? rule, string? overrideReason) =>
        Do("overrides", "set-aside", new { rule = rule ?? "", reason = overrideReason ?? "" }, pointer => pointer == "/reason" ? "overrideReason" : "rule");

    public async Task<IActionResult> OnPostDecide(string? reason)
    {
        var form = Request.Form;
        var items = form.Keys.Where(key => key.StartsWith("outcome-", StringComparison.Ordinal)).Select(key => key["outcome-".Length..]).Select(item => new DecisionItem(
            item, form[$"outcome-{item}"].ToString(), Entered(form[$"ground-{item}"]), Entered(form[$"citation-{item}"]),
            Entered(form[$"condition-{item}"]) is { } type ? [new DecisionCondition(type, Entered(form[$"value-{item}"]))] : null)).ToList();
        foreach (var item in items)
        {
            if (item is { Outcome: "refused" or "postponed", Ground: null }) Faults.Add(new($"ground-{item.Ref}", Words.T("Choose a ground for {0}.", item.Ref)));
            if (item is { Outcome: "with-conditions", Conditions: null }) Faults.Add(new($"condition-{item.Ref}", Words.T("Choose a condition for {0}.", item.Ref)));
        }
        if (Faults.Count > 0) return await OnGet();
        return await Do("decision", "decided", new DecisionBody(reason ?? "", items), pointer => Field(pointer, items));
    }

    public Task<IActionResult> OnPostAsk(string? question) => Do("clarifications", "asked", new { question = question ?? "" }, _ => "question");

    public Task<IActionResult> OnPostObject(string? ground, string? citation, string? objectionReason) => Do(
        "objection", "objected", new { ground = ground ?? "", citation = citation ?? "", reason = objectionReason ?? "" }, pointer => pointer == "/reason" ? "objectionReason" : pointer.TrimStart('/'));

    public Task<IActionResult> OnPostClose() => Do("closure", "closed");

    private static string? Entered(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>From <c>/items/0/citation</c> to the field of that item.</summary>
    private static string? Field(string pointer, List<DecisionItem> items) => pointer.Split('/') switch
    {
        ["", "items", var n, var member, ..] when int.TryParse(n, out var at) && at < items.Count => $"{(member == "conditions" ? "condition" : member)}-{items[at].Ref}",
        ["", "reason"] => "reason",
        _ => null,
    };

    private async Task<IActionResult> Do(string step, string done, object? body = null, Func<string, string?>? field = null)
    {
        var answer = await Post($"{Route}/{step}", new { id = Id }, body);
        return Out(answer, $"/received/{Id}", done, field) ?? await OnGet();
    }
}
