using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace MlatExchange.Node.Pages;

/// <summary>Ends the session: by a form of ours only, so no other site can sign an official out.</summary>
public sealed class SignedOutModel(OpenSessions sessions) : NodePage
{
    public async Task<IActionResult> OnPost()
    {
        if (await Session.IdOf(HttpContext) is { } id) await sessions.End(id, HttpContext.RequestAborted);
        await HttpContext.SignOutAsync(Session.Scheme);
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return LocalRedirect("/sign-out");
    }
}
