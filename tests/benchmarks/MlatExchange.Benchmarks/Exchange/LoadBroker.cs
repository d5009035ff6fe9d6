using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using RabbitMQ.Client;

namespace MlatExchange.Benchmarks.Exchange;

/// <summary>A virtual host of its own on the broker that MLAT_TEST_RABBITMQ names, removed at the end. Both ways that are compared use it.</summary>
internal sealed class LoadBroker : IAsyncDisposable
{
    private readonly HttpClient _management;
    private readonly string _virtualHost = "bench-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private LoadBroker(Uri amqp, Uri management)
    {
        Address = new UriBuilder(amqp) { Path = "/" + _virtualHost }.Uri;
        _management = new HttpClient { BaseAddress = new Uri(management, "/") };
        _management.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
    }

    public Uri Address { get; }

    public static async Task<LoadBroker> Create()
    {
        var broker = new LoadBroker(Variable("MLAT_TEST_RABBITMQ"), Variable("MLAT_TEST_RABBITMQ_MANAGEMENT"));
        await broker.Put($"api/vhosts/{broker._virtualHost}", new { });
        await broker.Put(
            $"api/permissions/{broker._virtualHost}/{Uri.UnescapeDataString(broker.Address.UserInfo.Split(':')[0])}",
            new { configure = ".*", write = ".*", read = ".*" });
        return broker;
    }

    public Task<IConnection> Connect() => new ConnectionFactory { Uri = Address }.CreateConnectionAsync();

    /// <summary>Process id of the broker's own process, on its machine.</summary>
    public async Task<string?> Process() => (await _management.GetFromJsonAsync<BrokerNode[]>("api/nodes?columns=os_pid"))?.FirstOrDefault()?.ProcessId;

    public async ValueTask DisposeAsync()
    {
        using (await _management.DeleteAsync($"api/vhosts/{_virtualHost}"))
            _management.Dispose();
    }

    private static Uri Variable(string name) =>
        new(Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set."));

    private async Task Put(string path, object body)
    {
        using var answer = await _management.PutAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }

    private sealed record BrokerNode([property: JsonPropertyName("os_pid")] string ProcessId);
}
