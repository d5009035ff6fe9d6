using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary>
/// Records as JSON, CSV (RFC 4180) or NDJSON, whichever <c>Accept</c> prefers. What JSON says beside the records stands in headers for the other two: <c>Next-Cursor</c>,
/// <c>Checkpoint-Size</c>, <c>Checkpoint-Root</c>, <c>Consultation</c>, <c>Query</c>; and every row of theirs carries the id of the query.
/// </summary>
public static class TransferFormats
{
    public const string Json = "application/json", Csv = "text/csv", Lines = "application/x-ndjson", Fhir = "application/fhir+ndjson";

    private static readonly JsonSerializerOptions Options = EventJson.Options;

    public static IResult None(params string[] known) => Problem.Of(StatusCodes.Status406NotAcceptable, "not-acceptable", $"Transfer records are given as {string.Join(", ", known)}; as FHIR under /fhir.");

    /// <summary>A page.</summary>
    public static IResult Write(HttpContext http, string format, TransferPage page, RecordedQuery query)
    {
        var headers = http.Response.Headers;
        headers.Vary = "Accept";
        if (page.Next is not null) headers["Next-Cursor"] = page.Next;
        Checkpoint(headers, CheckpointView.Of(page.Checkpoint));
        var buffer = new ArrayBufferWriter<byte>(4096 + (page.Rows.Count * 2300));
        switch (format)
        {
            case Csv:
                TransferTable.Head(buffer);
                foreach (var row in page.Rows) TransferTable.Row(buffer, row, query.Id);
                break;
            case Lines:
                foreach (var row in page.Rows) Line(buffer, row, query.Id);
                break;
            default:
                Whole(buffer, page, query);
                break;
        }
        return Results.Bytes(buffer.WrittenMemory, format == Csv ? "text/csv; charset=utf-8" : format);
    }

    /// <summary>Names the checkpoint in headers.</summary>
    public static void Checkpoint(IHeaderDictionary headers, CheckpointView? checkpoint)
    {
        if (checkpoint is null) return;
        headers["Checkpoint-Size"] = checkpoint.Size.ToString(CultureInfo.InvariantCulture);
        headers["Checkpoint-Root"] = checkpoint.Root;
    }

    /// <summary>One record and a line feed, with the id of the query.</summary>
    internal static void Line(IBufferWriter<byte> output, TransferRow row, Guid query)
    {
        output.Write(row.Document.AsSpan(0, row.Document.Length - 1));
        output.Write(row.Overdue ? ",\"overdue\":true,\"query\":\""u8 : ",\"overdue\":false,\"query\":\""u8);
        Span<byte> id = stackalloc byte[36];
        query.TryFormat(id, out _);
        output.Write(id);
        output.Write("\"}\n"u8);
    }

    private static void Whole(IBufferWriter<byte> output, TransferPage page, RecordedQuery query)
    {
        output.Write("{\"records\":["u8);
        for (var n = 0; n < page.Rows.Count; n++)
        {
            if (n > 0) output.Write(","u8);
            var row = page.Rows[n];
            output.Write(row.Document.AsSpan(0, row.Document.Length - 1));
            output.Write(row.Overdue ? ",\"overdue\":true}"u8 : ",\"overdue\":false}"u8);
        }
        output.Write("],"u8);
        var rest = JsonSerializer.SerializeToUtf8Bytes(
            new { next = page.Next, position = page.Position, upTo = page.UpTo, checkpoint = CheckpointView.Of(page.Checkpoint), asOf = page.Now, consultation = query.Consultation, query = query.Id }, WithNulls);
        output.Write(rest.AsSpan(1));
    }

    internal static readonly JsonSerializerOptions WithNulls = new(Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };
}
