using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary>A virtual host of its own on the test broker, with users made to measure; gone at the end.</summary>
public sealed class Broker : IAsyncDisposable
{
    public const string NodeWrites = @"^mlat\.(outgoing|incoming)\.";
    public const string NodeReads = @"^mlat\.incoming\.";

    private readonly HttpClient _management;
    private readonly Uri _amqp;
    private readonly List<string> _users = [];

    private Broker(Uri amqp, Uri management)
    {
        _amqp = amqp;
        _management = new HttpClient { BaseAddress = new Uri(management, "/") };
        _management.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
    }

    public string VirtualHost { get; } = "t-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    public static async Task<Broker> Open()
    {
        var amqp = Environment.GetEnvironmentVariable("MLAT_TEST_RABBITMQ");
        var management = Environment.GetEnvironmentVariable("MLAT_TEST_RABBITMQ_MANAGEMENT");
        Assert.SkipWhen(string.IsNullOrEmpty(amqp) || string.IsNullOrEmpty(management), "MLAT_TEST_RABBITMQ and MLAT_TEST_RABBITMQ_MANAGEMENT name no broker");
        var broker = new Broker(new Uri(amqp!), new Uri(management!));
        await broker.Put($"api/vhosts/{broker.VirtualHost}", new { });
        await broker.Grant(broker.Admin.UserInfo.Split(':')[0], ".*", ".*", ".*");
        return broker;
    }

    /// <summary>The administrator's address of this virtual host.</summary>
    public Uri Admin => new UriBuilder(_amqp) { Path = "/" + VirtualHost }.Uri;

    /// <summary>A user with exactly these permissions (patterns for configure, write, read).</summary>
    public async Task<Uri> User(string configure, string write, string read)
    {
        var (name, password) = ("u-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
        await Put($"api/users/{name}", new { password, tags = "" });
        _users.Add(name);
        await Grant(name, configure, write, read);
        return new UriBuilder(_amqp) { Path = "/" + VirtualHost, UserName = name, Password = password }.Uri;
    }

    public Task<Uri> NodeUser() => User(NodeWrites, NodeWrites, NodeReads);

    public static Task<IConnection> Connect(Uri address) => new ConnectionFactory { Uri = address }.CreateConnectionAsync();

    /// <summary>Moves everything from one queue to an exchange, as the link between two brokers does.</summary>
    public Task Link(string name, string fromQueue, Broker to, string toExchange) => Put($"api/parameters/shovel/{VirtualHost}/{name}", new
    {
        value = new Dictionary<string, object>
        {
            ["src-protocol"] = "amqp091", ["src-uri"] = Admin.ToString(), ["src-queue"] = fromQueue,
            ["src-queue-args"] = new Dictionary<string, object> { ["x-queue-type"] = "quorum" },
            ["dest-protocol"] = "amqp091", ["dest-uri"] = to.Admin.ToString(), ["dest-exchange"] = toExchange, ["ack-mode"] = "on-confirm",
        },
    });

    public async Task<IReadOnlyDictionary<string, object?>> Queue(string name) =>
        (await _management.GetFromJsonAsync<Dictionary<string, object?>>($"api/queues/{VirtualHost}/{name}"))!;

    /// <summary>Queues with their arguments, exchanges with their types and what each queue is bound to, in the form of the contract's example.</summary>
    public async Task<JsonObject> Topology() => new()
    {
        ["queues"] = await All("queues", queue => KeyValuePair.Create(Text(queue, "name"), queue!["arguments"]!.DeepClone())),
        ["exchanges"] = await All("exchanges", exchange => KeyValuePair.Create(Text(exchange, "name"), exchange!["type"]!.DeepClone())),
        ["bindings"] = await All("bindings", binding => KeyValuePair.Create(
            Text(binding, "source").Length == 0 ? "" : Text(binding, "destination"), (JsonNode)new JsonObject { ["from"] = Text(binding, "source"), ["key"] = Text(binding, "routing_key") })),
    };

    /// <summary>Cuts every connection to this virtual host, as a broker that restarts does.</summary>
    public async Task CloseConnections()
    {
        var closed = 0;
        await Eventually.True(
            async () =>
            {
                var connections = await _management.GetFromJsonAsync<List<Dictionary<string, JsonElement>>>($"api/vhosts/{VirtualHost}/connections");
                foreach (var connection in connections!)
                {
                    using var answer = await _management.DeleteAsync($"api/connections/{Uri.EscapeDataString(connection["name"].GetString()!)}");
                    closed++;
                }

                return closed > 0; // the management database learns of connections a few seconds late
            },
            "connections are known and closed");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users) await _management.DeleteAsync($"api/users/{user}");
        await _management.DeleteAsync($"api/vhosts/{VirtualHost}");
        _management.Dispose();
    }

    /// <summary>What the broker itself brings along (the default exchange, its bindings, amq.*) is left out.</summary>
    private async Task<JsonObject> All(string what, Func<JsonNode?, KeyValuePair<string, JsonNode>> entry) => new(
        (await _management.GetFromJsonAsync<JsonArray>($"api/{what}/{VirtualHost}"))!.Select(entry)
            .Where(pair => pair.Key.Length > 0 && !pair.Key.StartsWith("amq.", StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static string Text(JsonNode? row, string member) => row![member]!.GetValue<string>();

    private Task Grant(string user, string configure, string write, string read) =>
        Put($"api/permissions/{VirtualHost}/{user}", new { configure, write, read });

    private async Task Put(string path, object body)
    {
        using var answer = await _management.PutAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
    }
}
