using Microsoft.AspNetCore.Mvc;

namespace MlatExchange.Node.Pages;

/// <summary>Asked by a page whose reader wants to stay signed in: the call itself is what counts.</summary>
public sealed class SessionModel : NodePage
{
    public NoContentResult OnGet() => new();
}
