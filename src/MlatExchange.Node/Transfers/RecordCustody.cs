using System.Text;
using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Node.Transfers;

/// <param name="Record">A signed custody record, compact JWS.</param>
public sealed record CustodyBody(string Record);

/// <summary><c>POST /api/transfers/{id}/custody</c>: takes in what the prosecutor's tool signed about a copy that left the node.</summary>
public static class RecordCustodyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/transfers/{id}/custody", Handle).For(Role.RequestingProsecutor)
        .WithTags("Transfers").WithSummary("Hand in a signed custody record").WithExample($$"""{"record":"{{Example.Custody}}"}""");

    /// <summary>Where a signed record lies in the vault, under the case's key.</summary>
    public static string RecordOf(string transfer, string digest) => $"transfer/{transfer}/custody/{digest}";

    private static async Task<IResult> Handle(HttpContext http, string id, TransferDesk desk)
    {
        var (body, refused) = await StrictBody.Read<CustodyBody>(http);
        if (refused is not null) return refused;
        if (!CustodyRecord.TryRead(body!.Record, out var record)) return Problem.Of([new MemberFault("/record", "not-a-custody-record", "A custody record whose signature holds.")]);
        if (record is { State: CustodyState.Kept, Reference: null }) return Problem.Of([new MemberFault("/record", "reference-missing", "A copy that is kept is kept under a reference.")]);
        if (record.Transfer != id) return Problem.Of([new MemberFault("/record", "other-transfer", "A custody record of this transfer.")]);
        return await desk.OnHeld(http, id, (loaded, known, request) =>
        {
            var by = desk.Work.Acting(RequestDesk.KeyOf(known.Holding.Offer.Request), http, Role.RequestingProsecutor);
            var digest = CompactJws.DigestOf(body.Record).ToString();
            var copy = $"{EnumCode.Of(record.What)}/{record.Copy}";
            var state = record.State switch { CustodyState.Destroyed => CopyState.Destroyed, CustodyState.Kept => CopyState.Kept, _ => CopyState.Unknown };
            var decision = new RecordCustody(digest, copy, state, by, desk.Work.Now, record.Ref).Decide(loaded.State);
            if (decision.RefusedBy is { } rule) return Task.FromResult(Attempt.Answer(Problem.Of(rule)));
            var group = desk.Gather(id, loaded, known.Holding, request, decision, by);
            if (!group.IsEmpty) group.Seal(RecordOf(id, digest), Encoding.ASCII.GetBytes(body.Record));
            return Task.FromResult(Attempt.Write(group, loaded.Version, version => TransferDesk.Answer(http, 202, loaded.State.Name, version)));
        });
    }
}
