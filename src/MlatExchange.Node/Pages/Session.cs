using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using MlatExchange.Node.Access;

namespace MlatExchange.Node.Pages;

/// <summary>
/// A signed-in official in a browser. The session is made anew at every sign-in, lies in the database (<see cref="OpenSessions"/>) and ends after 30 minutes without a call, and after
/// 10 hours in any case. Its cookie opens pages alone: the routes of the interface take bearer tokens, so no other site can make a browser use them.
/// </summary>
public static class Session
{
    public const string Scheme = "session";
    public const string Policy = "pages";

    /// <summary>Without a call for this long, the session is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a session ends after this long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    /// <summary>What binds an authority is done only this long after a sign-in at the provider.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const string Id = "session";
    private const string SignedInAt = "signed-in";
    private const string ByChoice = "chosen";

    /// <summary>The claims that <see cref="Caller"/> reads, as a token would carry them.</summary>
    public static ClaimsPrincipal Principal(Caller caller)
    {
        var identity = new ClaimsIdentity(Scheme, "sub", "roles");
        identity.AddClaim(new("sub", caller.Subject));
        identity.AddClaim(new("authority", caller.Authority));
        identity.AddClaim(new("jurisdiction", caller.Jurisdiction));
        foreach (var role in caller.Roles.Order(StringComparer.Ordinal)) identity.AddClaim(new("roles", role));
        return new(identity);
    }

    /// <summary>Notes when the provider saw the official sign in.</summary>
    /// <param name="at">Null where it did not say, which counts as long ago.</param>
    public static void SignedIn(AuthenticationProperties properties, DateTimeOffset? at) => properties.Items[SignedInAt] = (at?.ToUnixTimeSeconds() ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <summary>Notes that the official was chosen, as only the demo allows: there is nobody to prove anything to.</summary>
    public static void Chosen(AuthenticationProperties properties) => properties.Items[SignedInAt] = ByChoice;

    /// <summary>Whether the official signed in at the provider within <see cref="Fresh"/>, or was chosen in the demo.</summary>
    public static async Task<bool> IsFresh(HttpContext http, DateTimeOffset now) =>
        (await http.AuthenticateAsync(Scheme)).Properties?.Items.TryGetValue(SignedInAt, out var text) == true
        && (text == ByChoice || (long.TryParse(text, out var at) && now - DateTimeOffset.FromUnixTimeSeconds(at) < Fresh));

    /// <summary>The session of the call's cookie; null without one.</summary>
    public static async Task<Guid?> IdOf(HttpContext http) => IdIn((await http.AuthenticateAsync(Scheme)).Properties);

    public static void Configure(CookieAuthenticationOptions cookie, PagesUrl url)
    {
        cookie.Cookie.Name = url.NameOf("mlat-session");
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // a link from a mail opens the page; a form of another site still fails at its token
        cookie.Cookie.SecurePolicy = url.Secure;
        cookie.ExpireTimeSpan = Idle;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.LogoutPath = "/sign-out";
        cookie.ReturnUrlParameter = "back";
        cookie.Events.OnRedirectToAccessDenied = denied =>
        {
            denied.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        cookie.Events.OnCheckSlidingExpiration = check =>
        {
            check.ShouldRenew = true; // 30 minutes from the last call, not from some earlier one
            return Task.CompletedTask;
        };
        // However somebody signs in: the session before it is over, and the new one has a name that nobody can have known.
        cookie.Events.OnSigningIn = async signing =>
        {
            var (http, sessions) = (signing.HttpContext, Of(signing.HttpContext));
            if (await IdOf(http) is { } before) await sessions.End(before, http.RequestAborted);
            signing.Properties.IsPersistent = false;
            signing.Properties.AllowRefresh = true;
            signing.Properties.Items[Id] = $"{await sessions.Begin(signing.Principal!.FindFirstValue("sub")!, http.Request.Headers.UserAgent.ToString(), http.RequestAborted)}";
        };
        cookie.Events.OnValidatePrincipal = async valid =>
        {
            if (IdIn(valid.Properties) is not { } id || !await Of(valid.HttpContext).Touch(id, valid.HttpContext.RequestAborted)) valid.RejectPrincipal();
        };
    }

    private static OpenSessions Of(HttpContext http) => http.RequestServices.GetRequiredService<OpenSessions>();

    private static Guid? IdIn(AuthenticationProperties? properties) => properties?.Items.TryGetValue(Id, out var text) == true && Guid.TryParse(text, out var id) ? id : null;
}
