using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Tests.Exchange;

namespace MlatExchange.Node.Tests.Deploy;

/// <summary>The definitions that the brokers of docker-compose.yml start with, put on a real broker.</summary>
public sealed class BrokerDefinitions
{
    [Fact]
    public async Task A_node_starts_on_them_with_the_permissions_they_give_it()
    {
        await using var broker = await Imported.Open();
        var taken = new TaskCompletionSource<string>();
        // Whatever the node declares otherwise than the definitions did is refused with 406, whatever they do not permit with 403.
        await using var bus = Bus.RabbitMq(broker.Node, ["XB"], (_, bytes, _) =>
        {
            taken.TrySetResult(Encoding.ASCII.GetString(bytes));
            return Task.CompletedTask;
        });
        await bus.Start(CancellationToken.None);

        await bus.Publish("XB", "out"u8.ToArray(), Guid.NewGuid(), CancellationToken.None);
        await broker.PublishAsReceiver("in");

        Assert.Equal("in", await taken.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await Eventually.True(() => broker.Waiting("mlat.outgoing.xb", 1), "what was published waits for the other side's shovel");
    }

    private sealed class Imported : IAsyncDisposable
    {
        private readonly string _name = "d-" + Guid.NewGuid().ToString("N")[..12];
        private readonly HttpClient _management = new() { BaseAddress = new Uri(Servers.RabbitMqManagement) };
        private readonly Uri _amqp = new(Servers.RabbitMq);

        public Uri Node => User("node");

        public static async Task<Imported> Open()
        {
            var broker = new Imported();
            broker._management.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(broker._management.BaseAddress!.UserInfo)));
            var definitions = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), "deploy/rabbitmq/definitions-xa.json")))!.AsObject();
            // users and virtual hosts are names of the whole broker; links need certificates and the other broker
            definitions.Remove("parameters");
            definitions["vhosts"]![0]!["name"] = broker._name;
            foreach (var user in definitions["users"]!.AsArray())
            {
                if (user!["password"] is not null) user["password"] = broker._name;
                user["name"] = broker.Own(user["name"]!.GetValue<string>());
            }
            foreach (var permission in definitions["permissions"]!.AsArray()) permission!["user"] = broker.Own(permission["user"]!.GetValue<string>());
            foreach (var section in new[] { "permissions", "queues", "exchanges", "bindings" })
                foreach (var row in definitions[section]!.AsArray()) row!["vhost"] = broker._name;
            using var answer = await broker._management.PostAsJsonAsync("api/definitions", definitions);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return broker;
        }

        /// <summary>What the shovel does with a message of the other side.</summary>
        public async Task PublishAsReceiver(string body)
        {
            await using var connection = await Broker.Connect(User("receiver"));
            await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            await channel.BasicPublishAsync("mlat.incoming.xb", "", true, new RabbitMQ.Client.BasicProperties { Persistent = true }, Encoding.ASCII.GetBytes(body));
        }

        public async Task<bool> Waiting(string queue, int count)
        {
            var answer = await _management.GetFromJsonAsync<JsonObject>($"api/queues/{_name}/{queue}");
            return answer!["messages"]?.GetValue<int>() == count;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var user in new[] { "node", "receiver", "link-xb" }) await _management.DeleteAsync($"api/users/{Own(user)}");
            await _management.DeleteAsync($"api/vhosts/{_name}");
            _management.Dispose();
        }

        private string Own(string user) => $"{user}-{_name}";

        private Uri User(string user) => new UriBuilder(_amqp) { Path = "/" + _name, UserName = Own(user), Password = _name }.Uri;

        private static string Root()
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "MlatExchange.sln"))) folder = folder.Parent;
            return folder.FullName;
        }
    }
}
