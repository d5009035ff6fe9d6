using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using MlatExchange.Node.Access;

namespace MlatExchange.Node.Pages;

/// <summary>
/// A signed-in official in a browser. The cookie is made anew at every sign-in and ends after 30 minutes without a call, and after 10 hours in any case. It opens pages alone:
/// the routes of the interface take bearer tokens, so no other site can make a browser use them.
/// </summary>
public static class Session
{
    public const string Scheme = "session";
    public const string Policy = "pages";

    /// <summary>Without a call for this long, the session is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>However busy, a session ends after this long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);

    private const string Began = "began";

    /// <summary>The claims that <see cref="Caller"/> reads, as a token would carry them.</summary>
    public static async Task Begin(HttpContext http, Caller caller, TimeProvider time)
    {
        var identity = new ClaimsIdentity(Scheme, "sub", "roles");
        identity.AddClaim(new("sub", caller.Subject));
        identity.AddClaim(new("authority", caller.Authority));
        identity.AddClaim(new("jurisdiction", caller.Jurisdiction));
        foreach (var role in caller.Roles.Order(StringComparer.Ordinal)) identity.AddClaim(new("roles", role));
        await http.SignOutAsync(Scheme);
        var properties = new AuthenticationProperties { IsPersistent = false, AllowRefresh = true };
        properties.Items[Began] = time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await http.SignInAsync(Scheme, new ClaimsPrincipal(identity), properties);
    }

    public static void Configure(CookieAuthenticationOptions cookie, bool demo)
    {
        cookie.Cookie.Name = NameOf("mlat-session", demo);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // a link from a mail opens the page; a form of another site still fails at its token
        cookie.Cookie.SecurePolicy = Secure(demo);
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
        cookie.Events.OnValidatePrincipal = async valid =>
        {
            if (valid.Properties.Items.TryGetValue(Began, out var text) && long.TryParse(text, out var began)
                && valid.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(began) < Longest)
                return;
            valid.RejectPrincipal();
            await valid.HttpContext.SignOutAsync(Scheme);
        };
    }

    /// <summary>Over HTTPS a browser keeps a name with this prefix from every other host and path.</summary>
    public static string NameOf(string name, bool demo) => demo ? name : $"__Host-{name}";

    public static CookieSecurePolicy Secure(bool demo) => demo ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
}
