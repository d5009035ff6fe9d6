using System.Text;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <param name="Authority">Code of the competent authority of the own jurisdiction.</param>
/// <param name="Reason">In words; kept in the vault and not shown to the sender.</param>
public sealed record ForwardingBody(string Authority, string Reason);

/// <summary><c>POST /api/received/{id}/forwarding</c>: an authority that is not competent passes the request on, and the sender is told which deals with it (EIO 7(6), 16(1)).</summary>
public static class ForwardRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/forwarding", Handle).For(Role.ExecutingProsecutor, Role.Signer)
        .WithTags("Received").WithSummary("Pass the request on to the competent authority").WithExample("""{"authority":"xb-247","reason":"Preservation is for the contact point."}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk)
    {
        var (body, refused) = await StrictBody.Read<ForwardingBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.On(http, id, async (request, inHand) =>
        {
            var (work, received) = (desk.Work, inHand.Dossier.Received);
            var by = desk.Executing(http, id);
            var known = work.Trust().Authority(received.Facts.Addressee.Jurisdiction, body.Authority) is not null;
            var decision = new ForwardRequest(body.Authority, known, by, work.Now).Decide(request.State);
            return await desk.Write(http, id, request, received, decision, by, async group =>
            {
                group.Seal(ReceivedDesk.ReasonOf(id, request.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
                var told = new MessageBody.Acknowledgement(new(received.Act, Digest.Parse(received.ActDigest)), body.Authority);
                await work.Send(group, received.Thread, http.RequestAborted, ReceivedDesk.Message(id, request, received, told));
            });
        });
    }
}
