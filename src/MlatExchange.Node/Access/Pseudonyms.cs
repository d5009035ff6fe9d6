using System.Text;
using MlatExchange.Domain;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Access;

/// <summary>
/// The official as events may show them. A keyed function of the case's own random key, so two cases share no pseudonym, nobody without the key can link one to a person,
/// and with the key's destruction the link is gone; and four eyes can still tell two people apart without a lookup.
/// </summary>
public sealed class Pseudonyms(KeyStore keys)
{
    /// <param name="keyId">The case's data key, made when there is none.</param>
    public OfficialId Of(string keyId, string subject)
    {
        byte[] message = [.. "mlat-pseudonym-v1\0"u8, .. Encoding.UTF8.GetBytes(subject)];
        return new(System.Buffers.Text.Base64Url.EncodeToString(keys.Mac(keyId, message).AsSpan(0, 16)));
    }

    public Official Acting(string keyId, Caller caller, string role) => new(Of(keyId, caller.Subject), role, caller.Authority);
}
