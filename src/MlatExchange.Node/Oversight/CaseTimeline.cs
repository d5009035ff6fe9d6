using MlatExchange.Node.Http;
using MlatExchange.Node.Ledger;
using Npgsql;

namespace MlatExchange.Node.Oversight;

/// <summary>Everything that was logged of one case, on this side, in the order of the log.</summary>
/// <param name="Next">Position after which the next page starts; null on the last.</param>
public sealed record CaseTimeline(Guid Case, CaseMarks Marks, IReadOnlyList<TimelineEntry> Events, long? Next, long Position, PublishedCheckpoint? Checkpoint);

/// <param name="Of">What it happened to: <c>request</c> (either side), <c>thread</c>, or the wire id of a transfer.</param>
public sealed record TimelineEntry(long Position, long Index, Guid Event, string Kind, DateTimeOffset At, string Of);

/// <summary>Reads time lines.</summary>
public sealed class CaseTimelines(Snapshots snapshots)
{
    private const string Streams = """
        select c.stream, c.thread, c.marks, array(select r.transfer from read.transfer_records r where r.case_stream = c.stream) from read.oversight_cases c where c.pseudonym = $1
        """;

    private const string Events = """
        select n.position, n.idx, e.id, e.type, e.timestamp, e.stream_id from es.mt_events e join ledger.entries n on n.event_id = e.id
        where e.stream_id = any($1) and n.position > $2 and n.position <= $3 order by n.position limit $4
        """;

    /// <summary>A page; <c>CaughtUp</c> false when the rows stay behind the log, null time line where there is no such case.</summary>
    /// <param name="after">Position of the last event of the page before.</param>
    public async Task<(bool CaughtUp, CaseTimeline? Timeline)> Read(Guid @case, long after, int limit, CancellationToken cancellationToken)
    {
        await using var snapshot = await snapshots.Open(cancellationToken);
        if (snapshot is null) return (false, null);
        var streams = new List<string>();
        CaseMarks marks;
        await using (var known = new NpgsqlCommand(Streams, snapshot.Connection) { Parameters = { new() { Value = @case } } })
        await using (var reader = await known.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken)) return (true, null);
            streams.Add(reader.GetString(0));
            if (!reader.IsDBNull(1)) streams.Add($"thread-{reader.GetString(1)}");
            marks = TransferRows.Marks(reader.GetFieldValue<byte[]>(2));
            streams.AddRange(reader.GetFieldValue<string[]>(3).Select(transfer => TransferHistory.StreamPrefix + transfer));
        }
        await using var command = new NpgsqlCommand(Events, snapshot.Connection)
        {
            Parameters = { new() { Value = streams.ToArray() }, new() { Value = after }, new() { Value = snapshot.Position }, new() { Value = limit + 1 } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<TimelineEntry>();
        while (await rows.ReadAsync(cancellationToken))
            events.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetGuid(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4), Of(rows.GetString(5))));
        var more = events.Count > limit;
        if (more) events.RemoveAt(limit);
        return (true, new(@case, marks, events, more ? events[^1].Position : null, snapshot.Position, snapshot.Checkpoint));
    }

    // The stream of the case has an id that officials of the node use: it is not given out.
    private static string Of(string stream) => OversightCase.IsCase(stream) ? "request" : stream.StartsWith(TransferHistory.StreamPrefix, StringComparison.Ordinal) ? stream[TransferHistory.StreamPrefix.Length..] : "thread";
}

/// <summary><c>GET /api/oversight/cases/{case}/timeline</c>: by the pseudonym that records carry as <c>case</c>.</summary>
public static class CaseTimelineEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/oversight/cases/{case:guid}/timeline", Handle).ForOversight()
        .WithTags("Oversight").WithSummary("Time line of a case, by its pseudonym");

    private static async Task<IResult> Handle(HttpContext http, Guid @case, CaseTimelines timelines, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        var read = new StrictQuery(http.Request.Query, ["after", "limit"]);
        var (after, limit) = (read.Whole("after", 0, int.MaxValue) ?? 0, read.Whole("limit", 1, TransferFilter.LargestLimit) ?? TransferFilter.DefaultLimit);
        if (read.Refused is { } refused) return refused;
        var (caughtUp, timeline) = await timelines.Read(@case, after, limit, http.RequestAborted);
        if (!caughtUp) return ConsultTransfersEndpoint.Behind(http);
        var asked = Consultations.Asked(read.Given, "case", @case.ToString());
        return await consultations.Answer(http, purpose!, asked, timeline?.Events.Count ?? 0, query => timeline is null
            ? Problem.NotFound()
            : Results.Json(
                new
                {
                    @case, marks = timeline.Marks, events = timeline.Events, next = timeline.Next, position = timeline.Position, checkpoint = CheckpointView.Of(timeline.Checkpoint), consultation = query.Consultation, query = query.Id,
                },
                TransferFormats.WithNulls));
    }
}
