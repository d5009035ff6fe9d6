using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;

namespace MlatExchange.Node.Hosting;

/// <summary>Who may call: bearer tokens of an OpenID provider, or of the node itself in the demo.</summary>
public static class AccessWiring
{
    /// <summary>True only where mode and environment both say demo; the trust anchor's mark is checked when the trust lists load.</summary>
    public static bool IsDemo(this IHostApplicationBuilder host) =>
        host.Configuration["Access:Mode"] == "Demo" && host.Environment.EnvironmentName == "Demo";

    /// <param name="demoKey">The node's token key; used only in the demo.</param>
    /// <param name="entity">The node's entity id: issuer and audience of demo tokens.</param>
    public static void AddAccess(this WebApplicationBuilder host, SecurityKey demoKey, string entity)
    {
        var demo = host.IsDemo();
        if (!demo && string.IsNullOrEmpty(host.Configuration["Access:Authority"]))
            throw new InvalidOperationException("Access:Authority is missing: name the OpenID provider, or set Access:Mode=Demo in the environment Demo.");
        host.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256],
                ValidTypes = ["at+jwt", "JWT"],
                NameClaimType = "sub",
                RoleClaimType = "roles",
                ClockSkew = TimeSpan.FromSeconds(60),
                ValidateIssuerSigningKey = true,
            };
            if (demo)
            {
                bearer.TokenValidationParameters.IssuerSigningKey = demoKey;
                bearer.TokenValidationParameters.ValidIssuer = bearer.TokenValidationParameters.ValidAudience = entity;
                bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
                bearer.TokenValidationParameters.ValidTypes = ["at+jwt"];
            }
            else
            {
                bearer.Authority = host.Configuration["Access:Authority"];
                bearer.Audience = host.Configuration["Access:Audience"] ?? entity;
            }
            bearer.Events = new JwtBearerEvents
            {
                OnChallenge = challenge =>
                {
                    challenge.HandleResponse();
                    challenge.Response.Headers.WWWAuthenticate = "Bearer";
                    return Problem.Write(challenge.HttpContext, StatusCodes.Status401Unauthorized, "token-missing-or-invalid", "A valid bearer token is needed.");
                },
                OnForbidden = forbidden => Problem.Write(forbidden.HttpContext, StatusCodes.Status403Forbidden, "role-missing", "The token lacks the role this call needs."),
                OnTokenValidated = validated =>
                {
                    var caller = Caller.Of(validated.Principal!);
                    if (caller.Subject.Length == 0 || caller.Authority.Length == 0 || caller.Jurisdiction != host.Configuration["Node:Jurisdiction"])
                        validated.Fail("sub, authority or jurisdiction is missing or not of this node");
                    return Task.CompletedTask;
                },
            };
        });
        // One clock decides everything in a node, tokens too.
        host.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TimeProvider>((bearer, time) =>
            bearer.TokenValidationParameters.LifetimeValidator = (notBefore, expires, _, parameters) =>
                time.GetUtcNow().UtcDateTime is var now && expires is { } end && now <= end + parameters.ClockSkew && (notBefore is not { } begin || now >= begin - parameters.ClockSkew));
        // Nothing is open by accident: a route without a stated role still needs a token.
        host.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
