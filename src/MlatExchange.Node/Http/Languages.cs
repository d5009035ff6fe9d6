namespace MlatExchange.Node.Http;

/// <summary>The language of sentences: what <c>Accept-Language</c> prefers among those the node speaks (RFC 9110, 12.5.4), English otherwise.</summary>
public static class Languages
{
    public static string Of(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant()).FirstOrDefault(code => code is "en" or "fr") ?? "en";
}
