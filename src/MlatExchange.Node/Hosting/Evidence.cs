using MlatExchange.Node.Evidence;

namespace MlatExchange.Node.Hosting;

/// <summary>Where sealed bytes lie: <c>Evidence:Store=disk</c> (the default, under <c>Node:DataPath</c>) or <c>s3</c> (<c>Evidence:S3:…</c>); what is half-written lies on disk either way.</summary>
public static class EvidenceWiring
{
    public static void AddEvidence(this IServiceCollection services, IConfiguration settings, NodeSettings node)
    {
        services.AddSingleton(node);
        services.AddSingleton(new IncomingFiles(node.Evidence));
        services.AddSingleton<IBlobStore>(settings["Evidence:Store"] switch
        {
            null or "" or "disk" => new DiskBlobStore(node.Evidence),
            "s3" => new S3BlobStore(S3Settings.Client(settings), NodeSettings.Needed(settings, "Evidence:S3:Bucket"), settings["Evidence:S3:Prefix"] ?? ""),
            _ => throw new InvalidOperationException("The setting Evidence:Store is 'disk' or 's3'."),
        });
        services.AddSingleton<TransferRates>();
        services.AddSingleton<EvidenceFiles>();
        services.AddSingleton<ReceiveContent>();
        services.AddSingleton<IncompleteEvidence>();
        services.AddHostedService(provider => provider.GetRequiredService<IncompleteEvidence>());
    }
}
