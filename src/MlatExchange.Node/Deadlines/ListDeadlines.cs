using System.Globalization;
using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Http;
using MlatExchange.Node.Requests;
using Npgsql;

namespace MlatExchange.Node.Deadlines;

/// <summary><c>GET /api/deadlines</c>: the cases of the caller's authority in which something falls due next, soonest first, each with its terms and how they stand.</summary>
public static class ListDeadlinesEndpoint
{
    private const int MostRows = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/deadlines", Handle).For(Role.Case)
        .WithTags("Deadlines").WithSummary("What falls due next in the caller's authority's cases, with its reason");

    private static async Task<IResult> Handle(HttpContext http, NpgsqlDataSource database, RequestDesk requests, ReceivedDesk received, DeadlineTables tables)
    {
        if (http.Request.Query["limit"] is not [] and not [{ Length: > 0 }]
            || !int.TryParse(http.Request.Query["limit"] is [{ } text] ? text : "50", NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > MostRows)
            return Problem.Of(StatusCodes.Status400BadRequest, "parameter-at-fault", "A number from 1 to 100 is expected.", errors: [new("?limit", "wrong-number", "A number from 1 to 100.")]);
        var (now, language, items) = (requests.Work.Now, Languages.Of(http), new List<object>());
        foreach (var (kind, id, due) in await Rows(database, Caller.Of(http.User).Authority, limit, http.RequestAborted))
        {
            IReadOnlyList<CaseTerm> terms = kind switch
            {
                "request" => RequestTerms.Of((await requests.Load(Guid.Parse(id), http.RequestAborted)).State, tables),
                "received" => ReceivedTerms.Of((await received.Load(Guid.Parse(id), http.RequestAborted)).State, tables),
                _ => [],
            };
            items.Add(new { kind, id, due, terms = RunningTerm.Of(terms, now, language) });
        }

        return Results.Json(new { items }, EventJson.Options);
    }

    private static async Task<List<(string Kind, string Id, DateTimeOffset Due)>> Rows(NpgsqlDataSource database, string authority, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select kind, id, due from read.cases where authority = $1 and due is not null order by due limit $2");
        command.Parameters.Add(new() { Value = authority });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(string, string, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation)) rows.Add((reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return rows;
    }
}
