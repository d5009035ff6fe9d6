using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Transfers;

/// <param name="Items">What each item was used for; an item that was not used has no uses.</param>
/// <param name="Report">In words; kept in the vault and disclosed to the supplier.</param>
public sealed record UseReportBody(IReadOnlyList<ReportedItem> Items, string? Report = null);

/// <summary>One item of a report.</summary>
public sealed record ReportedItem(string Ref, IReadOnlyList<ReportedUse> Uses);

/// <param name="Purpose">Code of a purpose, as in requests.</param>
/// <param name="On">The day, <c>yyyy-MM-dd</c>.</param>
public sealed record ReportedUse(string Purpose, string On);

/// <summary><c>POST /api/transfers/{id}/use-reports</c>: the holder tells the supplier what the evidence was used for (2AP 14(8)).</summary>
public static class ReportUseEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/use-reports", Handle).For(Role.RequestingProsecutor, Role.Signer)
        .WithTags("Transfers").WithSummary("Report what the evidence was used for")
        .WithExample("""{"items":[{"ref":"storage","uses":[{"purpose":"establish-the-facts","on":"2026-11-20"}]}],"report":"Read in evidence on the first day of the hearing."}""");

    private static async Task<IResult> Handle(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<UseReportBody>(http);
        if (refused is not null) return refused;
        if (Faults(body!) is { Count: > 0 } faults) return Problem.Of(faults);
        return await desk.On(http, id, async used =>
        {
            var (work, by) = (desk.Work, desk.Work.Acting(used.Key, http, Role.RequestingProsecutor));
            var items = body!.Items.Select(item => new ItemUses(item.Ref, [.. item.Uses.Select(use => new ItemUse(use.Purpose, DateOnly.Parse(use.On, System.Globalization.CultureInfo.InvariantCulture)))])).ToList();
            var decision = new ReportUse(items, used.Purpose, by, work.Now).Decide(used.Use);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var group = desk.Gather(used, decision, by);
            var members = new JsonObject { ["transfer"] = id, ["items"] = JsonSerializer.SerializeToNode(items, EventJson.Options) };
            IReadOnlyList<string> disclosures = [];
            if (body.Report is { } words)
            {
                group.Seal(UseDesk.WordsOf(id, used.Version + 1), Encoding.UTF8.GetBytes(words));
                disclosures = Words.Disclose(members, work.Random, "report", words);
            }
            await work.Send(group, used.Thread, http.RequestAborted, UseDesk.Message(used, new MessageBody.Other(MessageKind.UseReport, JsonSerializer.SerializeToElement(members)), disclosures));
            return Attempt.Write(group, used.Version, _ => UseDesk.Answer(http, used, decision, new { breaches = decision.Events.OfType<UseEvent.BreachFound>() }));
        });
    }

    private static List<MemberFault> Faults(UseReportBody body)
    {
        var faults = new List<MemberFault>();
        if (body.Items.Count is 0 or > 200) faults.Add(new("/items", "wrong-number", "1 to 200 items."));
        if (body.Items.DistinctBy(item => item.Ref).Count() != body.Items.Count) faults.Add(new("/items", "duplicate-ref", "Each item once."));
        if (body.Report is not null && Reasons.Fault(body.Report, "/report") is { } words) faults.Add(words);
        for (var i = 0; i < body.Items.Count && faults.Count < 200; i++)
        {
            if (body.Items[i].Uses.Count > 200) faults.Add(new($"/items/{i}/uses", "wrong-number", "At most 200 uses."));
            for (var u = 0; u < body.Items[i].Uses.Count && faults.Count < 200; u++)
            {
                var use = body.Items[i].Uses[u];
                if (!Codes.Purposes.Contains(use.Purpose)) faults.Add(new($"/items/{i}/uses/{u}/purpose", "unknown-code", "A purpose, as in requests."));
                if (!DateOnly.TryParseExact(use.On, "yyyy-MM-dd", out _)) faults.Add(new($"/items/{i}/uses/{u}/on", "malformed-date", "A day is written yyyy-MM-dd."));
            }
        }
        return faults;
    }
}
