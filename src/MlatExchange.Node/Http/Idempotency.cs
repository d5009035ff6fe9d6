using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Http;

/// <summary>
/// <c>Idempotency-Key</c> on commands: a repeat by the same subject on the same route gets the first answer byte for byte. The answer lies sealed under the case's key and goes
/// with it (a repeat is then 410); before a case exists, under a key of the day. Of the request body only an HMAC under that key is kept, so another body under the same key is
/// noticed without keeping the first.
/// </summary>
public sealed class Idempotency(NpgsqlDataSource database, KeyStore keys, Vault vault, TimeProvider time) : IMiddleware
{
    /// <summary>After this long an answer that never came (the process died) no longer stands in the way: commands repeated on their state are harmless.</summary>
    private static readonly TimeSpan InDoubt = TimeSpan.FromSeconds(30);

    private sealed record Answer(int Status, string? Type, string? Location, string? Tag, byte[] Body);

    private sealed record Row(string KeyId, byte[] Mac, byte[]? Sealed, DateTimeOffset At);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var http = context;
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api") || http.User.FindFirst("sub")?.Value is not { } subject
            || http.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 } key])
        {
            await next(http);
            return;
        }
        if (key.Length > 128)
        {
            await Problem.Write(http, StatusCodes.Status400BadRequest, "idempotency-key-length", "Idempotency-Key has at most 128 characters.");
            return;
        }
        var scope = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\0{http.Request.Path}\0{key}")));
        var body = await ReadBody(http);
        if (body is null) return;
        if (await Find(scope, http.RequestAborted) is { } known)
        {
            if (keys.Find(known.KeyId) is null) await Problem.Write(http, StatusCodes.Status410Gone, "answer-erased", "The first answer was erased with its case.");
            else if (!CryptographicOperations.FixedTimeEquals(keys.Mac(known.KeyId, body), known.Mac)) await Problem.Write(http, StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "The key was used with another body.");
            else if (known.Sealed is not null) await Replay(http, scope, known);
            else if (time.GetUtcNow() - known.At < InDoubt) await Problem.Write(http, StatusCodes.Status409Conflict, "still-running", "The first call with this key has not ended.");
            else await Run(http, next, scope, known.KeyId);
            return;
        }
        var keyId = KeyOf(http) is { } ofCase && keys.Find(ofCase) is not null ? ofCase : string.Create(CultureInfo.InvariantCulture, $"day-{time.GetUtcNow():yyyy-MM-dd}");
        if (await Claim(scope, keyId, keys.Mac(keyId, body), http.RequestAborted)) await Run(http, next, scope, keyId);
        else await Problem.Write(http, StatusCodes.Status409Conflict, "still-running", "The first call with this key has not ended.");
    }

    /// <summary>The data key of the resource named by the route, where there is one.</summary>
    private static string? KeyOf(HttpContext http) => http.Request.RouteValues["id"] is not { } id ? null
        : http.Request.Path.StartsWithSegments("/api/transfers") ? $"transfer-{id}" : $"case-{id}";

    private static async Task<byte[]?> ReadBody(HttpContext http)
    {
        if (http.Request.ContentLength > StrictBody.Limit)
        {
            await Problem.Write(http, StatusCodes.Status413PayloadTooLarge, "body-too-large", "A body has at most 256 KiB.");
            return null;
        }
        // Not the framework's buffering: it takes its buffer from the pool that all libraries share, and nobody overwrites that.
        using var copy = new MemoryStream();
        var part = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0)
        {
            copy.Write(part, 0, read);
            if (copy.Length <= StrictBody.Limit) continue;
            await Problem.Write(http, StatusCodes.Status413PayloadTooLarge, "body-too-large", "A body has at most 256 KiB.");
            return null;
        }
        var body = copy.ToArray();
        http.Request.Body = new MemoryStream(body, writable: false);
        return body;
    }

    private async Task Run(HttpContext http, RequestDelegate next, string scope, string keyId)
    {
        var real = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = real;
        }
        var headers = http.Response.Headers;
        // A server fault is not an answer: the caller may try again with the same key.
        if (http.Response.StatusCode >= 500) await Forget(scope);
        else
            await Store(scope, vault.Seal($"idempotency/{scope}", keyId, JsonSerializer.SerializeToUtf8Bytes(
                new Answer(http.Response.StatusCode, http.Response.ContentType, headers.Location, headers.ETag, buffer.ToArray()))).Ciphertext);
        buffer.Position = 0;
        await buffer.CopyToAsync(real, http.RequestAborted);
    }

    private async Task Replay(HttpContext http, string scope, Row known)
    {
        var answer = JsonSerializer.Deserialize<Answer>(vault.Open(new VaultEntry($"idempotency/{scope}", known.KeyId, known.Sealed!)))!;
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.Type;
        if (answer.Location is not null) http.Response.Headers.Location = answer.Location;
        if (answer.Tag is not null) http.Response.Headers.ETag = answer.Tag;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private async Task<Row?> Find(string scope, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select key_id, request_hmac, answer, created_at from api.idempotency where subject = '' and route = '' and key = $1");
        command.Parameters.Add(new() { Value = scope });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<DateTimeOffset>(3))
            : null;
    }

    /// <summary>False when another call with the same key came first.</summary>
    private async Task<bool> Claim(string scope, string keyId, byte[] mac, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("insert into api.idempotency (subject, route, key, key_id, request_hmac) values ('', '', $1, $2, $3) on conflict do nothing");
        command.Parameters.Add(new() { Value = scope });
        command.Parameters.Add(new() { Value = keyId });
        command.Parameters.Add(new() { Value = mac });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task Store(string scope, byte[] answer)
    {
        await using var command = database.CreateCommand("update api.idempotency set answer = $2 where subject = '' and route = '' and key = $1");
        command.Parameters.Add(new() { Value = scope });
        command.Parameters.Add(new() { Value = answer });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task Forget(string scope)
    {
        await using var command = database.CreateCommand("delete from api.idempotency where subject = '' and route = '' and key = $1");
        command.Parameters.Add(new() { Value = scope });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
