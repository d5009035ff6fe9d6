using System.Net.Http.Json;
using System.Text.Json;

namespace MlatExchange.Cli.Verification;

/// <summary>The calls of an oversight body to a node, all under one consultation that states why.</summary>
internal sealed class OversightClient(HttpClient http, Uri node, string token) : IDisposable
{
    private string? consultation;

    public void Dispose() => http.Dispose();

    /// <summary>Declares the purpose; it goes with every later call.</summary>
    public async Task Declare(string purpose, string justification)
    {
        using var request = Request(HttpMethod.Post, "/api/oversight/consultations");
        request.Content = JsonContent.Create(new { purpose, justification });
        consultation = (await Json(request)).GetProperty("consultation").GetString();
    }

    public async Task<JsonElement> Get(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        return await Json(request);
    }

    public async Task<JsonElement> Post(string path, object body)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        return await Json(request);
    }

    public async Task<byte[]> Bytes(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        return await Send(request);
    }

    private async Task<JsonElement> Json(HttpRequestMessage request)
    {
        try
        {
            using var document = JsonDocument.Parse(await Send(request));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Refusal.Unavailable($"The node's answer to {request.RequestUri!.AbsolutePath} is not JSON.");
        }
    }

    private async Task<byte[]> Send(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? body : throw Refusal.Unavailable($"The node answered {(int)answer.StatusCode} to {request.RequestUri!.AbsolutePath}: {Detail(body)}");
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri($"{node.ToString().TrimEnd('/')}{path}"));
        request.Headers.Authorization = new("Bearer", token);
        if (consultation is not null) request.Headers.Add("Consultation", consultation);
        return request;
    }

    private static string Detail(byte[] body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
