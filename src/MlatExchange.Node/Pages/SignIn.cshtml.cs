using Microsoft.AspNetCore.Mvc;
using MlatExchange.Node.Access;
using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Pages;

/// <summary>Sign-in in the demo, by choosing an official. It exists only where the demo's token issuer does, and only on loopback; elsewhere nobody can sign in to the pages yet.</summary>
public sealed class SignInModel(IConfiguration settings, IHostEnvironment environment, TrustFolder trust, NodeSettings node, TimeProvider time) : NodePage
{
    public bool Demo => settings["Access:Mode"] == "Demo" && environment.EnvironmentName == "Demo";

    public string Back { get; private set; } = "/";

    public string Official { get; private set; } = "";

    public string? Authority { get; private set; }

    public IReadOnlyCollection<string> Chosen { get; private set; } = [];

    public IReadOnlyList<string> Authorities => [.. trust.Current.Authorities(node.Jurisdiction).Select(authority => authority.Code), .. trust.Current.OversightOf(node.Jurisdiction).Select(body => body.Code)];

    public IReadOnlyList<string> Roles => [Role.Drafter, Role.Assessor, Role.Approver, Role.Signer, Role.Judge, Role.RequestingProsecutor, Role.ExecutingProsecutor, Role.Oversight, Role.Operator];

    public void OnGet(string? back)
    {
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
        await Session.Begin(HttpContext, new(Official, authority!, node.Jurisdiction, roles.ToHashSet(StringComparer.Ordinal)), time);
        return LocalRedirect(Back);
    }
}
