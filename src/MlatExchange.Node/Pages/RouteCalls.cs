using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using MlatExchange.Domain;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Pages;

/// <summary>What a route answered to a page.</summary>
/// <param name="Status">HTTP status code of the route.</param>
/// <param name="Body">Its JSON; nothing where it has none.</param>
/// <param name="Headers">Its headers, such as Location.</param>
public sealed record Answer(int Status, Shown Body, IHeaderDictionary Headers)
{
    public bool Ok => Status is >= 200 and < 300;
}

/// <summary>
/// Calls a route of the interface from a page, in process and without HTTP: the route's own role requirement is asked first, then its own handler runs with the page's user. So a page can do
/// exactly what its reader could do with a token, and there is no second path around roles, checks of bodies or refusals.
/// </summary>
public sealed class RouteCalls(EndpointDataSource endpoints, IAuthorizationService authorization, IAuthorizationPolicyProvider policies)
{
    private readonly Lazy<FrozenDictionary<(string Method, string Route), RouteEndpoint>> routes = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && endpoint.RoutePattern.RawText is not null)
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (Key: (method, endpoint.RoutePattern.RawText!.TrimEnd('/')), endpoint)))
        .GroupBy(pair => pair.Key).ToFrozenDictionary(group => group.Key, group => group.First().endpoint));

    /// <summary>Calls the route.</summary>
    /// <param name="page">The page's own context: its user, language and cancellation count.</param>
    /// <param name="route">As the route is mapped, such as <c>/api/requests/{id:guid}</c>.</param>
    /// <param name="values">Route values by name.</param>
    /// <param name="body">What is sent as JSON: a record, or bytes that are JSON already; null for none.</param>
    /// <param name="query">With its question mark, or empty.</param>
    /// <exception cref="InvalidOperationException">There is no such route.</exception>
    public async Task<Answer> Call(HttpContext page, string method, string route, object? values = null, object? body = null, string query = "", params (string Name, string Value)[] headers)
    {
        if (!routes.Value.TryGetValue((method, route), out var endpoint)) throw new InvalidOperationException($"There is no route {method} {route}.");
        if (!await Allowed(page, endpoint)) return new(StatusCodes.Status403Forbidden, default, new HeaderDictionary());
        var http = new DefaultHttpContext { RequestServices = page.RequestServices, User = page.User, RequestAborted = page.RequestAborted };
        // As text, which is what routing makes of a path and handlers read.
        http.Request.RouteValues = new RouteValueDictionary(new RouteValueDictionary(values).Select(pair => KeyValuePair.Create(pair.Key, (object?)Convert.ToString(pair.Value, System.Globalization.CultureInfo.InvariantCulture))));
        (http.Request.Method, http.Request.Scheme, http.Request.Host) = (method, page.Request.Scheme, page.Request.Host);
        http.Request.Path = Path(endpoint, http.Request.RouteValues);
        http.Request.QueryString = new(query);
        http.Request.Headers.AcceptLanguage = Language.Code;
        foreach (var (name, value) in headers) http.Request.Headers[name] = value;
        if (body is not null)
        {
            var bytes = body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body, EventJson.Options);
            (http.Request.Body, http.Request.ContentLength, http.Request.ContentType) = (new MemoryStream(bytes, writable: false), bytes.Length, "application/json");
        }
        using var answer = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        http.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(http);
        await http.Response.BodyWriter.FlushAsync(page.RequestAborted);
        var json = http.Response.ContentType?.Contains("json", StringComparison.Ordinal) == true && answer.Length > 0;
        return new(http.Response.StatusCode, json ? new(JsonSerializer.Deserialize<JsonElement>(answer.ToArray())) : default, http.Response.Headers);
    }

    private async Task<bool> Allowed(HttpContext page, RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return true;
        var asked = await AuthorizationPolicy.CombineAsync(policies, endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>());
        return (await authorization.AuthorizeAsync(page.User, page, asked ?? (await policies.GetFallbackPolicyAsync())!)).Succeeded;
    }

    private static string Path(RouteEndpoint endpoint, RouteValueDictionary values) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Uri.EscapeDataString(Convert.ToString(values[parameter.Name], System.Globalization.CultureInfo.InvariantCulture) ?? ""),
            _ => "",
        }))));
}
