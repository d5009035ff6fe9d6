using System.Diagnostics;
using System.Text;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Hosting;
using RabbitMQ.Client;

namespace MlatExchange.Node.Tests.Exchange;

public sealed class BusFrames
{
    private static readonly byte[] Sealed = Encoding.ASCII.GetBytes("eyJhbGciOiJFQ0RILUVTK0EyNTZLVyJ9.a.b.c.d");

    [Fact]
    public async Task A_raw_frame_carries_the_sealed_message_a_random_id_and_nothing_that_tells_a_story()
    {
        await using var broker = await Broker.Open();
        using var everything = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(everything);
        using var traced = new Activity("test").SetBaggage("case", "must-not-travel").Start();

        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["xb"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        var id = Guid.NewGuid();
        await bus.Publish("xb", Sealed, id, CancellationToken.None);

        await using var foreign = await Broker.Connect(broker.Admin);
        await using var channel = await foreign.CreateChannelAsync();
        var frame = await channel.BasicGetAsync("mlat.outgoing.xb", autoAck: true);
        Assert.NotNull(frame);
        Assert.Equal(Sealed, frame.Body.ToArray());
        Assert.Equal("mlat.outgoing.xb", frame.RoutingKey);
        var properties = frame.BasicProperties;
        Assert.Equal("application/jose", properties.ContentType);
        Assert.Equal(id.ToString(), properties.MessageId);
        Assert.Equal(DeliveryModes.Persistent, properties.DeliveryMode);
        Assert.Empty((properties.Headers?.Keys ?? []).Except(["x-dotnet-pub-seq-no", "x-delivery-count"]));
        Assert.False(properties.IsUserIdPresent() || properties.IsAppIdPresent() || properties.IsCorrelationIdPresent() || properties.IsReplyToPresent()
            || properties.IsTypePresent() || properties.IsTimestampPresent() || properties.IsClusterIdPresent() || properties.IsContentEncodingPresent()
            || properties.IsPriorityPresent() || properties.IsExpirationPresent());
    }

    [Fact]
    public async Task What_arrives_is_taken_whatever_its_frame_says()
    {
        await using var broker = await Broker.Open();
        var taken = new TaskCompletionSource<(string, byte[])>();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["xb"], (from, bytes, _) => { taken.TrySetResult((from, bytes)); return Task.CompletedTask; });
        await bus.Start(CancellationToken.None);

        await using var foreign = await Broker.Connect(broker.Admin);
        await using var channel = await foreign.CreateChannelAsync();
        var hostile = new BasicProperties
        {
            ContentType = "not a type", MessageId = "../../x", CorrelationId = "\r\n",
            Headers = new Dictionary<string, object?> { ["MT-Source-Address"] = "::", ["MT-MessageType"] = "urn:message:X", ["traceparent"] = "00-1-2-3", ["MT-Host-Info"] = "{" },
        };
        await channel.BasicPublishAsync("mlat.incoming.xb", "", false, hostile, Sealed);

        var (counterpart, bytes) = await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("xb", counterpart);
        Assert.Equal(Sealed, bytes);
    }

    [Fact]
    public async Task A_message_no_queue_takes_counts_as_not_sent()
    {
        await using var broker = await Broker.Open();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["xb"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        await bus.Publish("xb", Sealed, Guid.NewGuid(), CancellationToken.None);

        await using var admin = await Broker.Connect(broker.Admin);
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueueDeleteAsync("mlat.outgoing.xb");

        await Assert.ThrowsAnyAsync<Exception>(() => bus.Publish("xb", Sealed, Guid.NewGuid(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_message_over_the_size_limit_is_refused_before_it_is_sent()
    {
        await using var broker = await Broker.Open();
        await using var bus = Bus.RabbitMq(await broker.NodeUser(), ["xb"], (_, _, _) => Task.CompletedTask);
        await bus.Start(CancellationToken.None);
        await bus.Publish("xb", new byte[SealedMessage.MaxBytes], Guid.NewGuid(), CancellationToken.None);
        await Assert.ThrowsAsync<SealedMessageTooLargeException>(
            () => bus.Publish("xb", new byte[SealedMessage.MaxBytes + 1], Guid.NewGuid(), CancellationToken.None));
    }
}
