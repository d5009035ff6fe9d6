using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Scenarios;

/// <summary>Virtual hosts of their own on the test broker, with the users and links that two jurisdictions have between them; gone at the end.</summary>
public sealed class Broker : IAsyncDisposable
{
    private readonly string run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
    private readonly HttpClient management;
    private readonly List<string> made = [];

    public Broker()
    {
        management = new HttpClient { BaseAddress = new Uri(Servers.Management, "/") };
        management.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Servers.Management.UserInfo))));
    }

    public string Vhost(string code) => $"s-{run}-{code}";

    /// <summary>The administrator's address of a virtual host.</summary>
    public Uri Admin(string code) => new UriBuilder(Servers.RabbitMq) { Path = "/" + Vhost(code) }.Uri;

    public Task CreateVhost(string code) => Make($"api/vhosts/{Vhost(code)}", new { default_queue_type = "quorum" });

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
        return new UriBuilder(Servers.RabbitMq) { Path = "/" + Vhost(code), UserName = name, Password = password }.Uri;
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
