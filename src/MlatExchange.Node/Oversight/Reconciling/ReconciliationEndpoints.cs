using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Http;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using Npgsql;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>Body of a demand.</summary>
/// <param name="Counterpart">Code of the jurisdiction to compare with.</param>
/// <param name="From">Start of the period, inclusive.</param>
/// <param name="To">End, exclusive; not in the future, and not more than 31 days after the start.</param>
public sealed record ReconciliationDemand(string Counterpart, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// <c>GET /api/oversight/reconciliation</c>: reports with every difference and the signed text. <c>GET /api/operations/reconciliation</c>: the counts alone.
/// <c>POST /api/operations/reconciliation</c>: lists a period for the counterpart now; its answer is compared when it comes.
/// </summary>
public static class ReconciliationEndpoints
{
    private const int MostReports = 200;
    private static readonly string[] Parameters = ["from", "to", "counterpart"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/oversight/reconciliation", Reports).ForOversight().WithTags("Oversight").WithSummary("Where this log and a counterpart's lists differ");
        routes.MapGet("/api/operations/reconciliation", Counts).For(Role.Operator).WithTags("Operations").WithSummary("Reconciliation in counts");
        routes.MapPost("/api/operations/reconciliation", Demand).For(Role.Operator).WithTags("Operations").WithSummary("Reconcile a period now")
            .WithExample("""{"counterpart":"XB","from":"2026-01-01T00:00:00.000Z","to":"2026-01-02T00:00:00.000Z"}""");
    }

    private static async Task<IResult> Reports(HttpContext http, NpgsqlDataSource database, Vault vault, Consultations consultations)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        var query = new StrictQuery(http.Request.Query, Parameters);
        var told = Read(query);
        if (query.Refused is { } refused) return refused;
        var events = await Find(database, told, http.RequestAborted);
        var texts = await vault.Open([.. events.Select(e => ReconciliationReport.Reference(e.Report))], http.RequestAborted);
        return await consultations.Answer(http, purpose!, Consultations.Asked(query.Given, "reconciliation", "true"), events.Count, recorded => Results.Json(
            new { reports = events.Select(e => With(e, texts.GetValueOrDefault(ReconciliationReport.Reference(e.Report)))), consultation = recorded.Consultation, query = recorded.Id }, TransferFormats.WithNulls));
    }

    private static async Task<IResult> Counts(HttpContext http, NpgsqlDataSource database)
    {
        var query = new StrictQuery(http.Request.Query, Parameters);
        var told = Read(query);
        return query.Refused ?? Results.Json(new { reports = await Find(database, told, http.RequestAborted) }, EventJson.Options);
    }

    private static async Task<IResult> Demand(HttpContext http, SendLists send, NodeSettings node, CurrentTrust trust, TimeProvider time)
    {
        var (body, refused) = await StrictBody.Read<ReconciliationDemand>(http);
        if (refused is not null) return refused;
        var faults = new List<MemberFault>();
        if (body!.Counterpart == node.Jurisdiction || trust().NodeOf(body.Counterpart) is null) faults.Add(new("/counterpart", "unknown-counterpart", "A jurisdiction whose node a trust list in use names."));
        if (body.To > time.GetUtcNow()) faults.Add(new("/to", "in-the-future", "What is to come is not in any log."));
        if (body.To <= body.From || body.To - body.From > SendLists.LongestPeriod) faults.Add(new("/from", "wrong-period", "Before the end, and not more than 31 days."));
        if (faults.Count > 0) return Problem.Of(faults);
        var (from, to) = (body.From.ToUniversalTime(), body.To.ToUniversalTime());
        var said = await send.Send(body.Counterpart, from, to, ReconciliationOccasion.Demand, http.RequestAborted);
        return Results.Json(new { counterpart = body.Counterpart, from, to, lists = said!.Value.Lists, entries = said.Value.Entries }, EventJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static (DateTimeOffset? From, DateTimeOffset? To, string? Counterpart) Read(StrictQuery query) =>
        (query.Instant("from"), query.Instant("to"), query.Form("counterpart", code => code.Length == 2 && code.All(char.IsAsciiLetterUpper), "Two capitals."));

    /// <summary>Reports of periods that touch the one asked for, newest first.</summary>
    private static async Task<IReadOnlyList<ReconciliationEvent.RecordsCompared>> Find(NpgsqlDataSource database, (DateTimeOffset? From, DateTimeOffset? To, string? Counterpart) asked, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select told::text from read.reconciliation_reports
            where ($1::timestamptz is null or period_to > $1) and ($2::timestamptz is null or period_from < $2) and ($3::text is null or counterpart = $3)
            order by period_to desc, position desc limit $4
            """);
        foreach (var value in (object?[])[asked.From, asked.To, asked.Counterpart, MostReports]) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<ReconciliationEvent.RecordsCompared>();
        while (await reader.ReadAsync(cancellation)) found.Add(JsonSerializer.Deserialize<ReconciliationEvent.RecordsCompared>(reader.GetString(0), EventJson.Options)!);
        return found;
    }

    private static object With(ReconciliationEvent.RecordsCompared e, byte[]? text)
    {
        var signed = text is null ? null : Encoding.ASCII.GetString(text);
        var said = signed is not null && CompactJws.TryRead(signed, out var jws, out _) ? JsonSerializer.Deserialize<ReconciliationReport>(jws.Payload.Span, EventJson.Options) : null;
        return new
        {
            counterpart = e.Counterpart, from = e.From, to = e.To, list = e.List, at = e.At, matched = e.Matched, onlyHere = e.OnlyHere, onlyThere = e.OnlyThere, differing = e.Differing, late = e.Late,
            uncovered = said?.Uncovered,
            differences = said?.Differences.Select(difference => new
            {
                kind = EnumCode.Of(difference.Kind), signedHere = difference.Place.Ours, thread = difference.Place.Thread, seq = difference.Place.Seq, here = difference.Here, there = difference.There,
            }),
            checkpoint = said?.Checkpoint, report = signed,
        };
    }
}
