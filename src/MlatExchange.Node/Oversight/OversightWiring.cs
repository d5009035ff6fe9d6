using MlatExchange.Node.Hosting;
using MlatExchange.Node.Ledger;

namespace MlatExchange.Node.Oversight;

/// <summary>What oversight needs: the projection of transfer records, its routes, and the routes of the log.</summary>
public static class OversightWiring
{
    public static void AddOversight(this IServiceCollection services)
    {
        services.AddProjection<TransferRecords>();
        services.AddSingleton<TransferPages>();
        services.AddSingleton<Consultations>();
    }

    public static void MapOversight(this IEndpointRouteBuilder routes)
    {
        OpenConsultationEndpoint.Map(routes);
        ConsultTransfersEndpoint.Map(routes);
        ProveTransferEndpoint.Map(routes);
        LogRoutes.Map(routes);
    }
}
