namespace MlatExchange.Node.Operations;

/// <summary>One part of the node that must work before it takes work.</summary>
/// <param name="Part">Name shown to operators, such as <c>ledger</c>.</param>
/// <param name="Check">Null when in order; otherwise one sentence without case content.</param>
public sealed record ReadinessPart(string Part, Func<CancellationToken, Task<string?>> Check);

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: every part is in order, or 503 with the failing parts by name.</summary>
public static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "live" })).AllowAnonymous().WithTags("Operations");
        routes.MapGet("/health/ready", async (IEnumerable<ReadinessPart> parts, HttpContext http) =>
        {
            var failing = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var part in parts)
                if (await Ask(part, http.RequestAborted) is { } fault) failing[part.Part] = fault;
            return failing.Count == 0
                ? Results.Ok(new { status = "ready" })
                : Results.Json(new { status = "not-ready", failing }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous().WithTags("Operations");
        routes.ServiceProvider.GetRequiredService<MetricsText>(); // listens from the start, not from the first question on
        routes.MapGet("/metrics", (MetricsText metrics) => Results.Text(metrics.Render(), "text/plain; version=0.0.4"))
            .RequireAuthorization(policy => policy.RequireRole(Access.Role.Operator)).WithTags("Operations");
    }

    private static async Task<string?> Ask(ReadinessPart part, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            return await part.Check(timeout.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return failure.GetType().Name;
        }
    }
}
