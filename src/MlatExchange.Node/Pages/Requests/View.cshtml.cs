using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Assessment;

namespace MlatExchange.Node.Pages.Requests;

/// <summary>One request of ours: what comes next, the form with its findings, deadlines, time line, questions, decisions and offers. Each step is the route of that name.</summary>
public sealed class ViewModel(Assessing assessing) : NodePage
{
    private const string Route = "/api/requests/{id:guid}";

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    public Shown View { get; private set; }

    /// <summary>What the rules say now of what was entered, with their sentences.</summary>
    public Shown Assessment { get; private set; }

    public IReadOnlyList<string> Overridden => [.. View["overrides"].Items.Select(rule => rule.Text)];

    public IReadOnlyList<Shown> Flags => [.. Assessment["findings"].Items.Where(finding => finding["outcome"].Text == "flag" && !Overridden.Contains(finding["rule"].Text))];

    public int Count(string outcome) => Assessment["findings"].Items.Count(finding => finding["outcome"].Text == outcome);

    protected override async Task<IActionResult?> Again() => await OnGet();

    public async Task<IActionResult> OnGet()
    {
        var answer = await Get(Route, new { id = Id });
        if (!answer.Ok) return Trouble(answer);
        View = answer.Body;
        if (View["request"].Exists && RequestContent.Parse(Encoding.UTF8.GetBytes(View["request"].Json.GetRawText()), Me.Jurisdiction).Value is { Facts: var facts }
            && assessing.Run(facts, Side.Requesting, facts.Addressee.Jurisdiction, language: Language.Code) is { } result)
            Assessment = new(AssessmentView.Of(result));
        return Page();
    }

    public Task<IActionResult> OnPostAssess() => Do("assessment", "assessed");

    public Task<IActionResult> OnPostOverride(string? rule, string? overrideReason) =>
        Do("overrides", "set-aside", new { rule = rule ?? "", reason = overrideReason ?? "" }, pointer => pointer == "/reason" ? "overrideReason" : "rule");

    public Task<IActionResult> OnPostApprove() => Do("approval", "approved");

    public Task<IActionResult> OnPostSign() => Do("signature", "signed");

    public Task<IActionResult> OnPostValidate(string? decision, string? reason) => Do(
        "validation", "validated", string.IsNullOrWhiteSpace(reason) ? new { decision = decision ?? "" } : new { decision = decision ?? "", reason }, pointer => pointer.TrimStart('/'));

    public Task<IActionResult> OnPostAnswer(string? answer) => Do("clarifications", "answered", new { answer = answer ?? "" }, pointer => pointer.TrimStart('/'));

    public Task<IActionResult> OnPostWithdraw(string? ground, string? withdrawalReason) =>
        Do("withdrawal", "withdrawn", new { reason = withdrawalReason ?? "", ground }, pointer => pointer == "/reason" ? "withdrawalReason" : "ground");

    public Task<IActionResult> OnPostClose() => Do("closure", "closed");

    private async Task<IActionResult> Do(string step, string done, object? body = null, Func<string, string?>? field = null)
    {
        var answer = await Post($"{Route}/{step}", new { id = Id }, body);
        return Out(answer, $"/requests/{Id}", done, field) ?? await OnGet();
    }
}
