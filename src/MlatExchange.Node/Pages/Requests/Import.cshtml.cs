using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Pages.Requests;

/// <summary>Takes a case file in as a draft. Faults are named with their place; the text comes back to be mended, and is stored nowhere before it is sound.</summary>
public sealed class ImportModel : NodePage
{
    /// <summary>Makes the same form sent twice one draft.</summary>
    public string Once { get; private set; } = Guid.NewGuid().ToString("N");

    public IReadOnlyList<(string Pointer, string Rule)> At { get; private set; } = [];

    private string entered = "";

    public IHtmlContent Json() => this.Area("json", Words.T("Or its text"), Words.T("Paste it here."), entered, rows: 10, most: StrictBody.Limit);

    public IActionResult OnGet() => Has(Role.Drafter) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPost(IFormFile? file, string? json, string? once)
    {
        Once = once is { Length: 32 } ? once : Once;
        entered = json ?? "";
        if (file is { Length: > StrictBody.Limit }) Faults.Add(new("file", Words.T("The file is larger than 256 KiB.")));
        else if (file is { Length: > 0 })
        {
            using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
            entered = await reader.ReadToEndAsync(HttpContext.RequestAborted);
        }
        if (Faults.Count == 0 && string.IsNullOrWhiteSpace(entered)) Faults.Add(new("file", Words.T("Choose a file, or paste its text.")));
        if (Faults.Count > 0) return Page();
        var answer = await Post("/api/requests", body: RequestIn(entered), headers: ("Idempotency-Key", Once));
        if (answer.Ok) return To($"/requests/{answer.Body["id"]}", "imported");
        At = [.. answer.Body["errors"].Items.Select(error => (error["pointer"].Text, error["rule"].Text))];
        Note(answer, _ => "json");
        return Page();
    }

    /// <summary>The member <c>request</c> of a case file, byte for byte, or the text as it is; the route reads it strictly either way.</summary>
    private static byte[] RequestIn(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("request", out var request) && request.ValueKind == JsonValueKind.Object)
                return Encoding.UTF8.GetBytes(request.GetRawText());
        }
        catch (JsonException)
        {
            // the route says what is wrong with it
        }
        return Encoding.UTF8.GetBytes(text);
    }
}
