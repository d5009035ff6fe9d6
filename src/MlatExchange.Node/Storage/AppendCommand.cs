using Npgsql;

namespace MlatExchange.Node.Storage;

/// <summary>A group or several, as one call of <c>es.mlat_append</c>, and the answer as outcomes.</summary>
internal static class AppendCommand
{
    private const string Sql = "select es.mlat_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    /// <exception cref="ArgumentException">A stream twice, a stream without events, an event without a body, no stream at all.</exception>
    public static void Check(Append append)
    {
        if (append.Streams.Count == 0 || append.Streams.Any(s => s.Events.Count == 0 || s.ExpectedVersion < 0))
            throw new ArgumentException("A group has at least one stream, each with at least one event and an expected version of 0 or more.", nameof(append));
        if (append.Streams.Count > 1 && append.Streams.Select(s => s.Stream).Distinct(StringComparer.Ordinal).Count() != append.Streams.Count)
            throw new ArgumentException("A group names a stream twice.", nameof(append));
        if (append.Streams.Any(s => s.Events.Any(e => e.Data.IsEmpty)))
            throw new ArgumentException("A group has an event without a body.", nameof(append));
        if (append.Vault.Any(v => v is not { Reference: not null, KeyId: not null, Ciphertext: not null }) || append.SettledInbox.Any(d => d is null))
            throw new ArgumentException("A group has a vault entry or digest that is null.", nameof(append));
    }

    /// <summary>Whether these groups can be one: no stream and no event id in two of them.</summary>
    public static bool CanMerge(List<Append> groups)
    {
        var (streams, ids) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<Guid>());
        return groups.TrueForAll(g => g.Streams.All(s => streams.Add(s.Stream) && s.Events.All(e => ids.Add(e.Id))));
    }

    /// <summary>One call that writes all these groups or none.</summary>
    public static NpgsqlBatchCommand Of(params ReadOnlySpan<Append> groups)
    {
        var command = new NpgsqlBatchCommand(Sql);
        new AppendColumns(groups).AddTo(command.Parameters);
        return command;
    }

    /// <summary>The outcome of a group that was called alone.</summary>
    public static AppendOutcome Outcome(Append append, long[] answer) => answer switch
    {
        [0, ..] => Written([append], answer)[0],
        [1, var n, var found] when append.Streams[(int)n - 1] is var s => new AppendOutcome.Conflict(s.Stream, s.ExpectedVersion, found),
        [2, var n] => new AppendOutcome.Duplicate(append.Streams.SelectMany(s => s.Events).ElementAt((int)n - 1).Id),
        [3, var n] => new AppendOutcome.Archived(append.Streams[(int)n - 1].Stream),
        [4, var n] => new AppendOutcome.ReferenceTaken(append.Vault[(int)n - 1].Reference),
        _ => throw new InvalidOperationException("es.mlat_append gave an answer that this build does not know."),
    };

    /// <summary>The outcomes of groups that were written by one call: versions of all streams, then sequences of all events.</summary>
    public static AppendOutcome[] Written(List<Append> groups, long[] answer)
    {
        var outcomes = new AppendOutcome[groups.Count];
        var (version, sequence) = (1, 1 + groups.Sum(g => g.Streams.Count));
        for (var i = 0; i < outcomes.Length; i++)
        {
            var (streams, events) = (groups[i].Streams.Count, groups[i].Streams.Sum(s => s.Events.Count));
            outcomes[i] = new AppendOutcome.Appended(answer[version..(version + streams)], answer[sequence..(sequence + events)]);
            (version, sequence) = (version + streams, sequence + events);
        }
        return outcomes;
    }
}
