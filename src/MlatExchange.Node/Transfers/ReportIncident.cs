using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <param name="Kind"><c>loss</c>, <c>unlawful-transfer</c> or <c>breach</c>.</param>
/// <param name="Reason">What happened, in words; kept in the vault and disclosed to the other side.</param>
/// <param name="Items">References of the items concerned; left out for the transfer as a whole.</param>
public sealed record IncidentBody(string Kind, string Reason, IReadOnlyList<string>? Items = null);

/// <param name="Incident">Digest of the incident notice, as the transfer's view shows it.</param>
/// <param name="Reason">Why keys may flow again, in words; kept in the vault.</param>
public sealed record LiftBody(string Incident, string Reason);

/// <summary>
/// <c>POST /api/transfers/{id}/incidents</c>: either side reports a loss, an unlawful transfer or a breach (2AP 14(7), LED 7(3)): the other side gets a notice at once, and both withhold keys and
/// sealed bytes until a named official of that side lifts it by <c>POST …/containment</c>.
/// </summary>
public static class IncidentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/transfers/{id}/incidents", Report).For(Role.RequestingProsecutor, Role.ExecutingProsecutor, Role.Signer, Role.Judge)
            .WithTags("Transfers").WithSummary("Report an incident; keys are withheld on both sides")
            .WithExample("""{"kind":"loss","items":["storage"],"reason":"A laptop with an opened copy was stolen."}""");
        routes.MapPost("/api/transfers/{id}/containment", Lift).For(Role.Signer, Role.Judge)
            .WithTags("Transfers").WithSummary("Lift the withholding of keys on this side")
            .WithExample("""{"incident":"sha-256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","reason":"The laptop was found unopened."}""");
    }

    private static async Task<IResult> Report(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<IncidentBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        if (EnumCode.Read<IncidentKind>(body.Kind) is not { } kind) return Problem.Of([new MemberFault("/kind", "unknown-code", "loss, unlawful-transfer or breach.")]);
        var items = body.Items ?? [];
        if (items.Count > 200) return Problem.Of([new MemberFault("/items", "wrong-number", "At most 200 items.")]);
        return await desk.On(http, id, async used =>
        {
            var (work, by) = (desk.Work, desk.Work.Acting(used.Key, http, used.Use.Side == UseSide.Holder ? Role.RequestingProsecutor : Role.ExecutingProsecutor));
            var command = new ReportIncident("", kind, items, by, work.Now);
            if (command.Decide(used.Use).RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var (texts, disclosures) = Disclosures.Make(work.Random, "reason", body.Reason);
            var group = work.Journal.Begin(used.Key).Seal(UseDesk.WordsOf(id, used.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
            var sent = await work.Send(group, used.Thread, http.RequestAborted, UseDesk.Message(used, new MessageBody.IncidentNotice(body.Kind, id, items.Count > 0 ? items : null, Texts: texts), disclosures));
            var incident = sent[0].ToString();
            var decision = (command with { Notice = incident }).Decide(used.Use);
            desk.Gather(used, decision, by, group);
            return Attempt.Write(group, used.Version, _ => UseDesk.Answer(http, used, decision, new { incident }));
        });
    }

    private static async Task<IResult> Lift(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<LiftBody>(http);
        if (refused is not null) return refused;
        if (Reasons.Fault(body!.Reason) is { } fault) return Problem.Of([fault]);
        return await desk.On(http, id, used =>
        {
            var by = desk.Work.Acting(used.Key, http, Role.Signer);
            var decision = new LiftContainment(body.Incident, by, desk.Work.Now).Decide(used.Use);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(used, decision, by);
            if (!group.IsEmpty) group.Seal(UseDesk.WordsOf(id, used.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
            return Task.FromResult(Attempt.Write(group, used.Version, _ => UseDesk.Answer(http, used, decision, new { body.Incident })));
        });
    }
}
