using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlatExchange.Node.Forms;

/// <summary>Chromium's DevTools protocol over two pipes: JSON messages, each ended by a zero byte; one call at a time.</summary>
internal sealed class DevToolsPipe(Stream to, Stream from) : IDisposable
{
    private const int LongestMessage = 64 * 1024 * 1024;
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly MemoryStream message = new();
    private int last, read, at;

    public void Dispose() => message.Dispose();

    /// <exception cref="InvalidOperationException">The browser refused the call.</exception>
    public async Task<JsonObject> Call(string method, JsonObject parameters, string? session, CancellationToken cancellation)
    {
        var call = new JsonObject { ["id"] = ++last, ["method"] = method, ["params"] = parameters };
        if (session is not null) call["sessionId"] = session;
        await to.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(call), 0], cancellation);
        await to.FlushAsync(cancellation);
        while (true)
        {
            if (await Next(cancellation) is not JsonObject answer || (int?)answer["id"] != last) continue; // an event, which nobody here waits for
            return answer["result"] as JsonObject ?? throw new InvalidOperationException($"{method} was refused.");
        }
    }

    private async Task<JsonNode?> Next(CancellationToken cancellation)
    {
        message.SetLength(0);
        while (true)
        {
            var end = Array.IndexOf(buffer, (byte)0, at, read - at);
            message.Write(buffer, at, (end < 0 ? read : end) - at);
            at = end < 0 ? read : end + 1;
            if (end >= 0) return JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length));
            if (message.Length > LongestMessage) throw new IOException("The browser's answer is too long.");
            (at, read) = (0, await from.ReadAsync(buffer, cancellation));
            if (read == 0) throw new IOException("The browser ended.");
        }
    }
}
