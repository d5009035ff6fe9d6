using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Node.Assessment;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Jurisdictions;

/// <summary>At start: where the node has other rule packs than when it last started, the log says so, once however many processes start.</summary>
public sealed class PacksInUse(Journal journal, PackFiles files, NodeSettings node, TimeProvider time) : IHostedService
{
    private const int Attempts = 10;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var stream = JurisdictionEvent.StreamName(node.Jurisdiction);
        for (var tries = 0; tries < Attempts; tries++)
        {
            var known = await journal.Load<JurisdictionState, JurisdictionEvent>(stream, JurisdictionState.Initial, JurisdictionState.Evolve, cancellationToken);
            var decision = new RecordRulePacks(files.InUse, DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds())).Decide(known.State);
            // No case, so no data key: nothing of this event is committed or sealed.
            var group = journal.Begin("").Add(stream, known.Version, decision, new PackCodes([.. files.InUse.Select(pack => $"{pack.Pack} {pack.Digest}")]), new Dictionary<string, string>());
            if (await journal.TryAppend(group, cancellationToken)) return;
        }

        throw new InvalidOperationException("Another process of this node keeps recording other rule packs: all of them must load the same.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What the log keeps readable for ever: id, version and digest of every pack.</summary>
public sealed record PackCodes(IReadOnlyList<string> RulePacks) : ClearCodes;
