using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Pages.Transfers;

/// <summary>One station of the chain of custody.</summary>
/// <param name="Kind"><c>done</c>, <c>now</c>, <c>gone</c> or <c>ahead</c>.</param>
public sealed record Station(string Text, string Kind, DateTimeOffset? At);

/// <summary>One transfer of sealed evidence, on either side: chain of custody, conditions and terms, acceptance, retention calendar, reviews, holds, destruction.</summary>
public sealed class ViewModel(NodeSettings node, DeadlineTables tables) : NodePage
{
    private const string Route = "/api/transfers/{id}";

    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    public Shown View { get; private set; }

    public bool IsHolder => View["side"].Text == "holder";

    public string NodeUrl => node.BaseUrl;

    /// <summary>From the sealing to the certificate, as the events say.</summary>
    public IReadOnlyList<Station> Chain
    {
        get
        {
            (string Text, string[] Events)[] stations = IsHolder
                ? [(Words.T("Offered"), ["transfer.offer-received.v1"]), (Words.T("Conditions accepted"), ["transfer.accepted.v1"]), (Words.T("Key released"), ["transfer.share-received.v1"]),
                    (Words.T("Sealed bytes here"), ["transfer.item-fetched.v1"]), (Words.T("Destruction ordered"), ["transfer.destruction-ordered.v1"]), (Words.T("Certified as destroyed"), ["transfer.certificate-sent.v1"])]
                : [(Words.T("Sealed"), ["transfer.prepared.v1"]), (Words.T("Offered"), ["transfer.offered.v1"]), (Words.T("Conditions accepted"), ["transfer.acceptance-received.v1"]),
                    (Words.T("Key released"), ["transfer.key-released.v1"]), (Words.T("Certified as destroyed"), ["transfer.certificate-received.v1"])];
            var at = stations.Select(station => View["timeline"].Items.LastOrDefault(entry => station.Events.Contains(entry["name"].Text))["at"].At).ToList();
            var last = at.FindLastIndex(when => when is not null);
            return [.. stations.Select((station, n) => new Station(station.Text, n == last ? (n == stations.Length - 1 ? "gone" : "now") : at[n] is not null ? "done" : "ahead", at[n]))];
        }
    }

    public string Size(Shown bytes) => bytes.Json.ValueKind == JsonValueKind.Number && bytes.Json.TryGetInt64(out var size)
        ? size < 1024 * 1024 ? Words.T("{0} KiB", (size + 1023) / 1024) : Words.T("{0} MiB", size / (1024 * 1024))
        : "";

    protected override async Task<IActionResult?> Again() => await OnGet();

    public async Task<IActionResult> OnGet()
    {
        var answer = await Get(Route, new { id = Id });
        if (!answer.Ok) return Trouble(answer);
        View = answer.Body;
        return Page();
    }

    public Task<IActionResult> OnPostOffer() => Do("POST", "offer", "offered");

    public async Task<IActionResult> OnPostAccept(string? transferKey)
    {
        try
        {
            using var key = JsonDocument.Parse(transferKey ?? "");
            // Whoever pastes the private half by mistake is told so, and it goes nowhere.
            if (key.RootElement.ValueKind == JsonValueKind.Object && key.RootElement.TryGetProperty("d", out _)) Faults.Add(new("transferKey", Words.T("This is the private half. Paste the public half, and make a new key.")));
            else return await Do("POST", "acceptance", "accepted", new { transferKey = key.RootElement.Clone() }, field: _ => "transferKey");
        }
        catch (JsonException)
        {
            Faults.Add(new("transferKey", Words.T("Paste the public key as the tool printed it.")));
        }
        ModelState.Remove("transferKey");
        return await OnGet();
    }

    public async Task<IActionResult> OnPostTrigger(string? trigger, string? at, string? triggerReason)
    {
        var zone = tables.Calendars.Of(Me.Jurisdiction).Zone;
        if (DateTime.TryParseExact(at, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local))
            return await Do("POST", "triggers", "recorded", new { trigger, at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime(), reason = triggerReason ?? "" }, field: pointer => pointer == "/reason" ? "triggerReason" : pointer.TrimStart('/'));
        Faults.Add(new("at", Words.T("Write day and time like 2026-11-20 09:00.")));
        return await OnGet();
    }

    public Task<IActionResult> OnPostReview(string? outcome, string? reviewReason) =>
        Do("POST", "reviews", "reviewed", new { outcome = outcome ?? "", reason = reviewReason ?? "" }, field: pointer => pointer == "/reason" ? "reviewReason" : "outcome");

    public Task<IActionResult> OnPostHold(string? holdReason) => Do("POST", "holds", "held", new { reason = holdReason ?? "" }, field: _ => "holdReason");

    public Task<IActionResult> OnPostLift(Guid hold) => Do("DELETE", "holds/{hold:guid}", "lifted", hold: hold);

    public Task<IActionResult> OnPostDestroy(string? ground, string? destructionReason) =>
        Do("POST", "destruction", "destruction-ordered", new { reason = destructionReason ?? "", ground }, field: pointer => pointer == "/reason" ? "destructionReason" : "ground");

    private async Task<IActionResult> Do(string method, string step, string done, object? body = null, Guid? hold = null, Func<string, string?>? field = null)
    {
        var answer = await Calls.Call(HttpContext, method, $"{Route}/{step}", hold is null ? new { id = Id } : new { id = Id, hold }, body);
        return Out(answer, $"/transfers/{Uri.EscapeDataString(Id)}", done, field) ?? await OnGet();
    }
}
