using System.Security.Claims;

namespace MlatExchange.Node.Access;

/// <summary>Who calls, as the token says: the subject (never stored in events), the authority acted for, its jurisdiction and the roles held.</summary>
/// <param name="Subject">The identity provider's subject; identifies a person, so it stays out of events and logs.</param>
/// <param name="Authority">Code of the authority in the trust list.</param>
/// <param name="Jurisdiction">ISO 3166-1 alpha-2 code.</param>
/// <param name="Roles">Role names of <see cref="Role"/>.</param>
public sealed record Caller(string Subject, string Authority, string Jurisdiction, IReadOnlySet<string> Roles)
{
    /// <summary>Reads the caller from validated claims. The claims were checked for presence when the token was validated.</summary>
    public static Caller Of(ClaimsPrincipal user) => new(
        user.FindFirstValue("sub") ?? "",
        user.FindFirstValue("authority") ?? "",
        user.FindFirstValue("jurisdiction") ?? "",
        user.FindAll("roles").Select(role => role.Value).ToHashSet(StringComparer.Ordinal));

    public bool Has(string role) => Roles.Contains(role);
}
