using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Retention;

/// <summary>
/// Carries out an ordered end of a data key: the key, then, when the epoch is over and its key destroyed too, the word that it is final. Each step is recorded after it is
/// done, and doing one again is no error, so a crash anywhere resumes where it was. No opening is kept of these events: it would lie under a key that ends.
/// </summary>
public sealed class EndKeyStep(Journal journal, KeyStore keys, FreshStart fresh, TimeProvider time)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <returns>Whether there is nothing left to do for the key at the moment.</returns>
    public async Task<bool> Run(string keyId, CancellationToken cancellation)
    {
        var loaded = await Load(journal, keyId, cancellation);
        Decision<KeyErasureEvent> decision;
        switch (loaded.State.Next(Now))
        {
            case ErasureStep.DestroyKey:
                decision = new RecordDataKeyDestroyed(keys.Destroy(keyId), Now).Decide(loaded.State);
                MemoryOfTheDead.Release();
                break;
            case ErasureStep.Complete:
                keys.Roll(); // now at the latest the epoch's key is gone, also where no process ran when it ended
                // The key is destroyed; what lay under it may still be in the memory of a process that lived then.
                if (keyId.StartsWith(KeyTerms.Case, StringComparison.Ordinal) && fresh.IsNeeded(await DestroyedAt(loaded.Stream, cancellation)))
                {
                    fresh.Want();
                    return true;
                }
                decision = new FinishKeyErasure(Now).Decide(loaded.State);
                break;
            default:
                return true;
        }
        await journal.TryAppend(journal.Begin(keyId).Add(loaded.Stream, loaded.Version, decision, null, Nothing), cancellation);
        return false;
    }

    /// <summary>Adds the order to what a command writes, so that both are written or neither.</summary>
    public static async Task Order(Journal journal, Group group, OrderKeyErasure order, ClearCodes? codes, CancellationToken cancellation)
    {
        var loaded = await Load(journal, order.Key, cancellation);
        group.Add(loaded.Stream, loaded.Version, order.Decide(loaded.State), codes, Nothing);
    }

    private static Task<Loaded<KeyErasure>> Load(Journal journal, string keyId, CancellationToken cancellation) =>
        journal.Load<KeyErasure, KeyErasureEvent>(KeyErasure.StreamName(keyId), KeyErasure.Initial, KeyErasure.Evolve, cancellation);

    private async Task<DateTimeOffset> DestroyedAt(string stream, CancellationToken cancellation) =>
        (await journal.History<KeyErasureEvent>(stream, cancellation)).Select(entry => entry.Event).OfType<KeyErasureEvent.DataKeyDestroyed>().Last().At;

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
