using System.Globalization;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using Npgsql;

namespace MlatExchange.Node.Cases;

/// <summary><c>GET /api/requests</c>, <c>/api/received</c>, <c>/api/transfers</c>: the caller's authority's list, newest change first, in cursor pages; with <c>?overdue=true</c> only what is overdue.</summary>
public static class ListCasesEndpoint
{
    private const int MostRows = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/requests", (HttpContext http, NpgsqlDataSource database) => Handle(http, database, "request")).For(Role.Case).WithTags("Requests").WithSummary("Requests of the caller's authority");
        routes.MapGet("/api/received", (HttpContext http, NpgsqlDataSource database) => Handle(http, database, "received")).For(Role.Case).WithTags("Received").WithSummary("Requests addressed to the caller's authority");
        routes.MapGet("/api/transfers", (HttpContext http, NpgsqlDataSource database) => Handle(http, database, "supplied", "held")).For(Role.Case).WithTags("Transfers").WithSummary("Transfers of the caller's authority, both ways");
    }

    private static async Task<IResult> Handle(HttpContext http, NpgsqlDataSource database, params string[] kinds)
    {
        if (Number(http, "limit", 50, MostRows) is not { } limit) return Fault("limit");
        if (Number(http, "cursor", long.MaxValue, long.MaxValue) is not { } before) return Fault("cursor");
        if (Overdue(http) is not { } overdue) return Problem.Of(StatusCodes.Status400BadRequest, "parameter-at-fault", "true or false is expected.", errors: [new("?overdue", "wrong-code", "true or false.")]);
        // Follows the index (kind, authority, position desc) for each kind, so a page costs the same however deep it lies.
        await using var command = database.CreateCommand(
            $"""
            select kind, id, counterpart, instrument, state, updated_at, position, overdue, overdue_since from read.cases
            where kind = any($1) and authority = $2 and position < $3 {(overdue ? "and overdue is not null" : "")} order by position desc limit $4
            """);
        command.Parameters.Add(new() { Value = kinds });
        command.Parameters.Add(new() { Value = Caller.Of(http.User).Authority });
        command.Parameters.Add(new() { Value = before });
        command.Parameters.Add(new() { Value = (int)limit });
        await using var reader = await command.ExecuteReaderAsync(http.RequestAborted);
        var (items, last) = (new List<object>(), 0L);
        while (await reader.ReadAsync(http.RequestAborted))
        {
            last = reader.GetInt64(6);
            items.Add(new
            {
                id = reader.GetString(1),
                direction = reader.GetString(0) is "supplied" or "received" ? "incoming-request" : "outgoing-request",
                counterpart = reader.GetString(2),
                instrument = reader.GetString(3),
                state = reader.GetString(4),
                updatedAt = reader.GetFieldValue<DateTimeOffset>(5),
                overdue = await reader.IsDBNullAsync(7) ? null : reader.GetString(7),
                overdueSince = await reader.IsDBNullAsync(8) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(8),
            });
        }
        return Results.Json(new { items, next = items.Count == limit ? last.ToString(CultureInfo.InvariantCulture) : null });
    }

    private static long? Number(HttpContext http, string name, long otherwise, long most) =>
        http.Request.Query[name] is not [{ Length: > 0 } text] ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most ? number : null;

    private static bool? Overdue(HttpContext http) => http.Request.Query["overdue"] is not [{ } text] ? false : text switch { "true" => true, "false" or "" => false, _ => null };

    private static IResult Fault(string name) => Problem.Of(StatusCodes.Status400BadRequest, "parameter-at-fault", "A number greater than zero is expected.", errors: [new($"?{name}", "wrong-number", "A number greater than zero.")]);
}
