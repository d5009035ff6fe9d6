using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <param name="Items">Left out: every item that is to be preserved.</param>
public sealed record ExtensionBody(IReadOnlyList<string>? Items = null);

/// <summary><c>POST /api/requests/{id}/extension</c>: the issuing authority has data preserved for the longer time that the instrument allows, once (EEV 11(1)).</summary>
public static class ExtendPreservationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/extension", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Have data preserved longer, as the instrument allows").WithExample("""{"items":["i1"]}""");

    /// <summary>The items named, or all that are to be preserved.</summary>
    public static IReadOnlyList<string> Items(IReadOnlyList<string>? named, AssistanceRequest request) => named is not null ? [.. named.Distinct(StringComparer.Ordinal)]
        : [.. RequestDesk.Draft(request)!.Facts.Items.Where(item => item.Measure == "preserve").Select(item => item.Ref)];

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<ExtensionBody>(http);
        if (refused is not null) return refused;
        return await desk.On(http, id, async request =>
        {
            var by = desk.Acting(id, http, Role.Signer);
            var time = request.State is AssistanceRequest.Dispatched dispatched ? RequestTerms.Preserving(dispatched, tables) : null;
            var decision = new ExtendPreservation(Items(body!.Items, request.State), time, by, desk.Work.Now).Decide(request.State);
            return await desk.Write(http, id, request, decision, async (group, sent) =>
            {
                foreach (var extended in decision.Events.OfType<RequestEvent.PreservationExtended>())
                {
                    var words = CaseWord.Of(MessageKind.PreservationExtension, sent.Act.Act, sent.ActDigest, ("items", CaseWord.Refs(extended.Items)), ("days", extended.Days));
                    await desk.Work.Send(group, sent.Draft.Thread, http.RequestAborted, RequestDesk.Message(id, request, sent.Draft.Facts, words));
                }
            });
        });
    }
}
