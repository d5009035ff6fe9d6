using MlatExchange.Domain.Transfers;
using MlatExchange.Node.Transfers;

namespace MlatExchange.Node.Evidence;

/// <summary>
/// The rule for half-written items, applied at the start and every hour. One stays while its transfer may still need it: at the supplier until nothing came for seven days
/// (<c>Evidence:IncompleteDays</c>) or the offer's time is over, at the holder while the transfer is in hand and
/// the item not complete.
/// </summary>
public sealed partial class IncompleteEvidence(
    IncomingFiles incoming, EvidenceFiles files, TransferDesk desk, Hosting.NodeSettings node, IConfiguration settings, TimeProvider clock, ILogger<IncompleteEvidence> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private TimeSpan Life => TimeSpan.FromDays(settings.GetValue("Evidence:IncompleteDays", 7.0));

    /// <summary>Until when an upload can go on if nothing more comes.</summary>
    public DateTimeOffset Expires(ReceiveContent.Awaited item)
    {
        var idle = (files.LastWrite(item.Transfer, item.Item.Ref) ?? clock.GetUtcNow()) + Life;
        return idle < item.ReleaseBy ? idle : item.ReleaseBy;
    }

    /// <summary>Whether so many bytes would not fit; a question of now, the disk decides when they come.</summary>
    public bool LacksRoom(long bytes)
    {
        Directory.CreateDirectory(node.Evidence);
        return new DriveInfo(node.Evidence).AvailableFreeSpace < bytes;
    }

    /// <summary>Applies the rule once; how many items went.</summary>
    public async Task<int> Sweep(CancellationToken cancellation)
    {
        var gone = 0;
        foreach (var (transfer, item) in incoming.All())
            if (!await MayGoOn(transfer, item, cancellation) && files.Discard(transfer, item)) gone++;
        return gone;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                try
                {
                    if (await Sweep(stoppingToken) is > 0 and var gone) Swept(gone);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    Failed(failure.GetType().Name);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the node stops
        }
    }

    private async Task<bool> MayGoOn(string transfer, string item, CancellationToken cancellation)
    {
        if ((await desk.Supplied(transfer, cancellation)).State is SuppliedTransfer.Prepared prepared)
            return prepared.Package.Items.Any(known => known.Ref == item)
                && clock.GetUtcNow() is var now && now < prepared.Package.ReleaseBy
                && incoming.LastWrite(transfer, item) is { } last && now - last < Life;
        return (await desk.Held(transfer, cancellation)).State is HeldTransfer.InHand inHand && inHand.Holding.Item(item) is not null && !inHand.Holding.Fetched.Contains(item);
    }

    [LoggerMessage(EventId = 4310, Level = LogLevel.Information, Message = "Half-written items removed: {Count}")]
    private partial void Swept(int count);

    [LoggerMessage(EventId = 4311, Level = LogLevel.Warning, Message = "Half-written items could not be looked at ({Fault}); tried again in an hour")]
    private partial void Failed(string fault);
}
