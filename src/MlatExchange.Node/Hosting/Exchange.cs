using MlatExchange.Node.Access;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Execution;
using MlatExchange.Node.Operations;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Requests;
using MlatExchange.Node.Transfers;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Hosting;

/// <summary>Messages to and from the counterparts, and what each kind does to a case.</summary>
public static class ExchangeWiring
{
    /// <param name="embedded">The one bus of several nodes in one process; null on RabbitMQ.</param>
    public static void AddExchange(this WebApplicationBuilder host, NodeSettings node, InMemoryBroker? embedded)
    {
        var services = host.Services;
        var transport = host.Configuration["Bus:Transport"] ?? "rabbitmq";
        if (transport == "in-memory" && embedded is null)
            throw new InvalidOperationException("Bus:Transport=in-memory works only where all nodes run in one process: start them with --embedded.");
        services.AddSingleton<OpenBus>(transport switch
        {
            "rabbitmq" => (counterparts, take) => Bus.RabbitMq(new Uri(NodeSettings.Needed(host.Configuration, "Bus:Uri")), counterparts, take),
            "in-memory" => (counterparts, take) => embedded!.For(node.Jurisdiction, counterparts, take),
            _ => throw new InvalidOperationException("Bus:Transport is rabbitmq or in-memory."),
        });
        services.AddSingleton<Recorder>();
        services.AddSingleton<Journal>();
        services.AddSingleton<Threads>();
        services.AddSingleton<SignMessage>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<CaseWork>();
        services.AddSingleton<Reissue>();
        services.AddSingleton<ReceiptEffect>();
        services.AddSingleton<CertificateReceipts>();
        services.AddSingleton<RequestEffect>();
        services.AddSingleton<ValidationEffect>();
        services.AddSingleton<SenderEffects>();
        services.AddSingleton<ReplyEffects>();
        services.AddSingleton<OfferEffect>();
        services.AddSingleton<SupplierEffects>();
        services.AddSingleton<ShareEffect>();
        services.AddSingleton<UseEffects>();
        services.AddSingleton<DemandEffects>();
        services.AddSingleton(EffectsOf);
        services.AddSingleton(new Patience(TimeSpan.FromSeconds(host.Configuration.GetValue("Exchange:ReceiptWithinSeconds", 600))));
        services.AddSingleton<ExchangeService>();
        services.AddHostedService(provider => provider.GetRequiredService<ExchangeService>());
        services.AddSingleton(provider => new ReadinessPart("bus", _ => Task.FromResult(
            provider.GetRequiredService<ExchangeService>().Bus.Health() is (false, var description) ? description.Split('\n')[0] : null)));
    }

    private static Effects EffectsOf(IServiceProvider services) => new(
        new Dictionary<MessageKind, EffectOf>
        {
            [MessageKind.Receipt] = services.GetRequiredService<CertificateReceipts>().Of,
            [MessageKind.Request] = services.GetRequiredService<RequestEffect>().Of,
            [MessageKind.PreservationRequest] = services.GetRequiredService<RequestEffect>().Of,
            [MessageKind.Validation] = services.GetRequiredService<ValidationEffect>().Of,
            [MessageKind.Withdrawal] = services.GetRequiredService<SenderEffects>().Withdrawn,
            [MessageKind.Acknowledgement] = services.GetRequiredService<ReplyEffects>().Acknowledged,
            [MessageKind.ClarificationRequest] = services.GetRequiredService<ReplyEffects>().Asked,
            [MessageKind.Clarification] = services.GetRequiredService<SenderEffects>().Answered,
            [MessageKind.DelayNotice] = (message, cancellation) => services.GetRequiredService<DemandEffects>().Concerns(message)
                ? services.GetRequiredService<DemandEffects>().Deferred(message, cancellation)
                : services.GetRequiredService<ReplyEffects>().Delayed(message, cancellation),
            [MessageKind.PreservationStatus] = services.GetRequiredService<ReplyEffects>().PreservationStatus,
            [MessageKind.PreservationExtension] = services.GetRequiredService<SenderEffects>().Extended,
            [MessageKind.ProductionFollows] = services.GetRequiredService<SenderEffects>().ProductionFollows,
            [MessageKind.EnforcementNotification] = services.GetRequiredService<SenderEffects>().Notified,
            [MessageKind.EnforcementRequest] = services.GetRequiredService<SenderEffects>().EnforcementAsked,
            [MessageKind.Objection] = services.GetRequiredService<ReplyEffects>().Objected,
            [MessageKind.Decision] = services.GetRequiredService<ReplyEffects>().Decided,
            [MessageKind.TransferOffer] = services.GetRequiredService<OfferEffect>().Of,
            [MessageKind.ConditionsAccepted] = services.GetRequiredService<SupplierEffects>().Accepted,
            [MessageKind.KeyRelease] = services.GetRequiredService<ShareEffect>().Of,
            [MessageKind.UseReport] = services.GetRequiredService<UseEffects>().Reported,
            [MessageKind.OnwardRequest] = services.GetRequiredService<UseEffects>().OnwardAsked,
            [MessageKind.OnwardDecision] = services.GetRequiredService<UseEffects>().OnwardDecided,
            [MessageKind.IncidentNotice] = services.GetRequiredService<UseEffects>().Noticed,
            [MessageKind.RemedyNotice] = services.GetRequiredService<DemandEffects>().Remedy,
            [MessageKind.DestructionOrder] = services.GetRequiredService<DemandEffects>().Ordered,
            [MessageKind.DestructionCertificate] = services.GetRequiredService<SupplierEffects>().Certified,
        },
        services.GetRequiredService<TimeProvider>());
}
