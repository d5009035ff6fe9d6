using System.Text.Json;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Hosting;
using MlatExchange.Protocol.Jose;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Retention;

/// <summary>
/// Bytes of messages that were set aside before their sender was proven. They are kept while the key they were encrypted to is, and no longer than such a key can live;
/// digest, step and time stay. A message that names no key of this node cannot be opened here, so there is nothing to keep it for.
/// </summary>
public sealed class QuarantinedBodies(NpgsqlDataSource database, NodeIdentity node)
{
    private const int Page = 500;

    /// <summary>Longest header of a sealed message, characters.</summary>
    private const int Header = 1024;

    /// <returns>How many bodies were removed.</returns>
    public async Task<int> Forget(DateTimeOffset now, CancellationToken cancellation)
    {
        var (removed, after) = (0, Array.Empty<byte>());
        while (await Next(after, cancellation) is { Count: > 0 } page)
        {
            after = page[^1].Digest;
            var gone = page.Where(row => now - row.At >= Bus.DeadLetterAge || !Opens(row.Start)).Select(row => row.Digest).ToArray();
            if (gone.Length == 0) continue;
            await using var command = database.CreateCommand("update exchange.quarantine set body = null where digest = any($1)");
            command.Parameters.Add(new() { Value = gone, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            removed += await command.ExecuteNonQueryAsync(cancellation);
        }
        return removed;
    }

    private async Task<List<(byte[] Digest, byte[] Start, DateTimeOffset At)>> Next(byte[] after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select digest, substring(body for {Header}), quarantined_at from exchange.quarantine where body is not null and digest > $1 order by digest limit {Page}");
        command.Parameters.Add(new() { Value = after });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new List<(byte[], byte[], DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation))
            page.Add((reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return page;
    }

    /// <summary>Whether a key that this node still holds is the one named. A header that cannot be read names none.</summary>
    private bool Opens(byte[] start)
    {
        var dot = start.AsSpan().IndexOf((byte)'.');
        if (dot <= 0 || !Base64Url.TryDecode(System.Text.Encoding.Latin1.GetString(start, 0, dot), out var header)) return false;
        if (!StrictJson.TryParse(header, out var document, out _)) return false;
        using (document)
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("kid", out var kid) && kid.ValueKind == JsonValueKind.String
                && node.EncryptionKeys.Any(key => key.Thumbprint == kid.GetString());
    }
}
