namespace MlatExchange.Node.Exchange;

/// <summary>One sealed message as it stands on the bus: the bytes of a compact JWE and nothing beside them.</summary>
/// <param name="Bytes">ASCII of the compact JWE when we send; whatever the broker handed over when we receive.</param>
public sealed record SealedMessage(byte[] Bytes)
{
    /// <summary>Most bytes a sealed message may have: an envelope padded to 256 KiB, in Base64url, with the other four parts of a compact JWE.</summary>
    public const int MaxBytes = 352 * 1024;
}

/// <summary>Thrown before anything is sent when a sealed message is larger than the wire allows; evidence travels by reference.</summary>
public sealed class SealedMessageTooLargeException(int bytes)
    : Exception($"A sealed message of {bytes} bytes is over the limit of {SealedMessage.MaxBytes}.");

/// <summary>
/// Takes one delivery from the queue of <paramref name="counterpart"/> (a jurisdiction code). The delivery is acknowledged to the broker when
/// the task completes and given back when it fails, so the task completes only once the bytes are stored durably.
/// </summary>
public delegate Task TakeDelivery(string counterpart, byte[] sealedMessage, CancellationToken stopping);
