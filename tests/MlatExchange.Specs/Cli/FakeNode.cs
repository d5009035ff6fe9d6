using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Specs.Cli;

/// <summary>The routes of a node that the tool calls, in memory, with a line that can be cut.</summary>
public sealed class FakeNode : HttpMessageHandler
{
    public List<string> Calls { get; } = [];

    public Dictionary<string, byte[]> Contents { get; } = [];

    public Dictionary<string, string> Json { get; } = [];

    public JsonElement? Posted { get; private set; }

    /// <summary>The line is cut after so many bytes of any one body.</summary>
    public int CutAfter { get; set; } = int.MaxValue;

    /// <summary>The line is cut before so many calls more.</summary>
    public int CallsLeft { get; set; } = int.MaxValue;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (CallsLeft-- <= 0)
        {
            throw new HttpRequestException("the line was cut");
        }
        Calls.Add($"{request.Method} {path} {request.Headers.Range}".TrimEnd());
        Assert.Equal("Bearer token-1", request.Headers.Authorization?.ToString());
        return request.Method.Method switch
        {
            "POST" => await Post(request),
            "HEAD" => Offset(path),
            "PATCH" => await Patch(path, request),
            _ when Json.TryGetValue(path, out var json) => new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") },
            _ when Contents.TryGetValue(path, out var bytes) => Range(bytes, (int)(request.Headers.Range?.Ranges.First().From ?? 0), request.Headers.Range is not null),
            _ => Problem(HttpStatusCode.Conflict, "not-released", "The share is not released yet."),
        };
    }

    private async Task<HttpResponseMessage> Post(HttpRequestMessage request)
    {
        var known = Posted is not null && request.RequestUri!.AbsolutePath.EndsWith("/transfers", StringComparison.Ordinal);
        Posted ??= JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync()).RootElement;
        return known ? Problem(HttpStatusCode.Conflict, "transfer-known", "The transfer is known.") : new(HttpStatusCode.Created);
    }

    /// <summary>Bytes lie under the path that they are downloaded from.</summary>
    private static string ContentOf(string upload) => upload.Split('/') is [.., var transfer, var item] ? $"/api/transfers/{transfer}/items/{item}/content" : upload;

    private HttpResponseMessage Offset(string path) => new(HttpStatusCode.OK) { Headers = { { "Upload-Offset", $"{Contents.GetValueOrDefault(ContentOf(path), []).Length}" } } };

    private async Task<HttpResponseMessage> Patch(string path, HttpRequestMessage request)
    {
        Assert.Equal("application/offset+octet-stream", request.Content!.Headers.ContentType!.ToString());
        var held = Contents.GetValueOrDefault(ContentOf(path), []);
        if (request.Headers.GetValues("Upload-Offset").Single() != $"{held.Length}")
        {
            return Problem(HttpStatusCode.Conflict, "wrong-offset", "Bytes arrive in order.");
        }
        var came = await request.Content.ReadAsByteArrayAsync();
        Assert.Equal(request.Content.Headers.ContentLength, came.Length);
        Contents[ContentOf(path)] = [.. held, .. came.Take(CutAfter)];
        return came.Length > CutAfter ? throw new HttpRequestException("the line was cut") : new(HttpStatusCode.NoContent) { Headers = { { "Upload-Offset", $"{held.Length + came.Length}" } } };
    }

    private HttpResponseMessage Range(byte[] bytes, int from, bool asked)
    {
        if (from >= bytes.Length)
        {
            return new(HttpStatusCode.RequestedRangeNotSatisfiable) { Content = new ByteArrayContent([]) { Headers = { ContentRange = new ContentRangeHeaderValue(bytes.Length) } } };
        }
        var body = bytes[from..];
        var content = new StreamContent(body.Length > CutAfter ? new CutStream(body[..CutAfter]) : new MemoryStream(body));
        content.Headers.ContentRange = asked ? new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length) : null;
        return new(asked ? HttpStatusCode.PartialContent : HttpStatusCode.OK) { Content = content };
    }

    private static HttpResponseMessage Problem(HttpStatusCode status, string title, string detail) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(new { title, detail }), Encoding.UTF8, "application/problem+json") };

    /// <summary>Gives its bytes and then fails, as a broken connection does.</summary>
    private sealed class CutStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("the line was cut");

        public override int Read(Span<byte> buffer) => base.Read(buffer) is > 0 and var read ? read : throw new IOException("the line was cut");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            destination.Write(ToArray());
            throw new IOException("the line was cut");
        }
    }
}
