using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Node.Oversight.Fhir;

namespace MlatExchange.Node.Http;

/// <summary>Problem details (RFC 9457). Every refusal of the node leaves through here, so each carries the slug of its rule and no value of the caller.</summary>
public static class Problem
{
    private const int MostNamed = 100;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>409: a permitted caller asked for what a rule forbids in this state.</summary>
    public static IResult Of(Rule rule) => Of(StatusCodes.Status409Conflict, rule.Slug, rule.Sentence, source: rule.Source);

    /// <summary>422: members of the body are at fault. The first hundred are named, so that no body gets an answer larger than itself.</summary>
    public static IResult Of(IReadOnlyList<MemberFault> faults) => faults.Count <= MostNamed
        ? Of(StatusCodes.Status422UnprocessableEntity, "members-at-fault", "Members of the body break rules; each is named.", errors: faults)
        : Of(StatusCodes.Status422UnprocessableEntity, "members-at-fault", $"{faults.Count} members of the body break rules; the first {MostNamed} are named.", errors: [.. faults.Take(MostNamed)]);

    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "not-found", "There is nothing here that the caller may know of.");

    public static IResult OtherAuthority() => Of(StatusCodes.Status403Forbidden, "other-authority", "The case belongs to another authority than the caller's.");

    /// <summary>410: the key that opened this was destroyed.</summary>
    public static IResult Gone(string rule, string detail) => Of(StatusCodes.Status410Gone, rule, detail);

    public static IResult VersionDiffers(long actual) =>
        Of(StatusCodes.Status412PreconditionFailed, "version-differs", $"The resource is at version {actual}; read it again before changing it.");

    /// <summary>409 after bounded retries: others kept changing the same case.</summary>
    public static IResult Contended() => Of(StatusCodes.Status409Conflict, "changed-meanwhile", "The case changed at the same time; read it again and repeat.");

    public static IResult Of(int status, string slug, string detail, string? source = null, IReadOnlyList<MemberFault>? errors = null) =>
        Results.Json(Body(status, slug, detail, source, errors), Json, "application/problem+json", status);

    /// <summary>Writes a problem where no endpoint result can be returned, such as in middleware.</summary>
    public static Task Write(HttpContext http, int status, string slug, string detail)
    {
        if (FhirOutcome.IsMeant(http)) return FhirOutcome.Write(http, status, slug, detail);
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(Body(status, slug, detail, null, null), Json, "application/problem+json", http.RequestAborted);
    }

    private static Dictionary<string, object> Body(int status, string slug, string detail, string? source, IReadOnlyList<MemberFault>? errors)
    {
        var body = new Dictionary<string, object>
        {
            ["type"] = $"urn:mlat:problem:{slug}",
            ["title"] = slug,
            ["status"] = status,
            ["rule"] = slug,
            ["detail"] = detail,
        };
        if (source is not null) body["source"] = source;
        if (errors is not null) body["errors"] = errors;
        return body;
    }
}
