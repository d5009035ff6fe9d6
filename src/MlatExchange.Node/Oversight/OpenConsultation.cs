using MlatExchange.Domain;
using MlatExchange.Domain.Oversight;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Oversight;

/// <summary>Body of a declaration of purpose.</summary>
/// <param name="Purpose">A code of <see cref="PurposeCode"/>.</param>
/// <param name="Justification">1 to 500 characters; kept in the vault only.</param>
public sealed record ConsultationBody(string Purpose, string Justification);

/// <summary><c>POST /api/oversight/consultations</c>: declares why, once, for the queries that name it in the header <c>Consultation</c>.</summary>
public static class OpenConsultationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/oversight/consultations", Handle).ForOversight()
        .WithTags("Oversight").WithSummary("Declare a purpose")
        .WithExample("""{"purpose":"lawfulness-verification","justification":"Quarterly review of transfers under the instrument."}""");

    private static async Task<IResult> Handle(HttpContext http, Consultations consultations)
    {
        var (body, refused) = await StrictBody.Read<ConsultationBody>(http);
        if (refused is not null) return refused;
        var faults = new List<MemberFault>();
        var purpose = Purposes.Parse(body!.Purpose);
        if (purpose is null) faults.Add(new("/purpose", "unknown-code", $"One of {string.Join(", ", Purposes.Codes)}."));
        if (!StatedPurpose.Fits(body.Justification)) faults.Add(new("/justification", "text-length", "1 to 500 characters."));
        return faults.Count > 0 ? Problem.Of(faults) : await consultations.Open(http, purpose!.Value, body.Justification);
    }
}
