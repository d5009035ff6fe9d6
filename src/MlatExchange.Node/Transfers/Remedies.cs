using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <param name="Person">Reference of the person in the request, such as <c>p1</c>; never a name.</param>
/// <param name="Suspensive">Whether it suspends transfer and use until it is decided.</param>
/// <param name="LegalReference">The rule it rests on, such as <c>EEV 18</c>.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the other side.</param>
public sealed record RemedyBody(string Person, bool Suspensive, string LegalReference, string Reason);

/// <param name="Lodged">Digest of the act that lodged it, as the transfer's view shows it.</param>
/// <param name="Outcome"><c>dismissed</c>, <c>erase</c>, <c>restrict</c> or <c>correct</c>.</param>
/// <param name="LegalReference">The rule it rests on.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the other side.</param>
public sealed record RemedyDecisionBody(string Lodged, string Outcome, string LegalReference, string Reason);

/// <summary>
/// <c>POST /api/transfers/{id}/remedies</c> and <c>…/remedies/decisions</c>: an official of either side records by an act that a person lodged a remedy and how it was decided. Suspension, restriction and
/// erasure take effect on both sides by themselves.
/// </summary>
public static class RemedyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/transfers/{id}/remedies", Lodge).For(Role.Signer, Role.Judge)
            .WithTags("Transfers").WithSummary("Record that a person lodged a remedy; where it suspends, keys are withheld on both sides")
            .WithExample("""{"person":"p1","suspensive":true,"legalReference":"EEV 18","reason":"The account holder challenges the order before the regional court."}""");
        routes.MapPost("/api/transfers/{id}/remedies/decisions", Decide).For(Role.Signer, Role.Judge)
            .WithTags("Transfers").WithSummary("Record how a remedy was decided; erasure and restriction follow on both sides")
            .WithExample("""{"lodged":"sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","outcome":"erase","legalReference":"LED 16(2)","reason":"The order lacked a legal basis."}""");
    }

    private static async Task<IResult> Lodge(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<RemedyBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (Reasons.LegalReferenceFault(body.LegalReference) is { } unnamed) return Problem.Of([unnamed]);
        return await desk.On(http, id, used =>
        {
            var by = desk.Work.Acting(used.Key, http, Role.Signer);
            var persons = used.Facts.Persons.Select(person => person.Ref).ToHashSet(StringComparer.Ordinal);
            var command = new LodgeRemedy("", body.Person, body.Suspensive, body.LegalReference, persons, by, desk.Work.Now);
            var members = new JsonObject { ["event"] = "lodged", ["suspensive"] = body.Suspensive, ["person"] = body.Person, ["legalReference"] = body.LegalReference };
            return Tell(http, desk, used, by, members, body.Reason, lodged => (command with { Lodged = lodged }).Decide(used.Use));
        });
    }

    private static async Task<IResult> Decide(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<RemedyDecisionBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (Reasons.LegalReferenceFault(body.LegalReference) is { } unnamed) return Problem.Of([unnamed]);
        if (EnumCode.Read<RemedyOutcome>(body.Outcome) is not { } outcome) return Problem.Of([new MemberFault("/outcome", "unknown-code", "dismissed, erase, restrict or correct.")]);
        return await desk.On(http, id, used =>
        {
            var by = desk.Work.Acting(used.Key, http, Role.Signer);
            var command = new DecideRemedy(body.Lodged, "", outcome, body.LegalReference, by, desk.Work.Now);
            var suspensive = used.Use.Remedies.Any(remedy => remedy.Lodged == body.Lodged && remedy.Suspensive);
            var members = new JsonObject { ["event"] = "decided", ["suspensive"] = suspensive, ["lodged"] = body.Lodged, ["outcome"] = body.Outcome, ["legalReference"] = body.LegalReference };
            return Tell(http, desk, used, by, members, body.Reason, act => (command with { ActDigest = act }).Decide(used.Use));
        });
    }

    private static async Task<Attempt> Tell(HttpContext http, UseDesk desk, UsedTransfer used, Official by, JsonObject members, string words, Func<string, Decision<UseEvent>> decide)
    {
        var decision = decide("");
        if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
        if (decision.Events.Count == 0) return Attempt.Answer(UseDesk.Answer(http, used, decision));
        if (await desk.Send(used, MessageKind.RemedyNotice, "concerns", members, words, by, decide, http.RequestAborted) is not { } sent) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
        return Attempt.Write(sent.Group, used.Version, _ => UseDesk.Answer(http, used, sent.Decision, new { notice = sent.Act.Digest.ToString() }));
    }
}
