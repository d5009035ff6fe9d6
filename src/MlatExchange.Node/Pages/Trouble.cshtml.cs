using Microsoft.AspNetCore.Mvc;

namespace MlatExchange.Node.Pages;

/// <summary>What went wrong, in plain words and without details that help nobody.</summary>
[IgnoreAntiforgeryToken] // a refused form is shown here too, and nothing is done here
public sealed class TroubleModel : NodePage
{
    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status) => (Heading, Explanation) = status switch
    {
        400 => (Words.T("The form could not be read"), Words.T("It was open for too long or came from another page. Go back, reload the page and send it again.")),
        403 => (Words.T("Not for your role or authority"), Words.T("The case belongs to another authority, or the page needs a role you do not hold. Whoever administers your authority's roles can tell you more.")),
        404 or 405 => (Words.T("Page not found"), Words.T("There is nothing here, or nothing you may know of. Check the address, or start from the work list.")),
        410 => (Words.T("No longer here"), Words.T("The case was closed or its key destroyed. What it held cannot be read by anybody any more.")),
        503 => (Words.T("Not ready yet"), Words.T("The node is catching up. Try again in a few seconds.")),
        _ => (Words.T("The node failed"), Words.T("Nothing was written that was not confirmed. Try again; if it fails again, tell the operator of the node and say when it was.")),
    };
}
