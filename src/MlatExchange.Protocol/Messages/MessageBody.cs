using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlatExchange.Protocol.Messages;

/// <summary>What a message says beyond its core. A closed set; a message that carries an act has no body of its own.</summary>
public abstract partial record MessageBody
{
    private MessageBody()
    {
    }

    /// <summary>The kind of message this is the body of.</summary>
    [JsonIgnore]
    public MessageKind Kind => TheKind;

    private protected abstract MessageKind TheKind { get; }

    /// <summary>A message that only carries an act of the same name (or, for a preservation request, a request act).</summary>
    public sealed record Carrier(MessageKind MessageKind) : MessageBody
    {
        private protected override MessageKind TheKind => MessageKind;
    }

    /// <summary>A kind whose members this version checks and carries but does not name one by one.</summary>
    public sealed record Other(MessageKind MessageKind, JsonElement Members) : MessageBody
    {
        private protected override MessageKind TheKind => MessageKind;
    }
}
