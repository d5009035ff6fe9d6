using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace MlatExchange.Node.Http;

/// <summary>ETag and If-Match over stream versions (RFC 9110, 8.8.3 and 13.1.1).</summary>
public static class Preconditions
{
    public static void Tag(this HttpContext http, long version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Null where the caller may go on with a case; otherwise, in this order, the problem of another authority's case, of a closed one, of a version that has moved.</summary>
    /// <param name="own">Whether the case is the caller's authority's to deal with.</param>
    public static IResult? Refusal(HttpContext http, bool own, bool closed, long version) =>
        own ? ClosedCase(http, closed) ?? Differs(http, version) : Problem.OtherAuthority();

    /// <summary>Null when the caller named no version or the right one; otherwise the 412 problem.</summary>
    private static IResult? Differs(HttpContext http, long version)
    {
        if (http.Request.Headers.IfMatch.Count == 0) return null;
        var wanted = http.Request.GetTypedHeaders().IfMatch; // empty where none can be read: the caller named a version, and it is not this one
        var actual = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        return wanted.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag.Equals(actual, StringComparison.Ordinal))) ? null : Problem.VersionDiffers(version);
    }

    /// <summary>The 410 problem for what would change a closed case: its keys are on their way out, and nothing may be written under new ones. Reading and closing again are no change.</summary>
    private static IResult? ClosedCase(HttpContext http, bool closed) =>
        closed && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && http.Request.Path.Value?.EndsWith("/closure", StringComparison.Ordinal) != true
            ? Problem.Gone("case-closed", "The case is closed and its keys are being destroyed; nothing more can be done with it.")
            : null;
}
