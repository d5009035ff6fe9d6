using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using MlatExchange.Node.Access;
using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Pages;

/// <summary>
/// Sign-in at the authority's OpenID provider, or in the demo by choosing an official. The choice exists only where the demo's token issuer does, and only on loopback.
/// </summary>
public sealed class SignInModel(IConfiguration settings, IHostEnvironment environment, TrustFolder trust, NodeSettings node) : NodePage
{
    public bool Demo => settings["Access:Mode"] == "Demo" && environment.EnvironmentName == "Demo";

    /// <summary>Whether a provider is set.</summary>
    public bool Provider => ProviderSignIn.IsSet(settings);

    /// <summary>Why the provider's answer was not taken; nothing of the answer itself.</summary>
    public bool Failed { get; private set; }

    public string Back { get; private set; } = "/";

    public string Official { get; private set; } = "";

    public string? Authority { get; private set; }

    public IReadOnlyCollection<string> Chosen { get; private set; } = [];

    public IReadOnlyList<string> Authorities => [.. trust.Current.Authorities(node.Jurisdiction).Select(authority => authority.Code), .. trust.Current.OversightOf(node.Jurisdiction).Select(body => body.Code)];

    public IReadOnlyList<string> Roles => [Role.Drafter, Role.Assessor, Role.Approver, Role.Signer, Role.Judge, Role.RequestingProsecutor, Role.ExecutingProsecutor, Role.Oversight, Role.Operator];

    /// <summary>To the provider. With <paramref name="fresh"/> the reader proves anew who they are, whatever the provider remembers.</summary>
    public async Task<IActionResult> OnGetProvider(string? back, bool fresh)
    {
        if (!Provider) return NotFound();
        var properties = new AuthenticationProperties { RedirectUri = Language.Local(back) };
        if (fresh && (await HttpContext.AuthenticateAsync(Session.Scheme)).Principal is { } reader) ProviderSignIn.AskAnew(properties, Caller.Of(reader).Subject, Now);
        return Challenge(properties, ProviderSignIn.SchemeName);
    }

    public void OnGet(string? back, bool failed)
    {
        Failed = failed;
        Back = Language.Local(back);
        Official = $"{node.Jurisdiction.ToLowerInvariant()}-official-1";
        Authority = Authorities is [var first, ..] ? first : null;
        Chosen = [Role.Drafter];
    }

    public async Task<IActionResult> OnPost(string? back, string? official, string? authority, string[] roles)
    {
        if (!Demo || !trust.Current.Demo || !DemoTokens.IsLoopback(HttpContext)) return NotFound();
        (Back, Official, Authority, Chosen) = (Language.Local(back), official?.Trim() ?? "", authority, roles);
        if (Official.Length is 0 or > 64 || Official.Any(char.IsControl)) Faults.Add(new("official", Words.T("Enter a name of 1 to 64 characters.")));
        if (authority is null || !Authorities.Contains(authority)) Faults.Add(new("authority", Words.T("Choose an authority of this node.")));
        if (roles.Length == 0 || !roles.All(Role.All.Contains)) Faults.Add(new("roles", Words.T("Choose at least one role.")));
        if (Faults.Count > 0) return Page();
        var properties = new AuthenticationProperties();
        Session.Chosen(properties);
        await HttpContext.SignInAsync(Session.Scheme, Session.Principal(new(Official, authority!, node.Jurisdiction, roles.ToHashSet(StringComparer.Ordinal))), properties);
        return LocalRedirect(Back);
    }
}
