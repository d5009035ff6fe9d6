using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Evidence;

/// <summary>The few calls that the tool makes to its own node. A refusal carries the node's rule and sentence to the person.</summary>
internal sealed class NodeClient(HttpClient http, Uri baseUrl, string token) : IDisposable
{
    private const string Tus = "1.0.0";

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

    /// <summary>Posts JSON.</summary>
    /// <param name="mayConflict">Gives 409 back: a transfer that is known already may be continued.</param>
    internal async Task<HttpStatusCode> Post(string path, byte[] json, bool mayConflict = true)
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new("application/json");
        using var answer = await Send(HttpMethod.Post, path, content);
        if (!mayConflict || answer.StatusCode != HttpStatusCode.Conflict)
        {
            await Demand(answer, path);
        }
        return answer.StatusCode;
    }

    /// <summary>How many bytes of an upload the node has (tus).</summary>
    internal async Task<long> Offset(string path)
    {
        using var request = Request(HttpMethod.Head, path, null);
        request.Headers.Add("Tus-Resumable", Tus);
        using var answer = await http.SendAsync(request);
        await Demand(answer, path);
        return OffsetOf(answer, path);
    }

    /// <summary>Appends the rest of a file to an upload; the offset after.</summary>
    internal async Task<long> Append(string path, Stream file, long from, Action<long> moved)
    {
        using var content = new CountedContent(file, from, moved);
        content.Headers.ContentType = new("application/offset+octet-stream");
        using var request = Request(HttpMethod.Patch, path, content);
        request.Headers.Add("Tus-Resumable", Tus);
        request.Headers.Add("Upload-Offset", from.ToString(CultureInfo.InvariantCulture));
        using var answer = await http.SendAsync(request);
        await Demand(answer, path);
        return OffsetOf(answer, path);
    }

    /// <summary>Appends what is missing of a resource to a file, from where the file ends.</summary>
    /// <param name="progress">Makes what is told of the progress, from the bytes in all and those that are there.</param>
    internal async Task Download(string path, FileStream file, Func<long, long, ProgressLine> progress)
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
        using var line = progress(answer.Content.Headers.ContentRange?.Length ?? answer.Content.Headers.ContentLength ?? 0, from);
        await using var source = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read));
            line.At(file.Position);
        }
    }

    /// <summary>A resource from its first byte as it comes, and its length.</summary>
    internal async Task<(Stream Bytes, long Length)> OpenRead(string path)
    {
        using var request = Request(HttpMethod.Get, path, null);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await Demand(answer, path);
        return (await answer.Content.ReadAsStreamAsync(), answer.Content.Headers.ContentLength ?? 0);
    }

    private static long OffsetOf(HttpResponseMessage answer, string path) =>
        answer.Headers.TryGetValues("Upload-Offset", out var values) && long.TryParse(values.Single(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw Refusal.Unavailable($"The node's answer to {path} names no offset.");

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
