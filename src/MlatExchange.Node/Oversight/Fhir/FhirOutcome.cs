using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary>Refusals under <c>/fhir</c>: what elsewhere is a problem (RFC 9457) is an OperationOutcome here, with the slug of the rule as its detail.</summary>
public static class FhirOutcome
{
    private static readonly string[] NoPurpose = [OversightRules.PurposeFirst.Slug, "purpose-twice", "unknown-purpose", "justification-missing", "unknown-consultation"];

    /// <summary>Turns the problems of routes into outcomes. A call without a purpose is forbidden in FHIR, where elsewhere it is a bad request.</summary>
    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var answer = await next(call);
        if (answer is not JsonHttpResult<Dictionary<string, object>> { Value: { } problem, StatusCode: >= 400 and var status }) return answer;
        var rule = (string)problem["rule"];
        return Of(NoPurpose.Contains(rule) ? StatusCodes.Status403Forbidden : status, rule, (string)problem["detail"], problem.GetValueOrDefault("errors") as IReadOnlyList<MemberFault>);
    }

    public static IResult Of(int status, string rule, string detail, IReadOnlyList<MemberFault>? faults = null) =>
        Results.Text(Body(status, rule, detail, faults).ToJsonString(), FhirJson.MediaType, System.Text.Encoding.UTF8, status);

    /// <summary>Whether the caller is to be answered in FHIR.</summary>
    public static bool IsMeant(HttpContext http) => http.Request.Path.StartsWithSegments("/fhir", StringComparison.Ordinal);

    /// <summary>Writes an outcome where no endpoint result can be returned, such as in middleware.</summary>
    public static Task Write(HttpContext http, int status, string rule, string detail) => Of(status, rule, detail).ExecuteAsync(http);

    private static JsonObject Body(int status, string rule, string detail, IReadOnlyList<MemberFault>? faults) => new()
    {
        ["resourceType"] = "OperationOutcome",
        ["issue"] = new JsonArray([.. faults is { Count: > 0 }
            ? faults.Select(fault => Issue("value", fault.Rule, fault.Sentence, fault.Pointer))
            : [Issue(Code(status), rule, detail, "")]]),
    };

    private static JsonObject Issue(string code, string rule, string sentence, string parameter)
    {
        var issue = new JsonObject
        {
            ["severity"] = "error",
            ["code"] = code,
            ["details"] = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = "urn:mlat-exchange:code:rule", ["code"] = rule }), ["text"] = sentence },
        };
        if (parameter.Length > 0) issue["expression"] = new JsonArray($"http.{parameter}");
        return issue;
    }

    private static string Code(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "invalid",
        StatusCodes.Status401Unauthorized => "login",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status406NotAcceptable or StatusCodes.Status405MethodNotAllowed => "not-supported",
        StatusCodes.Status409Conflict => "conflict",
        StatusCodes.Status410Gone => "deleted",
        StatusCodes.Status503ServiceUnavailable => "transient",
        _ => "exception",
    };
}
