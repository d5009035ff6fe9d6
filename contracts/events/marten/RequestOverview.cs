using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Subscriptions;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using Weasel.Core;

namespace Overview;

/// <summary>One request as this application sees it.</summary>
public sealed record RequestOverview(string Id, AssistanceRequest State, DateTimeOffset ChangedAt);

/// <summary>Folds a stream with the node's own Evolve.</summary>
public sealed class RequestOverviews : SingleStreamProjection<RequestOverview, string>
{
    public override RequestOverview? Evolve(RequestOverview? snapshot, string id, IEvent e) =>
        e.Data is RequestEvent happened ? new(id, AssistanceRequest.Evolve(snapshot?.State ?? AssistanceRequest.Initial, happened), e.Timestamp) : snapshot;
}

/// <summary>Follows all events and counts them by type in a table of this application; rows and checkpoint are committed together.</summary>
public sealed class EventCounts : SubscriptionBase
{
    public EventCounts() => (Name, Version, Options.BatchSize) = ("event-counts", 1, 500);

    public override Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        foreach (var type in page.Events.Where(e => e.EventTypeName != "tombstone").CountBy(e => e.EventTypeName))
            operations.QueueSqlCommand("insert into overview.counts (type, number) values (?, ?) on conflict (type) do update set number = counts.number + excluded.number", type.Key, type.Value);
        return Task.FromResult(NullChangeListener.Instance);
    }
}

public static class NodeEvents
{
    public static DocumentStore Open(string connectionString) => DocumentStore.For(options =>
    {
        options.Connection(connectionString);
        options.DatabaseSchemaName = "overview";            // this application's own documents
        options.Events.DatabaseSchemaName = "es";           // the node's events
        options.AutoCreateSchemaObjects = AutoCreate.None;  // any other value alters the node's tables

        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        options.Events.MetadataConfig.EnableAll();
        options.Events.MetadataConfig.UserNameEnabled = true;
        options.Events.EnableUniqueIndexOnEventId = true;
        foreach (var (type, name) in EventNames.Domain)
            options.Events.MapEventType(type, name.Name);

        // Setting the casing removes the codes' own converter, so it is put back.
        options.UseSystemTextJsonForSerialization(EventJson.Options, EnumStorage.AsString, Casing.CamelCase, json =>
            json.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)));

        // An event that cannot be read stops the reader; by default it would be left out without a word.
        options.Projections.Errors.SkipUnknownEvents = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Errors.SkipApplyErrors = false;

        options.Projections.Add<RequestOverviews>(ProjectionLifecycle.Live);
        options.Events.Subscribe(new EventCounts());
    });

    /// <summary>Null where there is no such request.</summary>
    public static async Task<RequestOverview?> Find(IDocumentStore store, string stream, CancellationToken cancellationToken = default)
    {
        await using var session = store.QuerySession();
        return await session.Events.AggregateStreamAsync<RequestOverview>(stream, token: cancellationToken);
    }

    /// <summary>Runs the subscription until disposed; a hosted application uses AddMarten(...).AddAsyncDaemon(DaemonMode.HotCold) instead.</summary>
    public static async Task<IProjectionDaemon> Follow(IDocumentStore store)
    {
        var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        return daemon;
    }
}
