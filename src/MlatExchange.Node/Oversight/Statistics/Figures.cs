using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Oversight;
using MlatExchange.Domain.Oversight.Statistics;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Recording;
using Npgsql;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>The projection of statistics: each entry of the log is counted once, in the month of its leaf, so that an answer adds up a few rows and scans nothing.</summary>
public sealed class Figures(NpgsqlDataSource database, LogBell bell, Recorder recorder, ILogger<Figures> log) : Projection(RowName, database, bell, log)
{
    /// <summary>Name of its row in <c>read.projection</c>.</summary>
    public const string RowName = "figures";

    /// <inheritdoc/>
    protected override async Task Apply(IReadOnlyList<LogEntry> page, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var read = page.Select(entry => (Place: LogPlace.Of(entry), entry.Event.Stream, Happened: recorder.Read(entry.Event), entry.Event.Headers)).ToList();
        var streams = read.Where(entry => entry.Happened is RequestEvent or ExecutionEvent or TransferEvent).Select(entry => entry.Stream)
            .Concat(read.Select(entry => TransferHistory.CaseOf(entry.Happened as TransferEvent)).OfType<string>()).Distinct(StringComparer.Ordinal).ToArray();
        var states = new FigureStreams(await FigureRows.States(connection, streams, cancellationToken));
        var (counted, times, months) = (new Dictionary<(DateOnly, FigureKey), long>(), new Dictionary<(DateOnly, FigureKey, int), (long, decimal)>(), new Dictionary<DateOnly, long>());
        foreach (var (place, stream, happened, headers) in read)
        {
            var month = new DateOnly(place.At.UtcDateTime.Year, place.At.UtcDateTime.Month, 1);
            months[month] = place.Position;
            var figures = happened switch
            {
                RequestEvent or ExecutionEvent => states.Case(stream, happened, place.At),
                TransferEvent e => states.Transfer(stream, e, LeafCodes.Of(headers).Instrument, place.At),
                OversightEvent.TransfersConsulted e => [new(new("consultations", "", "", false, "", Domain.EnumCode.Of(e.Purpose)))],
                _ => [],
            };
            foreach (var figure in figures)
            {
                if (figure.Took is { } took)
                {
                    var bucket = (month, figure.Key, TimeSketch.Bucket(took));
                    var (number, sum) = times.GetValueOrDefault(bucket);
                    times[bucket] = (number + 1, sum + (decimal)took.TotalMilliseconds / 1000);
                }
                else counted[(month, figure.Key)] = counted.GetValueOrDefault((month, figure.Key)) + 1;
            }
        }
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (stream, state) in states.Changed) FigureRows.Remember(batch, stream, state);
        foreach (var ((month, key), count) in counted) FigureRows.Count(batch, month, key, count);
        foreach (var ((month, key, bucket), (count, seconds)) in times) FigureRows.Time(batch, month, key, bucket, count, seconds);
        foreach (var (month, position) in months) FigureRows.Month(batch, month, position);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task Clear(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("truncate read.figures, read.figure_times, read.figure_months, read.figure_streams", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
