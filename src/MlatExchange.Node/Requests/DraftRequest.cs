using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Access;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Http;
using MlatExchange.Node.Recording;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Requests;

/// <summary><c>POST /api/requests</c>: enters a request. Facts become an event; names, selectors and texts go to the vault under a key of the case's own.</summary>
public static class DraftRequestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/requests", Handle).For(Role.Drafter)
        .WithTags("Requests").WithSummary("Enter a request for assistance").WithExample(Example.Request);

    private static async Task<IResult> Handle(HttpContext http, RequestDesk desk, NodeSettings node)
    {
        var (body, refused) = await StrictBody.Read(http);
        if (refused is not null) return refused;
        var text = Encoding.UTF8.GetBytes(body.GetRawText());
        var reading = RequestContent.Parse(text, node.Jurisdiction);
        if (reading.Value is not { } content) return Problem.Of(reading.Faults);
        var caller = Caller.Of(http.User);
        if (caller.Authority != content.Facts.Issuer.Authority) return Problem.OtherAuthority();
        if (Unknown(desk, content) is { Count: > 0 } unknown) return Problem.Of(unknown);

        var id = IdOf(http, caller);
        return await desk.Work.Journal.Run(async () =>
        {
            var request = await desk.Load(id, http.RequestAborted);
            if (request.Version > 0) return Attempt.Answer(Created(http, id, request.State.Name, request.Version));
            var decision = new DraftRequest(content.Facts, WireId.New(desk.Work.Random), desk.Acting(id, http, Role.Drafter), desk.Work.Now).Decide(request.State);
            if (decision.RefusedBy is { } rule) return Attempt.Answer(Problem.Of(rule));
            var group = desk.Gather(id, request, decision, content.Facts).Seal(RequestDesk.ContentOf(id, 1), text);
            return Attempt.Write(group, request.Version, version => Created(http, id, RequestDesk.After(request.State, decision).Name, version));
        }, http.RequestAborted);
    }

    private static IResult Created(HttpContext http, Guid id, string state, long version)
    {
        http.Tag(version);
        http.Response.Headers.Location = $"/api/requests/{id}";
        return Results.Json(new { id, state, version }, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>With an idempotency key the id follows from it, so that a process that died between append and answer does not enter the request twice.</summary>
    private static Guid IdOf(HttpContext http, Caller caller) => http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key]
        ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Subject}\0{http.Request.Path}\0{key}")).AsSpan(0, 16))
        : Guid.CreateVersion7();

    /// <summary>Authorities that the trust lists do not name.</summary>
    internal static List<Domain.MemberFault> Unknown(RequestDesk desk, RequestContent content)
    {
        var faults = new List<Domain.MemberFault>();
        var (trust, facts) = (desk.Work.Trust(), content.Facts);
        if (trust.Authority(facts.Addressee.Jurisdiction, facts.Addressee.Authority) is null)
            faults.Add(new("/addressee", "unknown-authority", "An authority of the addressee's trust list."));
        if (trust.Authority(facts.Issuer.Jurisdiction, facts.Issuer.Authority) is not { } issuer)
            faults.Add(new("/issuer/authority", "unknown-authority", "An authority of the own trust list."));
        else if (issuer.Kind != facts.Issuer.Kind)
            faults.Add(new("/issuer/kind", "kind-differs", "The kind that the trust list states for the authority."));
        if (facts.ValidatingAuthority is { } validator && trust.Authority(facts.Issuer.Jurisdiction, validator)?.Has("may-validate") != true)
            faults.Add(new("/validatingAuthority", "may-not-validate", "An authority of the own jurisdiction that may validate."));
        return faults;
    }
}
