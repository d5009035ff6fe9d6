using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <param name="Record">A signed custody record, compact JWS.</param>
public sealed record CustodyBody(string Record);

/// <summary><c>POST /api/transfers/{id}/custody</c>: takes an act on an item into the chain of custody, as a prosecutor's tool signed it.</summary>
public static class RecordCustodyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/custody", Handle).For(Role.RequestingProsecutor, Role.ExecutingProsecutor)
        .WithTags("Transfers").WithSummary("Hand in a signed custody record").WithExample($$"""{"record":"{{Example.Custody}}"}""");

    /// <summary>Where a signed record lies in the vault, under the case's key.</summary>
    public static string RecordOf(string transfer, string digest) => $"transfer/{transfer}/custody/{digest}";

    /// <summary>What is wrong with a signed record, at the member of the body that holds it; the record where nothing is.</summary>
    public static (CustodyRecord? Record, IReadOnlyList<MemberFault> Faults) Read(string text, string transfer, string pointer)
    {
        if (!CustodyRecord.TryRead(text, out var record)) return (null, [new(pointer, "not-a-custody-record", "A custody record whose signature holds.")]);
        if (record.Transfer != transfer) return (null, [new(pointer, "other-transfer", "A custody record of this transfer.")]);
        List<MemberFault> faults = [.. record.Faults().Select(fault => new MemberFault($"{pointer}/{fault.Member}", fault.Rule, "Members of a custody record: contracts/evidence/custody.md."))];
        if (record.Purpose is { } purpose && !Codes.Purposes.Contains(purpose)) faults.Add(new($"{pointer}/purpose", "unknown-code", "A purpose, as in requests."));
        return faults.Count > 0 ? (null, faults) : (record, faults);
    }

    /// <summary>The act as the domain knows it.</summary>
    public static CustodyStep Step(CustodyRecord record, string digest) => new(
        digest, record.Previous?.ToString(), record.Ref, EnumCode.Read<CustodyAct>(EnumCode.Of(record.Action))!.Value, CopyOf(record), record.At, record.Place!, record.Tool, record.Basis!, record.Purpose,
        record.To?.Split('/') is { } to ? new(to[0], to.ElementAtOrDefault(1)) : null);

    private static string CopyOf(CustodyRecord record) => $"{EnumCode.Of(record.What)}/{record.Copy}";

    private static async Task<IResult> Handle(HttpContext http, string id, UseDesk desk, TransferDesk transfers, NodeIdentity node)
    {
        var (body, refused) = await StrictBody.Read<CustodyBody>(http);
        if (refused is not null) return refused;
        var (record, faults) = Read(body!.Record, id, "/record");
        if (record is null) return Problem.Of(faults);
        return await desk.On(http, id, async used =>
        {
            var holder = used.Use.Side == UseSide.Holder;
            var (work, by) = (desk.Work, desk.Work.Acting(used.Key, http, holder ? Role.RequestingProsecutor : Role.ExecutingProsecutor));
            var digest = CompactJws.DigestOf(body.Record).ToString();
            var acted = new RecordAct(Step(record, digest), used.Purpose, node.Jurisdiction, by, work.Now).Decide(used.Use);
            if (acted.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var copies = holder && acted.Events.Count > 0 ? await Copies(transfers, id, record, digest, by, http.RequestAborted) : [];
            if (copies.RefusedBy is { } other) return Attempt.Answer(Problem.Of(other));
            Decision<TransferEvent> decision = [.. copies.Events, .. acted.Events];
            var group = desk.Gather(used, decision, by);
            if (!group.IsEmpty) group.Seal(RecordOf(id, digest), Encoding.ASCII.GetBytes(body.Record));
            return Attempt.Write(group, used.Version, version =>
            {
                http.Tag(version);
                return Results.Json(new { transfer = id, version, record = digest, breaches = acted.Events.OfType<UseEvent.BreachFound>() }, EventJson.Options, statusCode: StatusCodes.Status202Accepted);
            });
        });
    }

    /// <summary>What the holder's certificate will say of the copy.</summary>
    private static async Task<Decision<HoldingEvent>> Copies(TransferDesk desk, string id, CustodyRecord record, string digest, Official by, CancellationToken cancellation)
    {
        var state = record.State switch { CustodyState.Destroyed => CopyState.Destroyed, CustodyState.Kept => CopyState.Kept, _ => CopyState.Unknown };
        return new RecordCustody(digest, CopyOf(record), state, by, desk.Work.Now, record.Ref).Decide((await desk.Held(id, cancellation)).State);
    }
}
