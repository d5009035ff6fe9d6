using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight.Fhir;

/// <summary><c>GET /fhir/AuditEvent</c>, <c>GET /fhir/Provenance</c> and single resources of both: each answer is a consultation, recorded before it is given out.</summary>
public static class SearchFhirEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        FhirMetadata.Map(routes);
        var fhir = routes.MapGroup("/fhir").AddEndpointFilter(FhirOutcome.Filter);
        foreach (var type in (string[])["AuditEvent", "Provenance"])
        {
            fhir.MapGet(type, (HttpContext http, FhirDesk desk) => desk.Search(http, type, http.Request.Query)).ForOversight().WithTags("FHIR").WithSummary($"Search {type}");
            fhir.MapPost($"{type}/_search", async (HttpContext http, FhirDesk desk) => http.Request.HasFormContentType
                    ? await desk.Search(http, type, http.Request.Query.Concat(await http.Request.ReadFormAsync(http.RequestAborted)))
                    : Problem.Of(StatusCodes.Status415UnsupportedMediaType, "form-expected", "The body is application/x-www-form-urlencoded."))
                .ForOversight().WithTags("FHIR").WithSummary($"Search {type}, parameters in the body");
            fhir.MapGet(type + "/{id}", (HttpContext http, string id, FhirDesk desk) => desk.Read(http, type, id)).ForOversight().WithTags("FHIR").WithSummary($"Read one {type}");
        }
        fhir.MapFallback(() => FhirOutcome.Of(StatusCodes.Status404NotFound, "not-found", "Known are metadata, AuditEvent and Provenance; see /fhir/metadata.")).RequireAuthorization();
    }
}

/// <summary>Answers in FHIR.</summary>
internal sealed class FhirDesk(FhirPages pages, FhirNode node, Consultations consultations)
{
    public async Task<IResult> Search(HttpContext http, string type, IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> query)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        var (search, faulty) = FhirSearch.Read(node, type, query);
        if (faulty is not null) return faulty;
        if (await pages.Read(search!, http.RequestAborted) is not { } page) return ConsultTransfersEndpoint.Behind(http);
        var asked = Consultations.Asked(search!.Given, "resource", type);
        return await consultations.Answer(http, purpose!, asked, page.Resources.Count, query =>
        {
            TransferFormats.Checkpoint(http.Response.Headers, CheckpointView.Of(page.Checkpoint));
            return Results.Bytes(FhirBundle.Write(node, search, page, query.Id), FhirJson.MediaType);
        });
    }

    public async Task<IResult> Read(HttpContext http, string type, string id)
    {
        var (purpose, unstated) = StatedPurpose.Read(http.Request.Headers);
        if (unstated is not null) return unstated;
        if (!Guid.TryParseExact(id, "D", out var known)) return Problem.NotFound();
        var (caughtUp, json) = await pages.Find(type, known, http.RequestAborted);
        if (!caughtUp) return ConsultTransfersEndpoint.Behind(http);
        var asked = new Dictionary<string, string>(StringComparer.Ordinal) { ["resource"] = type, ["read"] = id };
        return await consultations.Answer(http, purpose!, asked, json is null ? 0 : 1, _ => json is null
            ? FhirOutcome.Of(StatusCodes.Status404NotFound, "not-found", "There is nothing here that the caller may know of.")
            : Results.Bytes(json, FhirJson.MediaType));
    }
}
