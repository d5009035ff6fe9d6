using MassTransit;
using RabbitMQ.Client;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Keeps the frames bare. The bus library and the broker's client each write trace headers whenever something listens to their activities;
/// trace context belongs inside the sealed message or nowhere, since a header on the bus tells every broker which messages belong together.
/// </summary>
public sealed class BareFrames : ISendObserver
{
    public static readonly BareFrames Instance = new();

    private BareFrames()
    {
        RabbitMQActivitySource.ContextInjector = static (_, _) => { };
        RabbitMQActivitySource.ContextExtractor = static _ => default;
    }

    /// <summary>Runs after the library opened its activity and before the frame is written.</summary>
    public Task PreSend<T>(SendContext<T> context) where T : class
    {
        foreach (var (name, _) in context.Headers.GetAll().ToArray()) context.Headers.Set(name, null);
        return Task.CompletedTask;
    }

    public Task PostSend<T>(SendContext<T> context) where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception) where T : class => Task.CompletedTask;
}
