using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record MessageBody
{
    /// <summary>The executing side has received and registered a request (EIO Art 16(1)).</summary>
    /// <param name="InReplyTo">The request act.</param>
    /// <param name="Authority">The authority that deals with it.</param>
    public sealed record Acknowledgement(ActRef InReplyTo, string Authority) : MessageBody
    {
        internal static readonly Shape.Struct Shape = new(Must("inReplyTo", Shapes.ActRef), Must("authority", Shapes.Authority));

        private protected override MessageKind TheKind => MessageKind.Acknowledgement;
    }
}
