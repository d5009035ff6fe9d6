using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Evidence;

/// <summary>The few calls that the tool makes to its own node. A refusal carries the node's rule and sentence to the person.</summary>
internal sealed class NodeClient(HttpClient http, Uri baseUrl, string token) : IDisposable
{
    /// <summary>Bytes of one uploaded part.</summary>
    internal const int PartLength = 8 * 1024 * 1024;

    public void Dispose() => http.Dispose();

    internal async Task<JsonElement> Get(string path)
    {
        using var answer = await Send(HttpMethod.Get, path, null);
        await Demand(answer, path);
        if (!StrictJson.TryParse(await answer.Content.ReadAsByteArrayAsync(), out var document, out _, maxBytes: 4 * 1024 * 1024))
        {
            throw Refusal.Unavailable($"The node's answer to {path} is not JSON.");
        }
        using (document)
        {
            return document.RootElement.Clone();
        }
    }

    /// <summary>Posts JSON. 409 is given back, because a transfer that is known already may be continued.</summary>
    internal async Task<HttpStatusCode> Post(string path, byte[] json)
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new("application/json");
        using var answer = await Send(HttpMethod.Post, path, content);
        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            await Demand(answer, path);
        }
        return answer.StatusCode;
    }

    internal async Task PutPart(string path, ReadOnlyMemory<byte> part, long from, long total)
    {
        using var content = new ReadOnlyMemoryContent(part);
        content.Headers.ContentType = new("application/octet-stream");
        content.Headers.ContentRange = part.IsEmpty ? null : new ContentRangeHeaderValue(from, from + part.Length - 1, total);
        using var answer = await Send(HttpMethod.Put, path, content);
        await Demand(answer, path);
    }

    /// <summary>Appends what is missing of a resource to a file, from where the file ends.</summary>
    internal async Task Download(string path, FileStream file)
    {
        using var request = Request(HttpMethod.Get, path, null);
        if (file.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(file.Length, null);
        }
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && answer.Content.Headers.ContentRange?.Length == file.Length)
        {
            return; // it was all there
        }
        await Demand(answer, path);
        var from = answer.StatusCode == HttpStatusCode.PartialContent ? answer.Content.Headers.ContentRange?.From ?? 0 : 0;
        if (from > file.Length)
        {
            throw Refusal.Unavailable("The node answered with another range than was asked for.");
        }
        file.SetLength(from);
        file.Position = from;
        await answer.Content.CopyToAsync(file);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = Request(method, path, content);
        return await http.SendAsync(request);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri($"{baseUrl.ToString().TrimEnd('/')}{path}")) { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        return request;
    }

    private static async Task Demand(HttpResponseMessage answer, string path)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }
        var body = await answer.Content.ReadAsByteArrayAsync();
        var sentence = $"The node answered {(int)answer.StatusCode} to {path}.";
        if (StrictJson.TryParse(body, out var problem, out _))
        {
            using (problem)
            {
                sentence += problem.RootElement.ValueKind == JsonValueKind.Object ? $" {Text(problem.RootElement, "title")}: {Text(problem.RootElement, "detail")}" : "";
            }
        }
        throw Refusal.Unavailable(sentence);
    }

    private static string Text(JsonElement problem, string member) =>
        problem.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
