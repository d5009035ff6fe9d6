using System.Security.Cryptography;
using System.Text;

namespace MlatExchange.Node.Exchange;

/// <summary>Event ids that follow from the message, or from the place a timer writes to, so that the store's unique index makes every effect happen once, whichever process tries and however often.</summary>
public static class MessageIds
{
    /// <summary>Of the event that settles what (iss, jti) came to.</summary>
    public static Guid Settled(string iss, string jti) => Of("mlat-message-v1", iss, jti);

    /// <summary>Of the event that notes a message as held.</summary>
    public static Guid Held(string digest) => Of("mlat-held-v1", digest);

    /// <summary>Of the event that notes a second story.</summary>
    public static Guid Equivocation(string digest) => Of("mlat-equivocation-v1", digest);

    /// <summary>Of the event that the node writes by itself at this place of a stream when its time has come.</summary>
    public static Guid Timed(string stream, long version) => Of("mlat-timer-v1", stream, version.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static Guid Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80); // RFC 9562 version 8
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
