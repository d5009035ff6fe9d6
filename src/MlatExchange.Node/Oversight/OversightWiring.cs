using Microsoft.Extensions.DependencyInjection.Extensions;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Access;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Oversight.Fhir;
using MlatExchange.Node.Oversight.Statistics;

namespace MlatExchange.Node.Oversight;

/// <summary>What oversight needs: the projection of transfer records, its routes, and the routes of the log.</summary>
public static class OversightWiring
{
    public static void AddOversight(this IServiceCollection services)
    {
        services.AddProjection<TransferRecords>();
        services.AddProjection<Figures>();
        services.AddSingleton(provider => PublicationSettings.Of(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<PublicYears>();
        services.TryAddSingleton(provider => Speaks(provider.GetRequiredService<NodeSettings>(), provider.GetRequiredService<TrustFolder>()));
        services.TryAddSingleton(provider =>
            new OversightBodies(() => provider.GetRequiredService<TrustFolder>().Current, provider.GetRequiredService<NodeSettings>().Jurisdiction, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Snapshots>();
        services.AddSingleton<TransferPages>();
        services.AddSingleton<CaseTimelines>();
        services.AddSingleton<FhirPages>();
        services.AddSingleton<FhirDesk>();
        services.AddSingleton<Consultations>();
    }

    private static FhirNode Speaks(NodeSettings node, TrustFolder trust)
    {
        var own = trust.Current.NodeOf(node.Jurisdiction) ?? throw new InvalidOperationException($"No trust list names the node of {node.Jurisdiction}.");
        return new(node.Jurisdiction, own.Entity, own.LogOrigin, node.BaseUrl.TrimEnd('/'));
    }

    public static void MapOversight(this IEndpointRouteBuilder routes)
    {
        OpenConsultationEndpoint.Map(routes);
        ConsultTransfersEndpoint.Map(routes);
        CaseTimelineEndpoint.Map(routes);
        ProveTransferEndpoint.Map(routes);
        ConsultStatisticsEndpoint.Map(routes);
        TransparencyEndpoint.Map(routes);
        SearchFhirEndpoint.Map(routes);
        LogRoutes.Map(routes);
    }
}
