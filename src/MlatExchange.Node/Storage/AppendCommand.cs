using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Storage;

/// <summary>A group as one call of <c>es.mlat_append</c>, and its answer as an outcome.</summary>
internal static class AppendCommand
{
    private const string Sql = "select es.mlat_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    private const NpgsqlDbType Bigints = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Names = NpgsqlDbType.Array | NpgsqlDbType.Varchar, Texts = NpgsqlDbType.Array | NpgsqlDbType.Text,
        Binaries = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Documents = NpgsqlDbType.Array | NpgsqlDbType.Jsonb, Ids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;

    /// <exception cref="ArgumentException">A stream twice, a stream without events, no stream at all.</exception>
    public static void Check(Append append)
    {
        if (append.Streams.Count == 0 || append.Streams.Any(s => s.Events.Count == 0 || s.ExpectedVersion < 0))
            throw new ArgumentException("A group has at least one stream, each with at least one event and an expected version of 0 or more.", nameof(append));
        if (append.Streams.Count > 1 && append.Streams.Select(s => s.Stream).Distinct(StringComparer.Ordinal).Count() != append.Streams.Count)
            throw new ArgumentException("A group names a stream twice.", nameof(append));
    }

    public static NpgsqlBatchCommand Of(Append append)
    {
        var count = 0;
        foreach (var stream in append.Streams)
            count += stream.Events.Count;
        var streams = new string[append.Streams.Count];
        var (expected, final) = (new long[streams.Length], new long[streams.Length]);
        var (ids, names, versions, types) = (new Guid[count], new string[count], new long[count], new string[count]);
        var (bodies, headers) = (new byte[count][], new byte[]?[count]);
        var n = 0;
        for (var s = 0; s < streams.Length; s++)
        {
            var (stream, version, events) = append.Streams[s];
            (streams[s], expected[s], final[s]) = (stream, version, version + events.Count);
            foreach (var e in events)
            {
                (ids[n], names[n], versions[n], types[n], bodies[n]) = (e.Id, stream, ++version, e.Type, Array(e.Data));
                headers[n++] = e.Headers.IsEmpty ? null : Array(e.Headers);
            }
        }
        var vault = append.Vault;
        var (references, keys, ciphertexts) = (new string[vault.Count], new string[vault.Count], new byte[vault.Count][]);
        for (var i = 0; i < vault.Count; i++)
            (references[i], keys[i], ciphertexts[i]) = vault[i];
        var command = new NpgsqlBatchCommand(Sql);
        var p = command.Parameters;
        Add(p, streams, Names);
        Add(p, expected, Bigints);
        Add(p, final, Bigints);
        Add(p, ids, Ids);
        Add(p, names, Names);
        Add(p, versions, Bigints);
        Add(p, types, Names);
        Add(p, bodies, Documents);
        Add(p, headers, Documents);
        Add(p, references, Texts);
        Add(p, keys, Texts);
        Add(p, ciphertexts, Binaries);
        Add(p, append.SettledInbox as byte[][] ?? [.. append.SettledInbox], Binaries);
        AddText(p, append.User);
        AddText(p, append.Correlation);
        AddText(p, append.Causation);
        return command;
    }

    public static AppendOutcome Outcome(Append append, long[] answer) => answer switch
    {
        [0, ..] => new AppendOutcome.Appended(answer[1..(append.Streams.Count + 1)], answer[(append.Streams.Count + 1)..]),
        [1, var n, var found] when append.Streams[(int)n - 1] is var s => new AppendOutcome.Conflict(s.Stream, s.ExpectedVersion, found),
        [2, var n] => new AppendOutcome.Duplicate(append.Streams.SelectMany(s => s.Events).ElementAt((int)n - 1).Id),
        [3, var n] => new AppendOutcome.Archived(append.Streams[(int)n - 1].Stream),
        [4, var n] => new AppendOutcome.ReferenceTaken(append.Vault[(int)n - 1].Reference),
        _ => throw new InvalidOperationException("es.mlat_append gave an answer that this build does not know."),
    };

    // The driver takes the bytes of a JSON value as an array; callers nearly always have one, and then nothing is copied.
    private static byte[] Array(ReadOnlyMemory<byte> json) =>
        MemoryMarshal.TryGetArray(json, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : json.ToArray();

    private static void Add<T>(NpgsqlParameterCollection parameters, T value, NpgsqlDbType type) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });

    private static void AddText(NpgsqlParameterCollection parameters, string? value) =>
        parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
}
