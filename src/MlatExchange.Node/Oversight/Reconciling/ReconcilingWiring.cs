using MlatExchange.Node.Hosting;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>What reconciliation needs.</summary>
public static class ReconcilingWiring
{
    public static void AddReconciling(this WebApplicationBuilder host)
    {
        var services = host.Services;
        services.AddSingleton(ReconciliationSettings.Of(host.Configuration));
        services.AddProjection<ExchangedRecords>();
        services.AddSingleton<ReconciliationTables>();
        services.AddSingleton<SendLists>();
        services.AddSingleton<CompareLists>();
        services.AddHostedService<ReconciliationWorker>();
    }
}
