using MlatExchange.Domain;
using MlatExchange.Node.Access;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Protocol;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;

namespace MlatExchange.Node.Exchange;

/// <summary>What work on a case needs on either side: the official's pseudonym, acts under the authority's key, and messages in the case's thread.</summary>
public sealed class CaseWork(
    Journal journal, Vault vault, Pseudonyms pseudonyms, Threads threads, SignMessage messages, CurrentTrust trust, NodeKeys keys, RandomSource random, TimeProvider time)
{
    public static readonly Rule NoActKey = new("no-act-key", "This node does not hold the authority's act key.", "design");

    public Journal Journal => journal;

    public Vault Vault => vault;

    public CurrentTrust Trust => trust;

    public RandomSource Random => random;

    /// <summary>Now, to the millisecond that formats keep.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The caller in a role; the pseudonym belongs to the case alone.</summary>
    public Official Acting(string keyId, HttpContext http, string role) => pseudonyms.Acting(keyId, Caller.Of(http.User), role);

    /// <summary>Signs an act with the authority's key, as node custody allows; null when the node does not hold it.</summary>
    public Act? SignAct(ActKind kind, ReadOnlySpan<byte> payload, string authority) =>
        keys.Acts.TryGetValue(authority, out var key) ? ThreadActs.Read(CompactJws.Sign(kind.Typ, payload, key)) : null;

    /// <summary>Who acts and for whom, as an act other than a request states it.</summary>
    public ActCore Core(string jurisdiction, string authority, string addresseeEntity)
    {
        var issuer = trust().Authority(jurisdiction, authority) ?? throw new InvalidOperationException("The acting authority is not in the trust list.");
        return new ActCore(issuer.Entity, [addresseeEntity], WireId.New(random), Now, new IssuerRef(issuer.Jurisdiction, issuer.Code, issuer.Kind));
    }

    /// <summary>A thread as it stands in the store, not as it is remembered.</summary>
    public async Task<LoadedThread> Thread(string id, CancellationToken cancellation)
    {
        threads.Forget(id);
        return await threads.Load(id, cancellation);
    }

    /// <summary>Signs the next messages of a thread, in order, and adds them with their vault entries to the group.</summary>
    /// <returns>Digests of the messages, in order.</returns>
    public async Task<IReadOnlyList<Digest>> Send(Group group, string thread, CancellationToken cancellation, params IReadOnlyList<Outgoing> outgoing)
    {
        var loaded = await Thread(thread, cancellation);
        var (version, stream, events) = (loaded.Version, loaded.Stream, new List<NewEvent>(outgoing.Count));
        var unwritten = new List<Act>();
        var digests = new List<Digest>(outgoing.Count);
        foreach (var message in outgoing)
        {
            var signed = await messages.Sign(loaded, message, unwritten, cancellation);
            unwritten.AddRange(message.Acts);
            loaded = signed.Thread;
            events.Add(signed.Event);
            group.Add(signed.Vault);
            digests.Add(signed.Digest);
        }
        group.Add(new StreamAppend(stream, version, events));
        return digests;
    }
}
