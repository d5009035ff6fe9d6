using MlatExchange.Node.Assessment;
using MlatExchange.Node.Cases;
using MlatExchange.Node.Deadlines;
using MlatExchange.Node.Evidence;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Forms;
using MlatExchange.Node.Http;
using MlatExchange.Node.Jurisdictions;
using MlatExchange.Node.Operations;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Retention;
using MlatExchange.Node.Transfers;

namespace MlatExchange.Node.Hosting;

/// <summary>The work on cases: requests, received requests, transfers; their lists and what the node does by itself.</summary>
public static class CasesWiring
{
    public static void AddCases(this WebApplicationBuilder host, NodeSettings node)
    {
        var services = host.Services;
        var folder = host.Configuration["RulePacks:Path"] ?? Path.Combine(AppContext.BaseDirectory, "rule-packs");
        var packs = PackFiles.Load(folder, node.Jurisdiction, node.TrustPath, host.Configuration.GetValue("RulePacks:RequireSignature", false));
        services.AddSingleton(packs);
        services.AddHostedService<PacksInUse>();
        services.AddSingleton(DeadlineFiles.Load(folder));
        services.AddSingleton(provider => new Assessing(packs.Packs, host.Configuration, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(FormFiles.Load(host.Configuration["Forms:Path"] ?? Path.Combine(AppContext.BaseDirectory, "forms")));
        services.AddSingleton(provider => new ChromiumPdf(host.Configuration["Forms:Chromium"], provider.GetRequiredService<ILogger<ChromiumPdf>>()));
        services.AddSingleton<CaseForms>();
        services.AddSingleton<FormAnswer>();
        services.AddSingleton<RequestDesk>();
        services.AddSingleton<ReceivedDesk>();
        services.AddSingleton<TransferDesk>();
        services.AddSingleton<UseDesk>();
        services.AddSingleton<FetchTokens>();
        services.AddEvidence(host.Configuration, node);
        services.AddSingleton<ReleaseKeyStep>();
        services.AddSingleton<FetchEvidenceStep>();
        services.AddSingleton<EraseTransferStep>();
        services.AddSingleton<EndKeyStep>();
        services.AddSingleton<RestoredState>();
        services.AddSingleton(s => new ReadinessPart("erasures", _ => Task.FromResult(s.GetRequiredService<RestoredState>().Fault)));
        services.AddSingleton<QuarantinedBodies>();
        services.AddSingleton<KeysInTime>();
        services.AddHostedService(provider => provider.GetRequiredService<KeysInTime>());
        services.AddHostedService<TransferWorker>();
        services.AddSingleton<RequestTimerStep>();
        services.AddSingleton<ReceivedTimerStep>();
        services.AddSingleton<TransferTimerStep>();
        services.AddHostedService<TimerWorker>();
        services.AddProjection<CaseList>();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<MetricsText>();
        // Evidence is fetched from nodes that the trust list names, over their own addresses: no redirect is followed, no proxy asked.
        services.AddHttpClient("evidence").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    }

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        ListCasesEndpoint.Map(routes);
        ListDeadlinesEndpoint.Map(routes);
        DraftRequestEndpoint.Map(routes);
        ReviseRequestEndpoint.Map(routes);
        ReadRequestEndpoint.Map(routes);
        AssessRequestEndpoint.Map(routes);
        Requests.OverrideFindingEndpoint.Map(routes);
        ApproveTransmissionEndpoint.Map(routes);
        SignRequestEndpoint.Map(routes);
        ValidateRequestEndpoint.Map(routes);
        WithdrawRequestEndpoint.Map(routes);
        AnswerClarificationEndpoint.Map(routes);
        ExtendPreservationEndpoint.Map(routes);
        AnnounceProductionEndpoint.Map(routes);
        AskEnforcementEndpoint.Map(routes);
        CloseRequestEndpoint.Map(routes);
        RequestFormEndpoint.Map(routes);
        ReceivedFormEndpoint.Map(routes);
        FormStylesheet.Map(routes);
        ReadReceivedEndpoint.Map(routes);
        Execution.OverrideFindingEndpoint.Map(routes);
        AnnounceDelayEndpoint.Map(routes);
        DecideExecutionEndpoint.Map(routes);
        CloseReceivedEndpoint.Map(routes);
        ForwardRequestEndpoint.Map(routes);
        ObjectToRequestEndpoint.Map(routes);
        AskClarificationEndpoint.Map(routes);
        ReportPreservationEndpoint.Map(routes);
        PrepareTransferEndpoint.Map(routes);
        StoreContentEndpoint.Map(routes);
        TusUploads.Map(routes);
        OfferTransferEndpoint.Map(routes);
        AcceptOfferEndpoint.Map(routes);
        RecordCustodyEndpoint.Map(routes);
        ReadCustodyEndpoint.Map(routes);
        ReportUseEndpoint.Map(routes);
        RequestOnwardEndpoint.Map(routes);
        DecideOnwardEndpoint.Map(routes);
        IncidentEndpoints.Map(routes);
        DemandDestructionEndpoint.Map(routes);
        RemedyEndpoints.Map(routes);
        HoldEndpoints.Map(routes);
        ReviewTransferEndpoint.Map(routes);
        RecordTriggerEndpoint.Map(routes);
        OrderDestructionEndpoint.Map(routes);
        ReadTransferEndpoint.Map(routes);
        ReadEvidenceEndpoints.Map(routes);
        ServeEvidenceEndpoint.Map(routes);
    }
}
