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

/// <param name="Items">References of the items.</param>
/// <param name="To">Who would get them.</param>
/// <param name="Purpose">Code of what the recipient wants them for, as in requests.</param>
/// <param name="Reason">In words; kept in the vault and disclosed to the supplier.</param>
public sealed record OnwardBody(IReadOnlyList<string> Items, OnwardTo To, string Purpose, string Reason);

/// <param name="Authority">Code of the authority there, where known.</param>
public sealed record OnwardTo(string Jurisdiction, string? Authority = null);

/// <summary><c>POST /api/transfers/{id}/onward-requests</c>: the holder asks whether evidence may go on to a third jurisdiction (2AP 14(10), LED 35(1)(e)).</summary>
public static class RequestOnwardEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/onward-requests", Handle).For(Role.RequestingProsecutor, Role.Signer)
        .WithTags("Transfers").WithSummary("Ask the supplier whether evidence may go on to a third jurisdiction")
        .WithExample("""{"items":["storage"],"to":{"jurisdiction":"XC","authority":"xc-central"},"purpose":"establish-the-facts","reason":"XC investigates the same account."}""");

    private static async Task<IResult> Handle(HttpContext http, string id, UseDesk desk)
    {
        var (body, refused) = await StrictBody.Read<OnwardBody>(http);
        if (refused is not null) return refused;
        if (Faults(body!) is { Count: > 0 } faults) return Problem.Of(faults);
        return await desk.On(http, id, async used =>
        {
            var (work, by) = (desk.Work, desk.Work.Acting(used.Key, http, Role.RequestingProsecutor));
            var command = new RequestOnward("", body!.Items, new(body.To.Jurisdiction, body.To.Authority), body.Purpose, used.Facts.Issuer.Jurisdiction, used.Use.Counterpart, by, work.Now);
            if (command.Decide(used.Use).RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var to = new JsonObject { ["jurisdiction"] = body.To.Jurisdiction };
            if (body.To.Authority is { } authority) to["authority"] = authority;
            var members = new JsonObject { ["transfer"] = id, ["items"] = CaseWord.Refs(body.Items), ["to"] = to, ["purpose"] = body.Purpose };
            var disclosures = Words.Disclose(members, work.Random, "reason", body.Reason);
            var group = work.Journal.Begin(used.Key).Seal(UseDesk.WordsOf(id, used.Version + 1), Encoding.UTF8.GetBytes(body.Reason));
            var sent = await work.Send(group, used.Thread, http.RequestAborted, UseDesk.Message(used, new MessageBody.Other(MessageKind.OnwardRequest, JsonSerializer.SerializeToElement(members)), disclosures));
            var asked = sent[0].ToString();
            var decision = (command with { Asked = asked }).Decide(used.Use);
            desk.Gather(used, decision, by, group);
            return Attempt.Write(group, used.Version, _ => UseDesk.Answer(http, used, decision, new { asked }));
        });
    }

    private static List<MemberFault> Faults(OnwardBody body)
    {
        var faults = new List<MemberFault>();
        if (Reasons.Fault(body.Reason) is { } reason) faults.Add(reason);
        if (body.Items.Count is 0 or > 200 || body.Items.Distinct(StringComparer.Ordinal).Count() != body.Items.Count) faults.Add(new("/items", "wrong-number", "1 to 200 items, each once."));
        if (!Codes.Purposes.Contains(body.Purpose)) faults.Add(new("/purpose", "unknown-code", "A purpose, as in requests."));
        if (body.To.Jurisdiction.Length != 2 || !body.To.Jurisdiction.All(char.IsAsciiLetterUpper)) faults.Add(new("/to/jurisdiction", "wrong-form", "Two capitals."));
        if (body.To.Authority is { } authority && !Slugs.Is(authority)) faults.Add(new("/to/authority", "wrong-form", "An authority's code."));
        return faults;
    }
}
