using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using MlatExchange.Node.Access;

namespace MlatExchange.Node.Pages;

/// <summary>What a node knows of the OpenID provider.</summary>
public sealed class ProviderOptions : OAuthOptions
{
    /// <summary>Endpoints and keys, discovered and kept current.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Discovered { get; set; } = null!;

    /// <summary>Jurisdiction that an official must be of.</summary>
    public string Jurisdiction { get; set; } = "";

    /// <summary>Endpoints are discovered when somebody signs in, and a public client has no secret: neither is demanded at the start.</summary>
    public override void Validate()
    {
        if (ClientId is not { Length: > 0 } || Discovered is null || !CallbackPath.HasValue) throw new InvalidOperationException("Access:ClientId or Access:Authority is missing.");
    }
}

/// <summary>
/// Sign-in by OpenID Connect Core 1.0 section 3.1: authorization code with PKCE (RFC 7636), state bound to the browser, nonce (3.1.2.1), issuer in the answer (RFC 9207), and the
/// ID token checked by 3.1.3.7. Who somebody is comes from the ID token alone; no token of the provider is kept.
/// </summary>
public sealed class ProviderSignIn(IOptionsMonitor<ProviderOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<ProviderOptions>(options, logger, encoder)
{
    public const string SchemeName = "provider";
    public const string Callback = "/sign-in/callback";

    private const string Nonce = "nonce";
    private const string AskedAnewAt = "asked-anew";
    private const string SameSubject = "same-subject";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    public static bool IsSet(IConfiguration settings) => settings["Access:ClientId"] is { Length: > 0 } && settings["Access:Authority"] is { Length: > 0 };

    /// <summary>Lets the provider ask for the proof anew, and takes no other official in the answer.</summary>
    public static void AskAnew(AuthenticationProperties properties, string subject, DateTimeOffset now) =>
        (properties.Items[AskedAnewAt], properties.Items[SameSubject]) = (now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), subject);

    public static void Configure(ProviderOptions provider, IConfiguration settings, string jurisdiction)
    {
        var authority = new Uri(settings["Access:Authority"]!.TrimEnd('/'));
        provider.Discovered = new(
            $"{authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = !authority.IsLoopback });
        (provider.Jurisdiction, provider.ClientId, provider.ClientSecret) = (jurisdiction, settings["Access:ClientId"]!, settings["Access:ClientSecret"] ?? "");
        (provider.CallbackPath, provider.SignInScheme, provider.UsePkce) = (Callback, Session.Scheme, true);
        provider.CorrelationCookie.SameSite = SameSiteMode.Lax;
        provider.Scope.Clear();
        provider.Scope.Add("openid");
        provider.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.Redirect("/sign-in?failed=true");
            return Task.CompletedTask;
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Options.AuthorizationEndpoint = (await Provider()).AuthorizationEndpoint;
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = properties.Items[Nonce] = Microsoft.AspNetCore.WebUtilities.Base64UrlTextEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var url = QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), "nonce", nonce!);
        return properties.Items.ContainsKey(AskedAnewAt) ? QueryHelpers.AddQueryString(url, new Dictionary<string, string?> { ["prompt"] = "login", ["max_age"] = "0" }) : url;
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        var provider = await Provider();
        if (Request.Query["iss"] is [{ } issuer] && issuer != provider.Issuer) throw Refused("issuer");
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = context.Code, ["redirect_uri"] = context.RedirectUri, ["client_id"] = Options.ClientId,
            [OAuthConstants.CodeVerifierKey] = context.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        };
        if (Options.ClientSecret.Length > 0) form["client_secret"] = Options.ClientSecret;
        context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey);
        using var body = new FormUrlEncodedContent(form);
        using var answer = await Backchannel.PostAsync(provider.TokenEndpoint, body, Context.RequestAborted);
        if (!answer.IsSuccessStatusCode) throw Refused("code");
        return OAuthTokenResponse.Success(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Context.RequestAborted)));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var token = tokens.Response?.RootElement.TryGetProperty("id_token", out var member) == true && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        var result = await Tokens.ValidateTokenAsync(token, await Rules());
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException) Options.Discovered.RequestRefresh(); // a new key is known at the next try
        if (!result.IsValid) throw Refused("id-token");
        var claims = (JsonWebToken)result.SecurityToken;
        string Text(string name) => claims.TryGetPayloadValue(name, out string text) ? text : "";
        if (claims.Audiences.Count() > 1 && Text("azp") != Options.ClientId) throw Refused("azp");
        if (properties.Items.Remove(Nonce, out var nonce) is false || nonce is null || Text("nonce") != nonce) throw Refused("nonce");
        DateTimeOffset? signedIn = claims.TryGetPayloadValue("auth_time", out long at) ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
        var caller = Caller.Of(new(result.ClaimsIdentity));
        if (properties.Items.Remove(AskedAnewAt, out var asked) && (signedIn is not { } anew || anew.ToUnixTimeSeconds() < long.Parse(asked!, CultureInfo.InvariantCulture) - Skew.TotalSeconds)) throw Refused("auth-time");
        if (properties.Items.Remove(SameSubject, out var subject) && subject != caller.Subject) throw Refused("other-official");
        var known = caller.Roles.Where(Role.All.Contains).ToHashSet(StringComparer.Ordinal);
        if (caller.Subject.Length == 0 || caller.Authority.Length == 0 || caller.Jurisdiction != Options.Jurisdiction || known.Count == 0) throw Refused("claims");
        Session.SignedIn(properties, signedIn);
        return new(Session.Principal(caller with { Roles = known }), properties, Scheme.Name);
    }

    private Task<OpenIdConnectConfiguration> Provider() => Options.Discovered.GetConfigurationAsync(Context.RequestAborted);

    private async Task<TokenValidationParameters> Rules()
    {
        var provider = await Provider();
        return new()
        {
            ValidIssuer = provider.Issuer, ValidAudience = Options.ClientId, IssuerSigningKeys = provider.SigningKeys, NameClaimType = "sub", RoleClaimType = "roles",
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256],
            LifetimeValidator = (notBefore, expires, _, _) => TimeProvider.GetUtcNow().UtcDateTime is var now && expires is { } end && now <= end + Skew && (notBefore is not { } begin || now >= begin - Skew),
        };
    }

    /// <summary>Names the rule only: what the provider answered stands in no log.</summary>
    private static AuthenticationFailureException Refused(string rule) => new($"sign-in refused: {rule}");
}
