using Microsoft.AspNetCore.Mvc;

namespace MlatExchange.Node.Pages;

/// <summary>The reader's own sessions, and the end of those elsewhere.</summary>
public sealed class DevicesModel(OpenSessions sessions) : NodePage
{
    public IReadOnlyList<OpenSession> Open { get; private set; } = [];

    public Guid? This { get; private set; }

    public async Task OnGet()
    {
        This = await Session.IdOf(HttpContext);
        Open = await sessions.Of(Me.Subject, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPost()
    {
        if (await Session.IdOf(HttpContext) is { } id) await sessions.EndOthers(Me.Subject, id, HttpContext.RequestAborted);
        return To("/devices", "others-ended");
    }
}
