using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Services.Json.Transformations;
using MlatExchange.Domain;
using Npgsql;
using Weasel.Core;

namespace MlatExchange.Marten;

/// <summary>How Marten opens the event tables that the node's own migrations made: it changes none of them and skips nothing.</summary>
internal static class NodeTables
{
    // As deep as a server's JSON may be in practice; the serialiser's own 64 would refuse headers that the other driver reads.
    private const int Depth = 1000;

    /// <param name="database">Pool of the everyday role; not disposed by the store.</param>
    /// <param name="others">Aliases beside those of the domain.</param>
    public static DocumentStore Open(NpgsqlDataSource database, IEnumerable<string> others) => DocumentStore.For(options =>
    {
        options.Connection(database);
        options.DatabaseSchemaName = "es";
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json =>
        {
            json.MaxDepth = Depth;
            json.Converters.Insert(0, new HeaderText.Converter());
        });
        options.Projections.Errors.SkipApplyErrors = options.Projections.Errors.SkipSerializationErrors = options.Projections.Errors.SkipUnknownEvents = false;

        var events = options.Events;
        events.StreamIdentity = StreamIdentity.AsString;
        events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        events.MetadataConfig.EnableAll();
        events.MetadataConfig.UserNameEnabled = true; // EnableAll leaves it out
        events.EnableUniqueIndexOnEventId = true;
        events.UseExclusiveLockOnConcurrentAppends = true;
        foreach (var alias in EventNames.Domain.Values.Select(name => name.Name).Concat(others))
            events.Upcast<EventText>(alias, AsItStands);
    });

    // One type under many aliases: a plain mapping allows one alias to a type, a transformation any number.
    private static readonly JsonTransformation AsItStands = new(
        (_, reader, at) => new EventText(reader.GetFieldValue<byte[]>(at)),
        async (_, reader, at, cancellation) => new EventText(await reader.GetFieldValueAsync<byte[]>(at, cancellation)));
}
