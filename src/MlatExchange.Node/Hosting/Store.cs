using MlatExchange.Node.Ledger;
using MlatExchange.Node.Operations;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Transparency;
using Npgsql;

namespace MlatExchange.Node.Hosting;

/// <summary>PostgreSQL, data keys and the log: settings <c>Storage</c>, <c>KeyStore</c>, <c>Node</c>. Needs a <see cref="LogSigner"/>, a <see cref="RandomSource"/> and a <see cref="TimeProvider"/>.</summary>
public static class StoreWiring
{
    /// <summary>Registers event store, vault, key store, sequencer and readers.</summary>
    public static void AddStore(this IHostApplicationBuilder host, NodeSettings node)
    {
        var settings = new StorageSettings
        {
            ConnectionString = NodeSettings.Needed(host.Configuration, "Storage:ConnectionString"),
            SequencerConnectionString = NodeSettings.Needed(host.Configuration, "Storage:SequencerConnectionString"),
            MigrationConnectionString = host.Configuration["Storage:MigrationConnectionString"] is { Length: > 0 } owner ? owner : null,
        };
        var driver = StoreDriver.Of(host.Configuration["Storage:Driver"]);
        var epoch = TimeSpan.FromSeconds(host.Configuration.GetValue("KeyStore:EpochSeconds", 7 * 24 * 3600));
        var services = host.Services;
        services.AddSingleton(settings);
        services.AddSingleton(_ => StorageSettings.Pool(settings.ConnectionString));
        services.AddSingleton(_ => new SequencerDatabase(StorageSettings.Pool(settings.SequencerConnectionString)));
        services.AddSingleton(new LedgerSettings(node.Jurisdiction, node.Guard));
        services.AddSingleton<LogBell>();
        services.AddSingleton(s => driver(s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<LogBell>()));
        services.AddSingleton(s => new KeyStore(node.DataKeys, epoch, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Vault>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<LogWaits>();
        services.AddSingleton<LedgerReadiness>();
        services.AddHosted<Sequencer>();
        services.AddHosted<LogListener>();
        var every = TimeSpan.FromMinutes(host.Configuration.GetValue("Ledger:AuditEveryMinutes", 24 * 60));
        services.AddHosted(s => new LedgerWatch(new(s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<LogSigner>().Key),
            () => LogGuard.Newest(node.Guard, s.GetRequiredService<LogSigner>().Key.Origin), TimeSpan.FromMinutes(1), every,
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<LedgerWatch>>()));
        services.AddHosted(s => new KeyStoreRolls(s.GetRequiredService<KeyStore>(), epoch < TimeSpan.FromMinutes(10) ? epoch / 10 : TimeSpan.FromMinutes(1),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<KeyStoreRolls>>()));
        services.AddSingleton(s => new ReadinessPart("ledger", s.GetRequiredService<LedgerReadiness>().Check));
        services.AddSingleton(s => new ReadinessPart("audit", _ => Task.FromResult(s.GetRequiredService<LedgerWatch>().Fault)));
        services.AddSingleton(s => new ReadinessPart("keys", _ => Task.FromResult(s.GetRequiredService<KeyStoreRolls>().Fault)));
    }

    /// <summary>Registers a projection: it runs, can be asked for (to rebuild it), and fails readiness when it stops.</summary>
    public static void AddProjection<T>(this IServiceCollection services)
        where T : Projection
    {
        services.AddHosted<T>();
        services.AddSingleton(s => new ReadinessPart($"projection {typeof(T).Name}", _ => Task.FromResult(s.GetRequiredService<T>().Fault)));
    }

    /// <summary>Before anything starts: migrates where the settings name the owner, otherwise checks that someone has.</summary>
    public static async Task PrepareStore(this IHost host, CancellationToken cancellationToken = default)
    {
        var settings = host.Services.GetRequiredService<StorageSettings>();
        if (settings.MigrationConnectionString is not null)
            await Migrations.Apply(settings, cancellationToken);
        await Migrations.Check(host.Services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
    }

    private static void AddHosted<T>(this IServiceCollection services, Func<IServiceProvider, T>? make = null)
        where T : class, IHostedService
    {
        if (make is null)
            services.AddSingleton<T>();
        else
            services.AddSingleton(make);
        services.AddHostedService(s => s.GetRequiredService<T>());
    }
}
