using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <param name="Asked">Digest of the question, as the transfer's view shows it.</param>
/// <param name="Outcome"><c>granted</c> or <c>refused</c>.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the holder.</param>
/// <param name="Conditions">Types of the further conditions that the consent sets.</param>
public sealed record OnwardDecisionBody(string Asked, string Outcome, string Reason, IReadOnlyList<string>? Conditions = null);

/// <summary><c>POST /api/transfers/{id}/onward-decisions</c>: the supplying authority consents or refuses, by an act under its own key.</summary>
public static class DecideOnwardEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/onward-decisions", Handle).For(Role.Signer)
        .WithTags("Transfers").WithSummary("Consent to an onward transfer or refuse it, by signature")
        .WithExample("""{"asked":"sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","outcome":"granted","conditions":["Confidential"],"reason":"Both investigations concern the same account."}""");

    private static async Task<IResult> Handle(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<OnwardDecisionBody>(http);
        if (refused is not null) return refused;
        var conditions = body!.Conditions ?? [];
        if (Reasons.Fault(body.Reason) is { } fault) return Problem.Of([fault]);
        if (body.Outcome is not ("granted" or "refused")) return Problem.Of([new MemberFault("/outcome", "unknown-code", "granted or refused.")]);
        if (conditions.Count > 100 || !conditions.All(Codes.ConditionTypes.Contains)) return Problem.Of([new MemberFault("/conditions", "unknown-code", "Types of conditions.")]);
        var outcome = body.Outcome == "granted" ? OnwardOutcome.Granted : OnwardOutcome.Refused;
        return await desk.On(http, id, async used =>
        {
            var (work, by) = (desk.Work, desk.Work.Acting(used.Key, http, Role.Signer));
            var command = new DecideOnward(body.Asked, "", outcome, conditions, by, work.Now);
            var decision = command.Decide(used.Use);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var group = work.Journal.Begin(used.Key);
            if (decision.Events.Count > 0)
            {
                var question = used.Use.Onward.First(known => known.Asked == body.Asked);
                var offer = await AcceptOfferEndpoint.OfferAct(work, used.Thread, used.Use.OfferAct!, http.RequestAborted);
                var members = new JsonObject
                {
                    ["transfer"] = id,
                    ["offer"] = CaseWord.Reference(offer.Ref.Act, offer.Ref.Digest.ToString()),
                    ["asked"] = body.Asked,
                    ["items"] = CaseWord.Refs(question.Items),
                    ["outcome"] = body.Outcome,
                };
                if (conditions.Count > 0) members["conditions"] = new JsonArray([.. conditions.Select(type => (JsonNode)new JsonObject { ["type"] = type, ["valueGiven"] = false })]);
                var disclosures = Words.Disclose(members, work.Random, "reason", body.Reason);
                var payload = ActPayload.Write(
                    work.Core(used.Facts.Addressee.Jurisdiction, used.Authority, offer.Addressees[0]), new ActBody.Other(ActKind.OnwardDecision, JsonSerializer.SerializeToElement(members)));
                if (work.SignAct(ActKind.OnwardDecision, payload, used.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
                decision = (command with { ActDigest = act.Digest.ToString() }).Decide(used.Use);
                desk.Gather(used, decision, by, group).Seal(UseDesk.WordsOf(id, used.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
                await work.Send(group, used.Thread, http.RequestAborted, UseDesk.Message(used, new MessageBody.Carrier(MessageKind.OnwardDecision), disclosures) with { Acts = [act] });
            }
            return Attempt.Write(group, used.Version, _ => UseDesk.Answer(http, used, decision, new { body.Asked, body.Outcome }));
        });
    }
}
