namespace MlatExchange.Node.Http;

/// <summary>Which of the media types that a route can answer with the caller prefers (RFC 9110, 12.5.1).</summary>
public static class Accepted
{
    /// <summary>The media type to answer with; the first where the caller says nothing, null where it takes none of them.</summary>
    public static string? Of(HttpRequest request, IReadOnlyList<string> known)
    {
        if (request.Headers.Accept.Count == 0) return known[0];
        return request.GetTypedHeaders().Accept.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1)
            .Select(range => known.FirstOrDefault(type => range.MatchesMediaType(type))).FirstOrDefault(type => type is not null);
    }
}
