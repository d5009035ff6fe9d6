using MlatExchange.Domain;
using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Execution;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Execution;

/// <param name="Items">Left out: every item that is to be preserved is.</param>
public sealed record PreservationBody(IReadOnlyList<PreservationItem>? Items = null);

/// <param name="Status"><c>preserved</c> or <c>not-possible</c>.</param>
public sealed record PreservationItem(string Ref, string Status);

/// <summary><c>POST /api/received/{id}/preservation</c>: the executing authority confirms what is preserved and until when, or says that it cannot be (EEV 11(1), BC 29(7)).</summary>
public static class ReportPreservationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/received/{id:guid}/preservation", Handle).For(Role.ExecutingProsecutor, Role.Signer)
        .WithTags("Received").WithSummary("Confirm what is preserved, or say that it cannot be").WithExample("""{"items":[{"ref":"i1","status":"preserved"}]}""");

    private static async Task<IResult> Handle(HttpContext http, Guid id, ReceivedDesk desk, DeadlineTables tables)
    {
        var (body, refused) = await StrictBody.Read<PreservationBody>(http);
        if (refused is not null) return refused;
        if (Faults(body!) is { Count: > 0 } faults) return Problem.Of(faults);
        return await desk.On(http, id, async (request, inHand) =>
        {
            var (work, received) = (desk.Work, inHand.Dossier.Received);
            var by = desk.Executing(http, id);
            var items = body!.Items?.Select(item => new PreservationAnswer(item.Ref, item.Status == "preserved"))
                ?? received.Facts.Items.Where(item => item.Measure == "preserve").Select(item => new PreservationAnswer(item.Ref, true));
            var decision = new ReportPreservation([.. items], ReceivedTerms.Preserving(inHand, tables), by, work.Now).Decide(request.State);
            return await desk.Write(http, id, request, received, decision, by, async group =>
            {
                foreach (var reported in decision.Events.OfType<ExecutionEvent.PreservationReported>())
                    await work.Send(group, received.Thread, http.RequestAborted, ReceivedDesk.Message(id, request, received, PreservationWords.Status(received, reported.Items)));
            });
        });
    }

    private static List<MemberFault> Faults(PreservationBody body)
    {
        var (faults, seen) = (new List<MemberFault>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < (body.Items?.Count ?? 0); i++)
        {
            if (body.Items![i].Status is not ("preserved" or "not-possible")) faults.Add(new($"/items/{i}/status", "unknown-code", "preserved or not-possible."));
            if (!seen.Add(body.Items[i].Ref)) faults.Add(new($"/items/{i}/ref", "duplicate-reference", "Each may stand only once."));
        }

        return faults;
    }
}
