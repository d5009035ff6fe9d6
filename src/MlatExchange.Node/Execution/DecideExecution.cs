using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Execution;

/// <param name="Items">Left out: all items are recognised.</param>
/// <param name="Reason">In words; disclosed to the requesting authority, kept in the vault.</param>
public sealed record DecisionBody(string Reason, IReadOnlyList<DecisionItem>? Items = null);

/// <param name="Outcome"><c>recognised</c>, <c>with-conditions</c>, <c>postponed</c> or <c>refused</c>.</param>
public sealed record DecisionItem(string Ref, string Outcome, string? Ground = null, string? Citation = null, IReadOnlyList<DecisionCondition>? Conditions = null);

/// <param name="Value">In words; travels as a disclosure.</param>
public sealed record DecisionCondition(string Type, string? Value = null);

/// <summary><c>POST /api/received/{id}/decision</c>: the executing authority decides per item, by an act under its own key.</summary>
public static class DecideExecutionEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/decision", Handle).For(Role.ExecutingProsecutor, Role.Signer)
        .WithTags("Received").WithSummary("Decide on a request, item by item")
        .WithExample("""{"items":[{"ref":"i1","outcome":"recognised"},{"ref":"i2","outcome":"refused","ground":"data-not-held","citation":"EEV 16(4)(d)"}],"reason":"Conditions of execution are met for i1."}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, Assessing assessing, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<DecisionBody>(http);
        if (refused is not null) return refused;
        if (Faults(body!) is { Count: > 0 } faults) return Problem.Of(faults);
        return await desk.On(http, id, async (request, inHand) =>
        {
            var (received, work) = (inHand.Dossier.Received, desk.Work);
            var by = desk.Executing(http, id);
            var items = body!.Items ?? [.. received.Facts.Items.Select(item => new DecisionItem(item.Ref, "recognised"))];
            var (payload, disclosures) = Act(work, inHand.Dossier, assessing, body.Reason, items);
            if (work.SignAct(ActKind.Decision, payload, by.Authority) is not { } act) return Attempt.Answer(Problem.Of(CaseWork.NoActKey));
            var decision = new DecideExecution(act.Digest.ToString(), [.. items.Select(Decided)], by, work.Now) { ConflictUntil = ReceivedTerms.ConflictUntil(inHand, tables) }.Decide(request.State);
            return await desk.Leave(http, id, request, received, decision, by, act, disclosures, body.Reason);
        });
    }

    private static List<MemberFault> Faults(DecisionBody body)
    {
        var faults = new List<MemberFault>();
        if (Reasons.Fault(body.Reason) is { } fault) faults.Add(fault);
        for (var i = 0; i < (body.Items?.Count ?? 0); i++)
        {
            var item = body.Items![i];
            if (!ItemOutcomes.IsWord(item.Outcome))
                faults.Add(new($"/items/{i}/outcome", "unknown-code", "recognised, with-conditions, postponed or refused."));
            if (item.Ground is { } ground && !Slugs.Is(ground)) faults.Add(new($"/items/{i}/ground", "wrong-form", "A code in kebab case."));
            if (item.Citation is { Length: > 64 }) faults.Add(new($"/items/{i}/citation", "text-length", "At most 64 characters."));
        }
        return faults;
    }

    private static ItemDecision Decided(DecisionItem item) => new(
        item.Ref,
        ItemOutcomes.Of(item.Outcome),
        item.Ground, item.Citation, [.. (item.Conditions ?? []).Select(condition => condition.Type)]);

    private static (byte[] Payload, IReadOnlyList<string> Disclosures) Act(
        CaseWork work, Dossier dossier, Assessing assessing, string reason, IReadOnlyList<DecisionItem> items)
    {
        var received = dossier.Received;
        List<KeyValuePair<string, JsonElement>> texts = [new("reason", JsonSerializer.SerializeToElement(reason))];
        foreach (var item in items)
            for (var n = 0; n < (item.Conditions?.Count ?? 0); n++)
                if (item.Conditions![n].Value is { } value) texts.Add(new($"condition/{item.Ref}/{n}", JsonSerializer.SerializeToElement(value)));
        var (selective, disclosures) = Disclosures.Make(work.Random, texts);
        var own = assessing.RunKept(dossier, ReceivedDesk.ValidatedBy(work, dossier)) is { } result ? StatedAssessment.Of(result, []) : null;
        var body = new ActBody.Decision(
            new ActRef(received.Act, Digest.Parse(received.ActDigest)),
            [.. items.Select(item => new DecidedItem(item.Ref, item.Outcome, item.Ground, item.Citation,
                item.Conditions is { Count: > 0 } conditions ? [.. conditions.Select(condition => new ItemCondition(condition.Type, condition.Value is not null))] : null))],
            own is null ? null : WireAssessments.Of(own),
            selective);
        var sender = work.Trust().Authority(received.Sender, received.Facts.Issuer.Authority) ?? throw new InvalidOperationException("The issuing authority is no longer in the trust list.");
        return (ActPayload.Write(work.Core(received.Facts.Addressee.Jurisdiction, dossier.Authority, sender.Entity), body), disclosures);
    }
}
