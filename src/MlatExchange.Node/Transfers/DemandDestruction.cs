using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <param name="Ground"><c>court-order</c>, <c>objection</c>, <c>validation-refused</c>, <c>request-withdrawn</c> or <c>conditions-withdrawn</c>.</param>
/// <param name="LegalReference">The rule or decision it rests on, such as <c>EEV 12(1)</c>; no name and no file number.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the holder.</param>
public sealed record DemandBody(string Ground, string LegalReference, string Reason);

/// <summary>
/// <c>POST /api/transfers/{id}/destruction-orders</c>: the supplying authority orders by an act under its own key that the holder destroys what it was sent. Nothing more leaves; the holder erases at
/// once, or says that a legal hold stands, and certifies.
/// </summary>
public static class DemandDestructionEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/destruction-orders", Handle).For(Role.Signer, Role.Judge)
        .WithTags("Transfers").WithSummary("Order by signature that the holder destroys what it was sent")
        .WithExample("""{"ground":"court-order","legalReference":"XB Mutual Assistance Act 9","reason":"The court quashed the seizure."}""");

    private static async Task<IResult> Handle(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<DemandBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (Reasons.LegalReferenceFault(body.LegalReference) is { } unnamed) return Problem.Of([unnamed]);
        if (EnumCode.Read<ErasureGround>(body.Ground) is not { } ground) return Problem.Of([new MemberFault("/ground", "unknown-code", "A ground on which the supplier orders destruction.")]);
        return await desk.On(http, id, async used =>
        {
            var by = desk.Work.Acting(used.Key, http, Role.Signer);
            var command = new DemandDestruction("", ground, body.LegalReference, by, desk.Work.Now);
            var decision = command.Decide(used.Use);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            if (decision.Events.Count == 0) return Attempt.Answer(UseDesk.Answer(http, used, decision, new { order = used.Use.Demand!.Act }));
            var members = new JsonObject
            {
                ["transfer"] = id,
                ["items"] = CaseWord.Refs(used.Use.Items.Select(item => item.Ref)),
                ["ground"] = body.Ground,
                ["legalReference"] = body.LegalReference,
                ["notBefore"] = WireTime.Text(command.At),
            };
            if (await desk.Send(used, MessageKind.DestructionOrder, "offer", members, body.Reason, by, act => (command with { ActDigest = act }).Decide(used.Use), http.RequestAborted) is not { } sent)
                return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            return Attempt.Write(sent.Group, used.Version, _ => UseDesk.Answer(http, used, sent.Decision, new { order = sent.Act.Digest.ToString() }));
        });
    }
}
