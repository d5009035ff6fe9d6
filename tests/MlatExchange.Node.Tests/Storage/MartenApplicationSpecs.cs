#if USE_MARTEN
using System.Text.Json;
using JasperFx.Events.Daemon;
using MlatExchange.Domain;
using MlatExchange.Domain.Requests;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Tests.Ledger;
using Npgsql;
using Overview;
#endif

namespace MlatExchange.Node.Tests.Storage;

#if USE_MARTEN
/// <summary>The application of contracts/events/README.md, as it stands there, on a node's database.</summary>
public sealed class MartenApplicationSpecs(NodeDatabase database) : DriverContract(database)
{
    [Theory, MemberData(nameof(Drivers.Each), MemberType = typeof(Drivers))]
    public async Task The_documented_application_folds_what_a_node_wrote_and_follows_it_and_can_write_nothing(string driver)
    {
        await using var node = await LedgerNode.Create();
        var store = Open(driver, on: node.Database.App);
        var (stream, story) = (Given.Stream(), Given.Story());
        foreach (var (happened, version) in story.Select((happened, version) => (happened, version)))
            await store.Append(Append.To(stream, version, Given.Event(happened)));
        await store.Append(Append.To("thread-1", 0, Given.Event("thread.message-held.v1", """{"kind":"decision","jti":"j","seq":4,"digest":"sha-256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","counterpart":"XB","from":3,"to":3,"at":"2026-06-01T12:00:00.000Z"}""")));
        var reader = await Reader(node.Database);
        await using var application = NodeEvents.Open(reader);

        var found = await NodeEvents.Find(application, stream);

        Assert.Equal(Given.Text(AssistanceRequest.Fold(story)), Given.Text(found!.State));
        Assert.Null(await NodeEvents.Find(application, Given.Stream()));
        using (var daemon = await NodeEvents.Follow(application))
        {
            await LedgerNode.Until(async () => await node.Database.Scalar<long>("select coalesce(sum(number), 0)::bigint from overview.counts") == story.Length + 1, "the subscription saw every event");
            await store.Append(Append.To(stream, story.Length, Given.Event(new RequestEvent.Sent(DateTimeOffset.UnixEpoch))));
            await LedgerNode.Until(async () => await node.Database.Scalar<long>("select count(*) from overview.counts where type = 'request.sent.v1'") == 1, "the subscription followed");
            await daemon.StopAllAsync();
        }
        await using var session = application.LightweightSession();
        session.Events.Append(stream, new RequestEvent.Sent(DateTimeOffset.UnixEpoch));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, ((PostgresException)refused.InnerException!).SqlState);
        await node.Database.Run($"drop owned by {new NpgsqlConnectionStringBuilder(reader).Username} cascade; drop role {new NpgsqlConnectionStringBuilder(reader).Username}");
    }

    [Fact]
    public async Task Every_frozen_event_is_read_by_the_documented_application_as_the_node_reads_it()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "frozen-events"), "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal)).Order().ToArray();
        Assert.Equal(EventNames.Domain.Count, files.Length);
        var (store, stream) = (Open("postgres"), Given.Stream());
        await store.Append(Append.To(stream, 0, [.. files.Select(file => Given.Event(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))]));
        await using var application = NodeEvents.Open(Database.Settings.ConnectionString);
        await using var session = application.QuerySession();

        var events = await session.Events.FetchStreamAsync(stream);

        Assert.Equal(files.Length, events.Count);
        Assert.All((await store.Load(stream)).Zip(events), pair =>
        {
            var type = EventNames.Domain.Single(name => name.Value.Name == pair.First.Type).Key;
            Assert.Equal(type, pair.Second.Data.GetType());
            var own = JsonSerializer.Deserialize(pair.First.Data.Span, type, EventJson.Options);
            Assert.Equal(JsonSerializer.Serialize(own, type, EventJson.Options), JsonSerializer.Serialize(pair.Second.Data, type, EventJson.Options));
        });
    }

    /// <summary>Runs contracts/events/marten/reader.sql under names of the test's own; roles are shared by a server.</summary>
    private static async Task<string> Reader(NodeDatabase database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.Settings.ConnectionString);
        var (name, role) = (connection.Database!, connection.Database + "_overview");
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "frozen-events", "reader.sql"));
        await database.Run(sql.Replace("current_node", name, StringComparison.Ordinal)
            .Replace("role overview", $"role {role}", StringComparison.Ordinal).Replace("to overview", $"to {role}", StringComparison.Ordinal).Replace("authorization overview", $"authorization {role}", StringComparison.Ordinal));
        (connection.Username, connection.Password) = (role, "change-me");
        return connection.ConnectionString;
    }
}
#endif
