using MlatExchange.Node.Hosting;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;

namespace MlatExchange.Benchmarks.Drivers;

/// <summary>
/// Appends and loads through the drivers of the storage side by side, on the same tables with the same triggers; and appends beside other event stores on the same
/// server, where their packages are installed.
/// </summary>
internal static class DriverRates
{
    private const int EventsPerStream = 100, Streams = 32;

    public static async Task Run(Options options)
    {
        var (writers, seconds, rounds) = (options.Whole("--writers", 8), options.Number("--seconds", 4), options.Whole("--rounds", 5));
        await using var database = await BenchmarkDatabase.Create();
        var bell = new LogBell { SequencerIsHere = true };
        await using var postgres = new PostgresEventStore(database.App, bell);
        Task<double> Own() => AppendRate.Own(postgres, writers, seconds);
#if USE_MARTEN
        var marten = StoreDriver.Of("marten")(database.App, bell);
        var streams = await Fill(postgres);
        Task<double> Theirs() => AppendRate.Own(marten, writers, seconds);
        Task<double> OwnLoad() => Load(postgres, streams, writers, seconds);
        Task<double> TheirLoad() => Load(marten, streams, writers, seconds);
        await Rounds.Compare($"append, {writers} writers", "postgres", "Marten", 1.5, rounds, Own, Theirs);
        await Rounds.Compare($"load of {EventsPerStream} events, {writers} readers", "postgres", "Marten", 1, rounds, OwnLoad, TheirLoad);
        var time = await ProcessorTime.Of(database);
        await SayTime("append", time, rounds, seconds, Own, Theirs);
        await SayTime($"load of {EventsPerStream} events", time, rounds, seconds, OwnLoad, TheirLoad);
        await ((IAsyncDisposable)marten).DisposeAsync();
#else
        Rounds.Say($"Marten: not built (-p:UseMarten=true), left out");
#endif
        if (OtherStores.Folder is not { } modules)
        {
            Rounds.Say($"Message DB, Emmett: not installed (npm ci in tests/benchmarks/beside), left out");
            return;
        }
        await using (var messageDb = await MessageDb.Install(database, modules))
            await Rounds.Compare($"append, {writers} writers", "postgres", "Message DB", 1.5, rounds, Own, () => messageDb.Append(writers, seconds));
        await Rounds.Compare($"append, {writers} writers", "postgres", "Emmett", 1.5, rounds, Own, () => OtherStores.Emmett(database, writers, seconds));
    }

    private static async Task SayTime(string what, ProcessorTime time, int rounds, double seconds, Func<Task<double>> own, Func<Task<double>> theirs)
    {
        var measured = new List<((double Client, double Server) Own, (double Client, double Server) Theirs)>();
        for (var round = 0; round < rounds; round++)
        {
            var other = await time.PerPiece(theirs, seconds);
            measured.Add((await time.PerPiece(own, seconds), other));
        }
        var ratios = measured.ConvertAll(m => (m.Theirs.Client + m.Theirs.Server) / (m.Own.Client + m.Own.Server));
        Rounds.Say($"processor time, {what}: postgres {Rounds.Median(measured.ConvertAll(m => m.Own.Client)):N0} us client + {Rounds.Median(measured.ConvertAll(m => m.Own.Server)):N0} us server, Marten {Rounds.Median(measured.ConvertAll(m => m.Theirs.Client)):N0} + {Rounds.Median(measured.ConvertAll(m => m.Theirs.Server)):N0}, Marten by ours {Rounds.Median(ratios):F2} [{ratios.Min():F2} .. {ratios.Max():F2}]");
    }

    private static async Task<string[]> Fill(PostgresEventStore store)
    {
        var streams = Enumerable.Range(0, Streams).Select(_ => $"request-{Guid.CreateVersion7()}").ToArray();
        foreach (var stream in streams)
            await store.Append(Append.To(stream, 0, [.. Enumerable.Range(0, EventsPerStream).Select(_ => AppendRate.Event())]));
        return streams;
    }

    private static Task<double> Load(IEventStore store, string[] streams, int readers, double seconds) => AppendRate.Rate(readers, seconds, async unfinished =>
    {
        var loads = 0L;
        for (; unfinished(); loads++)
        {
            if ((await store.Load(streams[loads % Streams])).Count != EventsPerStream)
                throw new InvalidOperationException("A stream was not loaded whole.");
        }
        return loads;
    });
}
