using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Transfers;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Cases;

/// <summary>
/// The list of cases and transfers (<c>read.cases</c>). Each page of the log names streams; their states are folded anew, so a row says what the stream says, however
/// often a page is applied.
/// </summary>
public sealed class CaseList(NpgsqlDataSource database, LogBell bell, TransferDesk desk, DeadlineTables tables, ILogger<CaseList> log) : Projection("cases", database, bell, log)
{
    private sealed record Row(string Stream, string Kind, string Id, string Authority, string Counterpart, string Instrument, string State, bool HasWork, DateTimeOffset At, long Position,
        DateTimeOffset? NotBefore = null, DateTimeOffset? Due = null, string? CaseStream = null, Overdue? Overdue = null);

    protected override async Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var last = page.GroupBy(entry => entry.Event.Stream, StringComparer.Ordinal).ToDictionary(stream => stream.Key, stream => stream.Last(), StringComparer.Ordinal);
        foreach (var (stream, entry) in last)
            if (await Fold(stream, entry.Event.At, entry.Position, cancellationToken) is { } row)
                batch.BatchCommands.Add(Upsert(row));
        // What a transfer comes to depends on its case too, so a case's news fold its transfers anew; their place in the list stays.
        foreach (var (stream, at, position) in await TransfersOf([.. last.Keys.Where(IsCase)], connection, cancellationToken))
            if (!last.ContainsKey(stream) && await Fold(stream, at, position, cancellationToken) is { } row)
                batch.BatchCommands.Add(Upsert(row));
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    protected override async Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("truncate read.cases", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static bool IsCase(string stream) => stream.StartsWith("request-", StringComparison.Ordinal) || stream.StartsWith("received-", StringComparison.Ordinal);

    private static async Task<List<(string Stream, DateTimeOffset At, long Position)>> TransfersOf(string[] cases, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var transfers = new List<(string, DateTimeOffset, long)>();
        if (cases.Length == 0) return transfers;
        await using var command = new NpgsqlCommand("select stream, updated_at, position from read.cases where case_stream = any($1)", connection) { Parameters = { new() { Value = cases } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) transfers.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2)));
        return transfers;
    }

    private async Task<Row?> Fold(string stream, DateTimeOffset at, long position, CancellationToken cancellation)
    {
        if (stream.StartsWith("request-", StringComparison.Ordinal))
        {
            var request = await desk.Work.Journal.Load<AssistanceRequest, RequestEvent>(stream, AssistanceRequest.Initial, AssistanceRequest.Evolve, cancellation);
            return RequestDesk.Draft(request.State)?.Facts is { } facts
                ? new(stream, "request", stream["request-".Length..], facts.Issuer.Authority, facts.Addressee.Jurisdiction, facts.Instrument, request.State.Name, false, at, position, Due: RequestTimer.Next(request.State, tables))
                : null;
        }
        if (stream.StartsWith("received-", StringComparison.Ordinal))
        {
            var received = await desk.Work.Journal.Load<ReceivedRequest, ExecutionEvent>(stream, ReceivedRequest.Initial, ReceivedRequest.Evolve, cancellation);
            return received.State is ReceivedRequest.InHand { Dossier: { Received: var of, Authority: var authority } }
                ? new(stream, "received", stream["received-".Length..], authority, of.Sender, of.Facts.Instrument, received.State.Name, false, at, position, Due: ReceivedTimer.Next(received.State, tables))
                : null;
        }
        if (stream.StartsWith("erasure-", StringComparison.Ordinal))
        {
            var erasure = await desk.Work.Journal.Load<KeyErasure, KeyErasureEvent>(stream, KeyErasure.Initial, KeyErasure.Evolve, cancellation);
            return new(stream, "erasure", stream["erasure-".Length..], "", "", "", erasure.State.Name, erasure.State is not KeyErasure.Final, at, position, Waits(erasure.State.Next(DateTimeOffset.MinValue)));
        }
        return stream.StartsWith("transfer-", StringComparison.Ordinal) ? await Transfer(stream, stream["transfer-".Length..], at, position, cancellation) : null;
    }

    private async Task<Row?> Transfer(string stream, string id, DateTimeOffset at, long position, CancellationToken cancellation)
    {
        var (supplied, held, use) = await desk.Whole(id, cancellation);
        if (TransferDesk.Package(supplied) is { } package)
        {
            var answers = await desk.Received(package.Received, cancellation);
            var of = answers.Dossier.Received;
            return new(stream, "supplied", id, answers.Dossier.Authority, of.Sender, of.Facts.Instrument, supplied.Name, supplied is SuppliedTransfer.Accepted && use.Withheld is null, at, position,
                Due: Earlier(SupplyTimer.Next(supplied, answers, use.Demand), UseTimer.Next(use)), CaseStream: ReceivedRequest.StreamName(package.Received), Overdue: Overdue.Of(supplied));
        }
        if (held is not HeldTransfer.Known known) return null;
        var request = await desk.Request(known.Holding.Offer.Request, cancellation);
        var facts = request.Request.Draft.Facts;
        var fetching = held is HeldTransfer.Accepted or HeldTransfer.UnderRetention && known.Holding.Offer.Items.Any(item => !known.Holding.Fetched.Contains(item.Ref)) && use.Withheld is null;
        var erasing = held.Progress is { } progress && Erasure.Next(progress, DateTimeOffset.MaxValue) is not (ErasureStep.Done or ErasureStep.WaitForHolds);
        return new(stream, "held", id, facts.Issuer.Authority, known.Holding.Offer.Supplier, facts.Instrument, held.Name, fetching || erasing, at, position,
            fetching || held.Progress is not { } waiting ? null : Waits(Erasure.Next(waiting, DateTimeOffset.MinValue)),
            Earlier(HoldingTimer.Next(held, request, use.Demand), UseTimer.Next(use)), AssistanceRequest.StreamName(known.Holding.Offer.Request), Overdue.Of(held));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    /// <summary>Before this instant there is nothing to do, so nobody need look.</summary>
    private static DateTimeOffset? Waits(ErasureStep next) => next is ErasureStep.Wait wait ? wait.Until : null;

    private static NpgsqlBatchCommand Upsert(Row row) => new(
        """
        insert into read.cases (stream, kind, id, authority, counterpart, instrument, state, has_work, updated_at, position, not_before, due, case_stream, overdue, overdue_since)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (stream) do update set state = excluded.state, has_work = excluded.has_work, not_before = excluded.not_before, updated_at = excluded.updated_at, position = excluded.position,
            instrument = excluded.instrument, authority = excluded.authority, due = excluded.due, case_stream = excluded.case_stream, overdue = excluded.overdue, overdue_since = excluded.overdue_since
        """)
    {
        Parameters =
        {
            new() { Value = row.Stream }, new() { Value = row.Kind }, new() { Value = row.Id }, new() { Value = row.Authority }, new() { Value = row.Counterpart },
            new() { Value = row.Instrument }, new() { Value = row.State }, new() { Value = row.HasWork }, new() { Value = row.At }, new() { Value = row.Position },
            new() { Value = (object?)row.NotBefore ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new() { Value = Instant(row.Due), NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = (object?)row.CaseStream ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)row.Overdue?.What ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = Instant(row.Overdue?.Since), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    /// <summary>The least instant, which means due already, is the database's own least one.</summary>
    private static object Instant(DateTimeOffset? due) => due is not { } at ? DBNull.Value : at == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : at.ToUniversalTime();
}
