using Microsoft.AspNetCore.Connections;
using Microsoft.IdentityModel.Tokens;
using MlatExchange.Node.Access;
using MlatExchange.Node.Http;
using MlatExchange.Node.Operations;
using MlatExchange.Node.Oversight;
using MlatExchange.Node.Oversight.Reconciling;
using MlatExchange.Node.Retention;

namespace MlatExchange.Node.Hosting;

/// <summary>One node, put together: settings in, a web application that is ready to run out.</summary>
public static class NodeApplication
{
    /// <param name="builder">With the settings of this node.</param>
    /// <param name="ownProcess">Whether the process is this node's alone and may be replaced by a fresh one (<see cref="FreshStart"/>).</param>
    /// <param name="embedded">The bus that several nodes of one process share; null on RabbitMQ.</param>
    public static async Task<WebApplication> Build(WebApplicationBuilder builder, InMemoryBroker? embedded = null, bool ownProcess = false)
    {
        builder.Logging.ClearProviders().AddJsonConsole();
        // What libraries say at these levels quotes paths, queries and addresses; the node's own lines hold codes only.
        foreach (var library in (string[])["Microsoft", "System", "Npgsql", "MassTransit"]) builder.Logging.AddFilter(library, LogLevel.Warning);
        // The web server's scope around every line of a call holds the path as the caller wrote it, whatever stands in it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ForgetfulMemory>();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.DisableStringReuse = true; // header values are not remembered between calls
            server.Limits.MaxRequestBodySize = 512 * 1024; // JSON stops at 256 KiB; evidence has a route of its own
        });
        var node = NodeSettings.Of(builder.Configuration);
        var (keys, identity) = builder.AddKeys(node);
        builder.AddStore(node);
        builder.AddExchange(node, embedded);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FreshStart>(provider, ownProcess));
        builder.AddCases(node);
        builder.Services.AddOversight();
        builder.AddReconciling();
        var tokenKey = new JsonWebKey(keys.Token.ExportPrivateJwk()) { KeyId = keys.Token.Thumbprint };
        builder.AddAccess(tokenKey, identity.Entity);
        builder.AddPages(node);
        builder.Services.AddOpenApiDocument();

        var app = builder.Build();
        await app.PrepareStore();
        var restored = app.Services.GetRequiredService<RestoredState>();
        await restored.Look(CancellationToken.None);
        app.UseExceptionHandler(fault => fault.Run(http => Problem.Write(http, StatusCodes.Status500InternalServerError, "node-fault", "The node failed; nothing was written that was not answered.")));
        app.Use(next => http => restored.Guard(http, next));
        app.UsePages();
        app.MapOpenApiDocument();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();
        app.MapHealth();
        app.MapCases();
        app.MapOversight();
        ReconciliationEndpoints.Map(app);
        app.MapPages();
        if (builder.IsDemo())
            app.MapDemoTokens(
                new SigningCredentials(tokenKey, SecurityAlgorithms.EcdsaSha256), identity.Entity, node.Jurisdiction,
                () => [.. app.Services.GetRequiredService<TrustFolder>().Current.Authorities(node.Jurisdiction).Select(authority => authority.Code),
                    .. app.Services.GetRequiredService<TrustFolder>().Current.OversightOf(node.Jurisdiction).Select(body => body.Code)]);
        return app;
    }
}
