using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;

namespace MlatExchange.Scenarios;

/// <summary>Virtual hosts of their own on a broker, with the users and links that jurisdictions have between them; gone at the end.</summary>
public sealed class Broker : IAsyncDisposable
{
    private readonly string run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
    private readonly Uri address;
    private readonly HttpClient management;
    private readonly List<string> made = [];

    /// <param name="amqp">The broker, as its administrator reaches it.</param>
    /// <param name="http">Its management interface, likewise.</param>
    public Broker(Uri amqp, Uri http)
    {
        address = amqp;
        management = new HttpClient { BaseAddress = new Uri(http, "/") };
        management.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(http.UserInfo))));
    }

    public string Vhost(string code) => $"s-{run}-{code}";

    /// <summary>The administrator's address of a virtual host.</summary>
    public Uri Admin(string code) => new UriBuilder(address) { Path = "/" + Vhost(code) }.Uri;

    public async Task CreateVhost(string code)
    {
        await Make($"api/vhosts/{Vhost(code)}", new { default_queue_type = "quorum" });
        await Put($"api/permissions/{Vhost(code)}/{Uri.UnescapeDataString(address.UserInfo.Split(':')[0])}", new { configure = ".*", write = ".*", read = ".*" });
    }

    /// <summary>The node's own user: declares and writes the queues of the exchange, reads what comes in.</summary>
    public Task<Uri> NodeUser(string code) => User(code, "node", @"^mlat\.(outgoing|incoming)\.", @"^mlat\.(outgoing|incoming)\.", @"^mlat\.incoming\.");

    /// <summary>Defined at the receiver, which fetches what the other side has for it. Both nodes must have declared their queues.</summary>
    public async Task Shovel(string from, string to)
    {
        var source = await User(from, $"link-{to}", "^$", "^$", $@"^mlat\.outgoing\.{to}$");
        var target = await User(to, $"receiver-{from}", "^$", $@"^mlat\.incoming\.{from}$", "^$");
        await Put($"api/parameters/shovel/{Vhost(to)}/from-{from}", new
        {
            value = new Dictionary<string, object>
            {
                ["src-protocol"] = "amqp091", ["src-uri"] = source.ToString(), ["src-queue"] = $"mlat.outgoing.{to}",
                ["src-queue-args"] = new Dictionary<string, object> { ["x-queue-type"] = "quorum" }, ["src-prefetch-count"] = 256,
                ["dest-protocol"] = "amqp091", ["dest-uri"] = target.ToString(), ["dest-exchange"] = $"mlat.incoming.{from}",
                ["dest-add-forward-headers"] = false, ["dest-add-timestamp-header"] = false, ["ack-mode"] = "on-confirm", ["reconnect-delay"] = 1,
            },
        });
    }

    /// <summary>How many messages of a queue nobody has in hand.</summary>
    public async Task<uint> Waiting(string code, string queue)
    {
        await using var connection = await Connect(code);
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    /// <summary>The administrator at a virtual host: may read and write everything there, as whoever runs the broker can.</summary>
    public Task<IConnection> Connect(string code) => new ConnectionFactory { Uri = Admin(code) }.CreateConnectionAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var path in Enumerable.Reverse(made)) (await management.DeleteAsync(path)).Dispose();
        management.Dispose();
    }

    private async Task<Uri> User(string code, string use, string configure, string write, string read)
    {
        var (name, password) = ($"s-{run}-{code}-{use}", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
        await Make($"api/users/{name}", new { password, tags = "" });
        await Put($"api/permissions/{Vhost(code)}/{name}", new { configure, write, read });
        return new UriBuilder(address) { Path = "/" + Vhost(code), UserName = name, Password = password }.Uri;
    }

    private async Task Make(string path, object body)
    {
        await Put(path, body);
        made.Add(path);
    }

    private async Task Put(string path, object body)
    {
        using var answer = await management.PutAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path.Split('/')[1]}: {answer.StatusCode}");
    }
}
