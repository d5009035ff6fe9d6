using MlatExchange.Domain;
using MlatExchange.Domain.Retention;
using MlatExchange.Node.Exchange;
using MlatExchange.Node.Recording;
using MlatExchange.Node.Storage;
using MlatExchange.Node.Transfers;
using Npgsql;

namespace MlatExchange.Node.Retention;

/// <summary>
/// Orders the end of keys whose term runs out: those of days, of unknown threads, those made anew for what came after their case was erased, and those of transfers
/// that a closing missed. Also forgets the bytes of
/// quarantined messages that no key of this node opens any more. Looks at the start and every hour.
/// </summary>
public sealed partial class KeysInTime(
    KeyStore keys, Journal journal, NpgsqlDataSource database, NodeIdentity node, QuarantinedBodies bodies, IConfiguration settings, TimeProvider clock, ILogger<KeysInTime> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>One look at everything.</summary>
    /// <returns>How many ends were ordered.</returns>
    public async Task<int> Look(CancellationToken cancellation)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var (erased, official, ordered) = (await Erased(cancellation), new Official(new("node"), "node", node.Jurisdiction), 0);
        foreach (var keyId in keys.List())
        {
            if (!erased.Contains(keyId) && KeyTerms.Ends(keyId, now, false) is null) continue; // ends by decision: its file need not be opened
            if (keys.Find(keyId) is not { } key || KeyTerms.Ends(keyId, key.MadeAt, erased.Contains(keyId)) is not { } ends) continue;
            if (KeyTerms.Order(ends, OrderDestructionEndpoint.ObjectionTime(settings), official, now) is not { } order) continue;
            var group = journal.Begin(keyId);
            await EndKeyStep.Order(journal, group, new(keyId, order, now), null, cancellation);
            if (!group.IsEmpty && await journal.TryAppend(group, cancellation)) ordered++;
        }
        foreach (var keyId in await LeftBehind(cancellation))
        {
            if (keys.Find(keyId) is null) continue;
            var group = journal.Begin(keyId);
            var order = new ErasureOrder([], 1, official, ErasureGround.CaseClosed, "LED 4(1)(e)", Erasure.NotBefore(ErasureGround.CaseClosed, now, OrderDestructionEndpoint.ObjectionTime(settings)));
            await EndKeyStep.Order(journal, group, new(keyId, order, now), null, cancellation);
            if (!group.IsEmpty && await journal.TryAppend(group, cancellation)) ordered++;
        }
        await bodies.Forget(now, cancellation);
        return ordered;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(failure.GetType().Name);
            }
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Keys of transfers that came to be in the very moment in which their case was closed, so that the closing did not name them.</summary>
    private async Task<List<string>> LeftBehind(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select t.stream from read.cases c join read.cases t on t.case_stream = c.stream
            where c.state = 'closed' and not exists (select from read.cases e where e.stream = 'erasure-' || t.stream)
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var left = new List<string>();
        while (await reader.ReadAsync(cancellation)) left.Add(reader.GetString(0));
        return left;
    }

    private async Task<HashSet<string>> Erased(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select id from read.cases where kind = 'erasure' and state = 'final'");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var erased = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) erased.Add(reader.GetString(0));
        return erased;
    }

    [LoggerMessage(EventId = 4320, Level = LogLevel.Error, Message = "Keys whose term ran out could not be looked for ({Fault}); tried again in an hour")]
    private partial void Failed(string fault);
}
