using System.Text.Json;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>A message as the vault keeps it, under <c>message/&lt;event id&gt;</c>: signed texts character for character, so that they still verify.</summary>
/// <param name="Message">Compact JWS.</param>
/// <param name="Acts">Compact JWSs of the acts beside it.</param>
/// <param name="Disclosures">Disclosed values (RFC 9901).</param>
/// <param name="Logged">For a received one: the sender's proof of logging.</param>
/// <param name="Verdict">For a received one: outcome, trust chain and custody, as found at the instant of receipt.</param>
public sealed record StoredMessage(
    string Message, IReadOnlyList<string> Acts, IReadOnlyList<string> Disclosures, LoggedProof? Logged = null, JsonElement? Verdict = null)
{
    public static string Reference(Guid eventId) => $"message/{eventId}";

    /// <summary>Shares of evidence lie apart, under <c>shares/&lt;event id&gt;</c>, because they go with the transfer's key and not with the case's.</summary>
    public static string SharesReference(Guid eventId) => $"shares/{eventId}";

    public VaultEntry Seal(Vault vault, Guid eventId, string keyId) =>
        vault.Seal(Reference(eventId), keyId, JsonSerializer.SerializeToUtf8Bytes(this, StrictJson.Options));

    public static VaultEntry SealShares(Vault vault, Guid eventId, string keyId, IReadOnlyList<string> shares) =>
        vault.Seal(SharesReference(eventId), keyId, JsonSerializer.SerializeToUtf8Bytes(shares, StrictJson.Options));

    public static StoredMessage Read(ReadOnlySpan<byte> opened) => JsonSerializer.Deserialize<StoredMessage>(opened, StrictJson.Options)!;

    public static IReadOnlyList<string> ReadShares(ReadOnlySpan<byte> opened) => JsonSerializer.Deserialize<string[]>(opened, StrictJson.Options)!;
}

/// <summary>Acts that were signed or accepted in a thread, read back from the vault.</summary>
public static class ThreadActs
{
    /// <summary>All of them by digest; those whose key was destroyed are left out.</summary>
    public static async Task<IReadOnlyDictionary<Digest, Act>> Load(Vault vault, LoadedThread thread, CancellationToken cancellation)
    {
        var references = thread.History.Acts.Values.Select(message => StoredMessage.Reference(message.EventId)).Distinct(StringComparer.Ordinal).ToArray();
        if (references.Length == 0) return new Dictionary<Digest, Act>();
        var opened = await vault.Open(references, cancellation);
        return opened.Values.SelectMany(entry => StoredMessage.Read(entry).Acts).Select(Read).DistinctBy(act => act.Digest).ToDictionary(act => act.Digest);
    }

    /// <summary>An act whose text was verified before it was stored, or that this node signed.</summary>
    public static Act Read(string text)
    {
        if (!CompactJws.TryRead(text, out var jws, out _) || ActKind.OfTyp(jws.Type) is not { } kind || !StrictJson.TryParse(jws.Payload, out var payload, out _))
            throw new InvalidOperationException("A stored act cannot be read.");
        using (payload)
        {
            var (act, _) = Act.Read(text, jws.KeyId, kind, payload.RootElement.Clone());
            return act ?? throw new InvalidOperationException("A stored act has not the shape of its kind.");
        }
    }
}
