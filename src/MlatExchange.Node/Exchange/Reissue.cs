using System.Text.Json;
using MlatExchange.Domain.Threads;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>
/// Says again what arrived too late to be acted on (step 13): the same acts, body, disclosures and shares as a new message at the next place, which names the one it supersedes.
/// Acts do not age, so no official signs anew. Two clocks that are a week apart do not answer each other for ever: the slow one refuses receipts from the future.
/// </summary>
public sealed class Reissue(IEventStore store, Vault vault)
{
    /// <param name="sent">Our message that the other side calls stale.</param>
    /// <param name="counterpart">Code of the other side's jurisdiction.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null also where its text or its shares ended with their key, and for what only spoke of its own moment.</returns>
    public async Task<Outgoing?> Of(ThreadMessage sent, string counterpart, CancellationToken cancellation)
    {
        if (await vault.Open(StoredMessage.Reference(sent.EventId), cancellation) is not { } opened) return null;
        var stored = StoredMessage.Read(opened);
        var message = Read(stored.Message);
        if (message.Kind == MessageKind.ResendRequest || message.Kind.Thread == ThreadRule.Link) return null;

        var reference = StoredMessage.SharesReference(sent.EventId);
        var sharesKey = await vault.KeyOf(reference, cancellation);
        var shares = sharesKey is null ? null : await vault.Open(reference, cancellation);
        if (sharesKey is not null && shares is null) return null;
        return new(MessagePayload.BodyOf(message), counterpart, sent.Key)
        {
            Case = sent.Case,
            Acts = [.. stored.Acts.Select(ThreadActs.Read)],
            Shares = shares is null ? [] : StoredMessage.ReadShares(shares),
            SharesKey = sharesKey,
            Disclosures = stored.Disclosures,
            Codes = await Codes(sent.EventId, cancellation),
            Supersedes = message.Digest,
        };
    }

    /// <summary>What the first one's leaf keeps clear.</summary>
    private async Task<CaseCodes?> Codes(Guid eventId, CancellationToken cancellation)
    {
        var signed = (await store.Read([eventId], cancellation))[0];
        using var headers = JsonDocument.Parse(signed.Headers);
        return headers.RootElement.GetProperty("leaf").TryGetProperty("clear", out var clear) ? clear.Deserialize<CaseCodes>(Domain.EventJson.Options) : null;
    }

    private static Message Read(string text)
    {
        if (!CompactJws.TryRead(text, out var jws, out _) || MessageKind.OfTyp(jws.Type) is not { } kind || !StrictJson.TryParse(jws.Payload, out var payload, out _))
            throw new InvalidOperationException("A message of our own cannot be read.");
        using (payload)
            return Message.Read(text, jws.KeyId, kind, payload.RootElement.Clone()).Message ?? throw new InvalidOperationException("A message of our own has not the shape of its kind.");
    }
}
