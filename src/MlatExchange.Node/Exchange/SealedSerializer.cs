using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// The body on the bus is the sealed message, byte for byte, with content type <c>application/jose</c>. What else a frame carries is not read:
/// the broker is hostile, so no header decides anything and any content type is taken as this one.
/// </summary>
public sealed class SealedSerializer : ISerializerFactory, IMessageSerializer, IMessageDeserializer
{
    public static readonly SealedSerializer Instance = new();

    public ContentType ContentType { get; } = new("application/jose");

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class =>
        context.Message is SealedMessage message
            ? new BytesMessageBody(message.Bytes)
            : throw new NotSupportedException("Only sealed messages travel on the bus.");

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, new Context(receiveContext.Body, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) => new Context(body, destinationAddress);

    public void Probe(ProbeContext context) => context.CreateScope("jose").Add("contentType", ContentType.MediaType);

    private sealed class Context(MessageBody body, Uri? destination) : SystemTextJsonRawSerializerContext(
        SystemTextJsonMessageSerializer.Instance, SystemTextJsonMessageSerializer.Options, Instance.ContentType,
        new RawMessageContext(EmptyHeaders.Instance, destination!, RawSerializerOptions.AnyMessageType), [], RawSerializerOptions.AnyMessageType, default(JsonElement))
    {
        public override bool TryGetMessage<T>(out T? message) where T : class
        {
            message = typeof(T) == typeof(SealedMessage) ? (T)(object)new SealedMessage(body.GetBytes()) : null;
            return message is not null;
        }

        public override bool TryGetMessage(Type messageType, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out object? message)
        {
            message = messageType == typeof(SealedMessage) ? new SealedMessage(body.GetBytes()) : null;
            return message is not null;
        }
    }
}
