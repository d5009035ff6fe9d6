using Npgsql;

namespace MlatExchange.Node.Storage;

/// <summary>Which columns of <c>es.mt_events</c> make a <see cref="StoredEvent"/>, and in which order.</summary>
internal static class EventRow
{
    public const string Columns = "e.id, e.stream_id, e.version, e.seq_id, e.type, e.timestamp, e.data, e.headers, e.user_name, e.correlation_id, e.causation_id";

    /// <param name="reader">On a row that has <see cref="Columns"/>.</param>
    /// <param name="at">Ordinal of the first of them.</param>
    public static StoredEvent Read(NpgsqlDataReader reader, int at = 0) => new(
        reader.GetGuid(at),
        reader.GetString(at + 1),
        reader.GetInt64(at + 2),
        reader.GetInt64(at + 3),
        reader.GetString(at + 4),
        reader.GetFieldValue<DateTimeOffset>(at + 5),
        reader.GetFieldValue<byte[]>(at + 6),
        Headers(reader, at + 7),
        Text(reader, at + 8),
        Text(reader, at + 9),
        Text(reader, at + 10));

    // Marten writes the JSON value null where it has no headers.
    private static byte[] Headers(NpgsqlDataReader reader, int at) =>
        !reader.IsDBNull(at) && reader.GetFieldValue<byte[]>(at) is var json && !json.AsSpan().SequenceEqual("null"u8) ? json : [];

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
}
