using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlatExchange.Node.Hosting;
using RabbitMQ.Client;

namespace MlatExchange.Node.Tests.Exchange;

/// <summary><c>contracts/bus/README.md</c> held against a running broker; MlatExchange.Specs holds it against the definitions files.</summary>
public sealed partial class BusContract
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "contracts", "bus", "README.md"));

    [Fact]
    public async Task What_a_node_declares_is_what_the_page_shows()
    {
        await using var broker = await Broker.Open();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["XB"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        var (shown, declared) = (JsonNode.Parse(Example().Match(Page).Groups[1].Value)!.AsObject(), await broker.Topology());
        foreach (var (section, actual) in declared)
            Assert.True(JsonNode.DeepEquals(shown[section], actual), $"{section}: the page shows {shown[section]}, the broker has {actual}");
        foreach (var queue in shown["queues"]!.AsObject()) Assert.Equal("True", (await broker.Queue(queue.Key))["durable"]!.ToString());
    }

    [Fact]
    public async Task A_frame_has_the_properties_that_the_page_lists_and_no_other()
    {
        await using var broker = await Broker.Open();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["XB"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        await bus.Publish("XB", "sealed"u8.ToArray(), Guid.NewGuid(), CancellationToken.None);
        await using var link = await Broker.Connect(broker.Admin);
        await using var channel = await link.CreateChannelAsync();
        var frame = (await channel.BasicGetAsync("mlat.outgoing.xb", autoAck: true))!.BasicProperties;
        Assert.Equal(Listed().Matches(Page).Select(match => match.Groups[1].Value).Order(), Present(frame).Order());
    }

    [Fact]
    public void The_limits_that_the_page_states_are_those_of_the_node()
    {
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"at most {Node.Exchange.SealedMessage.MaxBytes:N0} bytes"), Page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{Bus.DeadLetterAge.TotalMilliseconds:N0} milliseconds"), Page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"handed out {Bus.DeliveryLimit} times"), Page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Present(IReadOnlyBasicProperties frame) => new (string Name, bool Is)[]
    {
        ("content_type", frame.IsContentTypePresent()), ("content_encoding", frame.IsContentEncodingPresent()), ("headers", frame.IsHeadersPresent()),
        ("delivery_mode", frame.IsDeliveryModePresent()), ("priority", frame.IsPriorityPresent()), ("correlation_id", frame.IsCorrelationIdPresent()), ("reply_to", frame.IsReplyToPresent()),
        ("expiration", frame.IsExpirationPresent()), ("message_id", frame.IsMessageIdPresent()), ("timestamp", frame.IsTimestampPresent()), ("type", frame.IsTypePresent()),
        ("user_id", frame.IsUserIdPresent()), ("app_id", frame.IsAppIdPresent()), ("cluster_id", frame.IsClusterIdPresent()),
    }.Where(property => property.Is).Select(property => property.Name);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlatExchange.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `([a-z]+(?:_[a-z]+)?)` \|", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
