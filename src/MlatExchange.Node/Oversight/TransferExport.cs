using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// All rows of a query in one answer, streamed from one snapshot: however many they are, a page of them is in memory. The count was recorded before the first byte; an
/// answer that breaks off has fewer lines than the header <c>Count</c> says.
/// </summary>
internal sealed class TransferExport(Snapshot snapshot, TransferFilter filter, string format, long count, RecordedQuery query) : IResult
{
    private const int FlushAt = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = format == TransferFormats.Csv ? "text/csv; charset=utf-8" : format;
        response.Headers.Vary = "Accept";
        response.Headers["Count"] = count.ToString(CultureInfo.InvariantCulture);
        TransferFormats.Checkpoint(response.Headers, CheckpointView.Of(snapshot.Checkpoint));
        await using var held = snapshot;
        await using var command = TransferStatements.Page(filter, snapshot.Now, snapshot.Position, limited: false, told: format == TransferFormats.Fhir);
        command.Connection = snapshot.Connection;
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var output = response.BodyWriter;
        if (format == TransferFormats.Csv) TransferTable.Head(output);
        if (format == TransferFormats.Json) output.Write("{\"records\":["u8);
        for (var first = true; await reader.ReadAsync(cancellationToken); first = false)
        {
            var row = TransferPages.Row(reader, snapshot.Now);
            if (format == TransferFormats.Csv)
            {
                TransferTable.Row(output, row, query.Id);
            }
            else if (format == TransferFormats.Fhir)
            {
                output.Write(row.Document);
                output.Write("\n"u8);
            }
            else
            {
                if (!first && format == TransferFormats.Json) output.Write(","u8);
                TransferFormats.Line(output, row, query.Id);
            }
            if (output.UnflushedBytes > FlushAt) await output.FlushAsync(cancellationToken);
        }
        if (format == TransferFormats.Json) End(output);
        await output.FlushAsync(cancellationToken);
    }

    private void End(PipeWriter output)
    {
        output.Write("],"u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(
            new { count, position = snapshot.Position, upTo = snapshot.Position, checkpoint = CheckpointView.Of(snapshot.Checkpoint), asOf = snapshot.Now, consultation = query.Consultation, query = query.Id },
            TransferFormats.WithNulls).AsSpan(1));
    }
}
