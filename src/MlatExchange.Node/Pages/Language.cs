using System.Globalization;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Pages;

/// <summary>The language of the pages: what the reader chose, else what the browser prefers. Only texts follow it; numbers and dates are written by <see cref="Zone"/>.</summary>
public static class Language
{
    private const string Cookie = "mlat-language";
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    public static bool IsFrench => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";

    /// <summary>Code for <c>lang</c> and for <c>Accept-Language</c> of a route called for the page.</summary>
    public static string Code => IsFrench ? "fr" : "en";

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    public static async Task Choose(HttpContext http, RequestDelegate next)
    {
        CultureInfo.CurrentUICulture = (http.Request.Cookies[Cookie] ?? Languages.Of(http)) == "fr" ? French : English;
        await next(http);
    }

    /// <summary><c>GET /language/{code}?back=…</c>: remembers the choice and returns to a page of this node.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/language/{code:regex(^(en|fr)$)}", (HttpContext http, string code, string? back) =>
    {
        http.Response.Cookies.Append(Cookie, code, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Secure = http.Request.IsHttps, IsEssential = true });
        return Results.LocalRedirect(Local(back));
    }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>The address if it is one of this node's pages, the first page otherwise: nobody is sent elsewhere by a link to us.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl) ? address : "/";
}
