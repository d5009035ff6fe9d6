using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Storage;

/// <summary>The arguments of <c>es.mlat_append</c>: groups laid out as columns.</summary>
internal sealed class AppendColumns
{
    private const NpgsqlDbType Bigints = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Names = NpgsqlDbType.Array | NpgsqlDbType.Varchar, Texts = NpgsqlDbType.Array | NpgsqlDbType.Text,
        Binaries = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Documents = NpgsqlDbType.Array | NpgsqlDbType.Jsonb, Ids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;

    private readonly string[] streams, eventStreams, types, references, keys;
    private readonly string?[] users, correlations, causations;
    private readonly long[] expected, final, versions;
    private readonly Guid[] ids;
    private readonly byte[][] bodies, ciphertexts, settled;
    private readonly byte[]?[] headers;
    private int s, e, v, d;

    public AppendColumns(ReadOnlySpan<Append> groups)
    {
        int streamCount = 0, eventCount = 0, vaultCount = 0, settledCount = 0;
        foreach (var group in groups)
        {
            streamCount += group.Streams.Count;
            vaultCount += group.Vault.Count;
            settledCount += group.SettledInbox.Count;
            foreach (var stream in group.Streams)
                eventCount += stream.Events.Count;
        }
        (streams, expected, final) = (new string[streamCount], new long[streamCount], new long[streamCount]);
        (ids, eventStreams, versions, types) = (new Guid[eventCount], new string[eventCount], new long[eventCount], new string[eventCount]);
        (bodies, headers) = (new byte[eventCount][], new byte[]?[eventCount]);
        (users, correlations, causations) = (new string?[eventCount], new string?[eventCount], new string?[eventCount]);
        (references, keys, ciphertexts, settled) = (new string[vaultCount], new string[vaultCount], new byte[vaultCount][], new byte[settledCount][]);
        foreach (var group in groups)
            Add(group);
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        void Add<T>(T[] column, NpgsqlDbType type) => parameters.Add(new NpgsqlParameter<T[]> { TypedValue = column, NpgsqlDbType = type });
        Add(streams, Names);
        Add(expected, Bigints);
        Add(final, Bigints);
        Add(ids, Ids);
        Add(eventStreams, Names);
        Add(versions, Bigints);
        Add(types, Names);
        Add(bodies, Documents);
        Add(headers, Documents);
        Add(users, Names);
        Add(correlations, Names);
        Add(causations, Names);
        Add(references, Texts);
        Add(keys, Texts);
        Add(ciphertexts, Binaries);
        Add(settled, Binaries);
    }

    private void Add(Append group)
    {
        foreach (var (stream, version, events) in group.Streams)
        {
            (streams[s], expected[s], final[s]) = (stream, version, version + events.Count);
            s++;
            for (var i = 0; i < events.Count; i++, e++)
            {
                var added = events[i];
                (ids[e], eventStreams[e], versions[e], types[e]) = (added.Id, stream, version + 1 + i, added.Type);
                (bodies[e], headers[e]) = (Bytes(added.Data), added.Headers.IsEmpty ? null : Bytes(added.Headers));
                (users[e], correlations[e], causations[e]) = (group.User, group.Correlation, group.Causation);
            }
        }
        foreach (var entry in group.Vault)
            (references[v], keys[v], ciphertexts[v++]) = entry;
        foreach (var digest in group.SettledInbox)
            settled[d++] = digest;
    }

    // The driver takes the bytes of a JSON value as an array; callers nearly always have one, and then nothing is copied.
    private static byte[] Bytes(ReadOnlyMemory<byte> json) =>
        MemoryMarshal.TryGetArray(json, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : json.ToArray();
}
