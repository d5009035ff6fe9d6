using MlatExchange.Domain.Oversight.Statistics;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Transparency;
using Npgsql;

namespace MlatExchange.Node.Oversight.Statistics;

/// <summary>What the operator settles about publication.</summary>
/// <param name="Least">Least count that is published; smaller ones but zero are withheld. To be confirmed by counsel; setting <c>Oversight:SmallestPublished</c>.</param>
public sealed record PublicationSettings(long Least)
{
    public static PublicationSettings Of(IConfiguration settings) =>
        settings["Oversight:SmallestPublished"] is not { Length: > 0 } value ? new(10)
        : long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var least) && least >= 2 ? new(least)
        : throw new InvalidOperationException("The setting Oversight:SmallestPublished is not a number of at least 2.");
}

/// <summary>A published measure of time, rounded; in hours.</summary>
public sealed record PublicTime(string Measure, string Source, double MedianHours, double P90Hours);

/// <summary>A published measure.</summary>
public sealed record PublicCount(string Measure, string Source, string BrokenDownBy, IReadOnlyList<long?> Quarters, PublishedYear? Year);

/// <summary>What the public is told of a year: its finished quarters, and the year once it is over.</summary>
/// <param name="Finished">Number of finished quarters.</param>
/// <param name="Checkpoint">The first head that covers all that was counted; null when nothing was logged.</param>
public sealed record PublicYear(int Year, string Jurisdiction, long Least, int Finished, IReadOnlyList<PublicCount> Counts, IReadOnlyList<PublicTime> Times, IReadOnlyList<Measure> NotCounted, CheckpointView? Checkpoint);

/// <summary>Makes what the public is told. Only finished periods: what is said of them never changes, however often one asks and whatever arrives meanwhile.</summary>
public sealed class PublicYears(NpgsqlDataSource database, PublicationSettings settings, Fhir.FhirNode node, TimeProvider time)
{
    // A period is finished a day after its end: nothing logged in it is on its way any more.
    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);

    /// <summary>The year to show when none is named: the last with a finished quarter.</summary>
    public int Newest => (time.GetUtcNow() - Settled).AddMonths(-3).Year;

    /// <summary>Null where the figures have not reached the end of the last finished quarter.</summary>
    public async Task<PublicYear?> Read(int year, CancellationToken cancellationToken)
    {
        var settled = DateOnly.FromDateTime((time.GetUtcNow() - Settled).UtcDateTime);
        var ends = Enumerable.Range(1, 4).Select(quarter => new DateOnly(year, 1, 1).AddMonths(3 * quarter)).Where(end => end <= settled).ToList();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var (start, end) = (new DateOnly(year, 1, 1), ends.Count == 0 ? new DateOnly(year, 1, 1) : ends[^1]);
        if (!await Reached(connection, end, cancellationToken)) return null;
        var (counts, times) = (await FigureRows.Counts(connection, start, end, cancellationToken), ends.Count < 4 ? [] : await FigureRows.Times(connection, start, end, cancellationToken));
        var timed = times.ToLookup(row => row.Key.Measure, StringComparer.Ordinal);
        return new(
            year, node.Jurisdiction, settings.Least, ends.Count,
            [.. Measures.Counts.Select(measure => Public(measure, counts.Where(row => row.Key.Measure == measure.Name).ToList(), ends.Count))],
            [.. Measures.Times.Select(measure => (Measure: measure, Took: StatisticsView.Took(timed[measure.Name]))).Where(all => all.Took?.Count >= settings.Least)
                .Select(all => new PublicTime(all.Measure.Name, all.Measure.Source, Rounded(all.Took!.Median), Rounded(all.Took.P90)))],
            Measures.NotCounted, await Covering(connection, end, cancellationToken));
    }

    private PublicCount Public(Measure measure, IReadOnlyList<MonthFigure> rows, int finished)
    {
        var quarters = Enumerable.Range(0, finished).Select(quarter => (IReadOnlyList<(FigureKey, long)>)[.. rows.Where(row => (row.Month.Month - 1) / 3 == quarter).Select(row => (row.Key, row.Count))]).ToList();
        var published = Suppression.Publish(quarters, settings.Least);
        return new(measure.Name, measure.Source, measure.BrokenDownBy, published.Quarters, published.Year);
    }

    // Two significant digits of hours: a single case does not show in them.
    private static double Rounded(double seconds)
    {
        var hours = seconds / 3600;
        if (hours < 0.1) return 0.1;
        var step = Math.Pow(10, Math.Floor(Math.Log10(hours)) - 1);
        return Math.Round(Math.Round(hours / step) * step, 2);
    }

    // The projection has passed all entries of the months before.
    private static async Task<bool> Reached(NpgsqlConnection connection, DateOnly end, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select coalesce((select position from read.projection where name = $1), 0) >= coalesce((select max(position) from ledger.entries), 0)
                or exists (select from read.figure_months where month >= $2)
            """, connection) { Parameters = { new() { Value = Figures.RowName }, new() { Value = end } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<CheckpointView?> Covering(NpgsqlConnection connection, DateOnly end, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select c.size, c.root, c.note, c.signed_at from ledger.checkpoints c
            where c.size >= (select max(position) from read.figure_months where month < $1) order by c.size limit 1
            """, connection) { Parameters = { new() { Value = end } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? CheckpointView.Of(new PublishedCheckpoint(reader.GetInt64(0), TreeHash.From(reader.GetFieldValue<byte[]>(1)), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)))
            : null;
    }
}
