using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MlatExchange.Cli.Demo;

/// <summary>A node as an official of the demonstration drives it: through its routes alone, with tokens of the demo's issuer.</summary>
internal sealed class DemoNode(HttpClient client, string url)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal string Url => url;

    /// <summary>A token for an official of an authority with these roles.</summary>
    internal async Task<string> Token(string official, string authority, params string[] roles)
    {
        var answer = await Send(HttpMethod.Post, "/demo/token", null, JsonSerializer.SerializeToUtf8Bytes(new { official, authority, roles }));
        return answer.GetProperty("access_token").GetString()!;
    }

    internal Task<JsonElement> Get(string path, string token) => Send(HttpMethod.Get, path, token, null);

    internal Task<JsonElement> Post(string path, string token, object? body = null) =>
        Send(HttpMethod.Post, path, token, body is byte[] bytes ? bytes : JsonSerializer.SerializeToUtf8Bytes(body ?? new { }));

    internal Task<JsonElement> Consult(string path, string token) => Send(HttpMethod.Get, path, token, null, ("Purpose-Code", "lawfulness-verification"), ("Justification", "Demonstration%20of%20a%20query"));

    /// <summary>The status of a call that is expected to fail.</summary>
    internal async Task<HttpStatusCode> Status(string path, string token)
    {
        using var request = Make(HttpMethod.Get, path, token, null);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Asks until the answer satisfies; a refusal naming what was waited for after a minute, or the time given.</summary>
    internal async Task<JsonElement> Until(string path, string token, string what, Func<JsonElement, bool> satisfied, TimeSpan? patience = null)
    {
        var end = DateTime.UtcNow + (patience ?? Patience);
        while (true)
        {
            var answer = await Get(path, token);
            if (satisfied(answer)) return answer;
            if (DateTime.UtcNow > end) throw Refusal.Unavailable($"Waited in vain: {what}. Last state: {(answer.TryGetProperty("state", out var state) ? state.GetString() : "none")}.");
            await Task.Delay(50);
        }
    }

    private async Task<JsonElement> Send(HttpMethod method, string path, string? token, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = Make(method, path, token, body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw Refusal.Unavailable($"{method} {path} was answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private HttpRequestMessage Make(HttpMethod method, string path, string? token, byte[]? body)
    {
        var request = new HttpRequestMessage(method, url + path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }
}
