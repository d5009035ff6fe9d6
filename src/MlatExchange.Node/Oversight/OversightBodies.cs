using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Protocol.Trust;

namespace MlatExchange.Node.Oversight;

/// <summary>Which bodies may look: those that the signed trust list of the node's own jurisdiction names now, unless suspended. A role in a token is not enough.</summary>
public sealed class OversightBodies(Func<TrustSnapshot> trust, string jurisdiction, TimeProvider time)
{
    /// <summary>Whether the body with this code may look at this moment.</summary>
    public bool Knows(string code)
    {
        var lists = trust();
        return lists.OversightOf(jurisdiction).Any(body => body.Code == code && lists.SuspensionOf(body.Entity, time.GetUtcNow()) is null);
    }
}

/// <summary>States beside a route that it is for oversight bodies.</summary>
public static class OversightAccess
{
    /// <summary>The token has the role, and the authority that it speaks for is a body of the trust list (trust mark <c>oversight-query</c>): else 403.</summary>
    public static RouteHandlerBuilder ForOversight(this RouteHandlerBuilder route) => route.For(Role.Oversight).AddEndpointFilter(async (call, next) =>
        call.HttpContext.RequestServices.GetRequiredService<OversightBodies>().Knows(Caller.Of(call.HttpContext.User).Authority)
            ? await next(call)
            : Problem.Of(StatusCodes.Status403Forbidden, "not-an-oversight-body", "The trust list of this jurisdiction does not name the caller's authority as an oversight body, or has suspended it.", "LED 46(1)"));
}
