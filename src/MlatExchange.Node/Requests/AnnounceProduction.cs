using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <param name="Production">Id of the own request that asks for production; it must have been sent.</param>
/// <param name="Items">References of the items of this request; left out: every item that is to be preserved.</param>
public sealed record ProductionBody(Guid Production, IReadOnlyList<string>? Items = null);

/// <summary><c>POST /api/requests/{id}/production</c>: production of what is preserved was asked for, so the data are kept until then (EEV 11(1), Annex V; BC 29(7)).</summary>
public static class AnnounceProductionEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests/{id:guid}/production", Handle).For(Role.Signer)
        .WithTags("Requests").WithSummary("Say that production of what is preserved was asked for").WithExample("""{"production":"01977f00-0000-7000-8000-00000000c001","items":["i1"]}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, RequestDesk desk, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<ProductionBody>(http);
        if (refused is not null) return refused;
        return await desk.On(http, id, async request =>
        {
            var by = desk.Acting(id, http, Role.Signer);
            var preserving = request.State as AssistanceRequest.Sent;
            var other = preserving is null ? null : (await desk.Load(body!.Production, http.RequestAborted)).State as AssistanceRequest.Sent;
            var production = other is null ? null : AnnounceProduction.Of(other, preserving!);
            var decision = new AnnounceProduction(
                production, ExtendPreservationEndpoint.Items(body!.Items, request.State), preserving is null ? null : RequestTerms.Preserving(preserving, tables), by, desk.Work.Now).Decide(request.State);
            return await desk.Write(http, id, request, decision, async (group, sent) =>
            {
                foreach (var announced in decision.Events.OfType<RequestEvent.ProductionAnnounced>())
                {
                    var words = CaseWord.Of(
                        MessageKind.ProductionFollows, sent.Act.Act, sent.ActDigest,
                        ("items", CaseWord.Refs(announced.Items)), ("production", CaseWord.Reference(other!.Request.Act.Act, announced.Production)));
                    await desk.Work.Send(group, sent.Draft.Thread, http.RequestAborted, RequestDesk.Message(id, request, sent.Draft.Facts, words));
                }
            });
        });
    }
}
