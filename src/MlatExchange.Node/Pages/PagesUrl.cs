namespace MlatExchange.Node.Pages;

/// <summary>Where browsers reach the pages (setting <c>Access:PagesUrl</c>): TLS ends in front of the node, so the node cannot see it, and what a proxy says in headers is not believed.</summary>
/// <param name="Url">Null where the pages are reached as the node listens.</param>
/// <param name="IsSecure">Whether cookies are bound to HTTPS.</param>
public sealed record PagesUrl(Uri? Url, bool IsSecure)
{
    /// <exception cref="InvalidOperationException">The setting is no address of a host over HTTPS, and not a loopback one.</exception>
    public static PagesUrl Of(IConfiguration settings, bool demo)
    {
        if (settings["Access:PagesUrl"] is not { Length: > 0 } text) return new(null, !demo);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.AbsolutePath != "/" || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            throw new InvalidOperationException("Access:PagesUrl must be https://host[:port], or http on loopback.");
        return new(url, url.Scheme == Uri.UriSchemeHttps);
    }

    public CookieSecurePolicy Secure => IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Over HTTPS a browser keeps a name with this prefix from every other host and path.</summary>
    public string NameOf(string name) => IsSecure ? $"__Host-{name}" : name;

    /// <summary>Makes the call look as the browser made it, for the addresses that are written from it.</summary>
    public Task Apply(HttpContext http, RequestDelegate next)
    {
        if (Url is not null) (http.Request.Scheme, http.Request.Host) = (Url.Scheme, HostString.FromUriComponent(Url));
        return next(http);
    }
}
