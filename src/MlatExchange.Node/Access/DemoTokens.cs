using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MlatExchange.Domain;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Access;

/// <summary>What the demo's token issuer is asked for.</summary>
/// <param name="Official">Name of a demo official; becomes the subject.</param>
/// <param name="Roles">Roles of the token, at least one.</param>
/// <param name="Authority">Authority to act for; the node's first when left out.</param>
public sealed record DemoTokenRequest(string Official, IReadOnlyList<string> Roles, string? Authority = null);

/// <summary>
/// Issues tokens to anybody who asks, so it exists only in the demo: mode, environment and trust anchor must all say so, the connection must be a loopback one,
/// and a browser page of another site (Origin) or a proxy (X-Forwarded-*) is refused.
/// </summary>
public static class DemoTokens
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    public static void MapDemoTokens(this IEndpointRouteBuilder routes, SigningCredentials credentials, string issuer, string jurisdiction, Func<IReadOnlyList<string>> authorities) =>
        routes.MapPost("/demo/token", async (HttpContext http, TimeProvider time) =>
        {
            if (!IsLocal(http)) return Problem.NotFound();
            var (request, refused) = await StrictBody.Read<DemoTokenRequest>(http);
            if (request is null) return refused!;
            var faults = Faults(request, authorities());
            if (faults.Count > 0) return Problem.Of(faults);
            var now = time.GetUtcNow().UtcDateTime;
            var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = issuer,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Life,
                TokenType = "at+jwt",
                SigningCredentials = credentials,
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = request.Official,
                    ["authority"] = request.Authority ?? authorities()[0],
                    ["jurisdiction"] = jurisdiction,
                    ["roles"] = request.Roles.ToArray(),
                },
            });
            return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = (int)Life.TotalSeconds, demo = true });
        }).AllowAnonymous().WithTags("Demo").WithSummary("A token for the demo; loopback only").WithExample("""{"official":"xa-official-1","authority":"xa-prosecutor","roles":["drafter"]}""");

    private static List<MemberFault> Faults(DemoTokenRequest request, IReadOnlyList<string> authorities)
    {
        var faults = new List<MemberFault>();
        if (string.IsNullOrWhiteSpace(request.Official) || request.Official.Length > 64) faults.Add(new("/official", "text-length", "1 to 64 characters."));
        if (request.Authority is { } code && !authorities.Contains(code)) faults.Add(new("/authority", "unknown-authority", "An authority of this node's trust list."));
        if (request.Roles is not { Count: > 0 }) faults.Add(new("/roles", "missing", "At least one role."));
        else
            for (var i = 0; i < request.Roles.Count; i++)
                if (!Role.All.Contains(request.Roles[i])) faults.Add(new($"/roles/{i}", "unknown-code", "A role this node knows."));
        return faults;
    }

    private static bool IsLocal(HttpContext http) => IsLoopback(http) && !http.Request.Headers.ContainsKey("Origin");

    /// <summary>Whether the call comes from this machine, names it, and passed no proxy.</summary>
    internal static bool IsLoopback(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && http.Request.Host.Host is "127.0.0.1" or "localhost" or "[::1]"
        && !http.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase));
}
