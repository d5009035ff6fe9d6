using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MlatExchange.Node.Pages;

namespace MlatExchange.Node.Hosting;

/// <summary>The pages: rendered here, over the same routes as everybody else's, in a session of their own that no route of the interface accepts.</summary>
public static class PagesWiring
{
    public static void AddPages(this WebApplicationBuilder host, NodeSettings node)
    {
        var services = host.Services;
        var url = PagesUrl.Of(host.Configuration, host.IsDemo());
        services.AddSingleton(url);
        services.AddSingleton<OpenSessions>();
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/Pages";
            pages.Conventions.AuthorizeFolder("/", Session.Policy);
            foreach (var open in (string[])["/SignIn", "/SignedOut", "/Trouble", "/Accessibility", "/Transparency"]) pages.Conventions.AllowAnonymousToPage(open);
        })
        // Ours and nobody else's, whatever program the node runs in.
        .ConfigureApplicationPartManager(parts => parts.ApplicationParts.Clear()).AddApplicationPart(typeof(PagesWiring).Assembly);
        // Pages are not part of the interface that others program against.
        services.AddSingleton<RouteCalls>();
        services.AddSingleton<Assets>();
        services.AddSingleton<Zone>();
        services.AddScoped<SecurityHeaders>();
        services.AddAntiforgery(token =>
        {
            token.Cookie.Name = url.NameOf("mlat-form");
            token.Cookie.SameSite = SameSiteMode.Strict;
            token.Cookie.SecurePolicy = url.Secure;
            token.FormFieldName = "form";
            token.SuppressXFrameOptionsHeader = true; // said by ours, more strictly
        });
        services.AddDataProtection().SetApplicationName($"mlat-{node.Jurisdiction}").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(node.DataKeys, "sessions")));
        // It warns that its keys lie unwrapped: they lie where the data keys do, under the same protection, and open nothing but sessions.
        host.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        var signIn = services.AddAuthentication().AddCookie(Session.Scheme, cookie => Session.Configure(cookie, url));
        if (ProviderSignIn.IsSet(host.Configuration)) signIn.AddOAuth<ProviderOptions, ProviderSignIn>(ProviderSignIn.SchemeName, provider => ProviderSignIn.Configure(provider, host.Configuration, node.Jurisdiction));
        services.Configure<AuthorizationOptions>(options => options.AddPolicy(Session.Policy, policy => policy.AddAuthenticationSchemes(Session.Scheme).RequireAuthenticatedUser()));
    }

    /// <summary>Before the routes' own handling: headers, language, and trouble shown as a page. Routing is done here, anew where trouble is shown.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseWhen(IsPage, pages =>
        {
            pages.Use(app.Services.GetRequiredService<PagesUrl>().Apply);
            pages.UseMiddleware<SecurityHeaders>();
            pages.UseExceptionHandler("/trouble/500");
            pages.UseStatusCodePagesWithReExecute("/trouble/{0}");
            pages.Use(Language.Choose);
        });
        app.UseRouting();
        // An address without a page is not there, for whoever asks; among the routes it takes a token to be told.
        app.UseWhen(http => http.GetEndpoint() is null && IsPage(http) && http.Request.Path != ProviderSignIn.Callback, pages => pages.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
    }

    public static void MapPages(this WebApplication app)
    {
        app.Services.GetRequiredService<Assets>().Map(app);
        Language.Map(app);
        app.MapRazorPages();
    }

    /// <summary>Everything that is not a route of the interface.</summary>
    private static bool IsPage(HttpContext http) => !Interface.Any(root => http.Request.Path.StartsWithSegments(root));

    private static readonly string[] Interface = ["/api", "/log", "/openapi", "/health", "/metrics", "/demo", "/exchange", "/fhir", "/.well-known", "/trust"];
}
