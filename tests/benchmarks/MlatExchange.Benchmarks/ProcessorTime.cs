using System.Diagnostics;
using System.Globalization;

namespace MlatExchange.Benchmarks;

/// <summary>
/// Processor time of this process, of the database's server and of the broker, where they run on this machine and /proc tells. On a busy machine it says more than a
/// rate: what else runs takes from the rate, and more from the side that has fewer processes.
/// </summary>
internal sealed class ProcessorTime
{
    private const double MillisecondsPerTick = 10; // USER_HZ is 100 wherever Linux runs
    private readonly string? postmaster;
    private readonly string? broker;

    private ProcessorTime(string? postmaster, string? broker) => (this.postmaster, this.broker) = (postmaster, broker);

    /// <param name="broker">Process id of the broker; null where there is none.</param>
    public static async Task<ProcessorTime> Of(BenchmarkDatabase database, string? broker = null) => new(
        Stat((await database.Scalar<int>("select pg_backend_pid()")).ToString(CultureInfo.InvariantCulture)) is { } backend && backend.Name == "postgres" ? backend.Parent : null,
        broker is not null && Stat(broker)?.Name.StartsWith("beam", StringComparison.Ordinal) == true ? broker : null);

    /// <summary>What was spent so far. The figures of a server that is elsewhere are NaN.</summary>
    public Spent Now() => new(Client(), Database(), broker is not null && Stat(broker) is { } beam ? beam.Own : double.NaN);

    /// <summary>Microseconds of the client and of the server for each piece of work; the server's is NaN when it is elsewhere.</summary>
    public async Task<(double Client, double Server)> PerPiece(Func<Task<double>> rate, double seconds)
    {
        var before = Now();
        var pieces = await rate() * seconds;
        var spent = Now() - before;
        return (spent.Client * 1000 / pieces, spent.Database * 1000 / pieces);
    }

    private static double Client()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalMilliseconds;
    }

    // The postmaster keeps the time of backends that have ended.
    private double Database() => postmaster is null ? double.NaN : Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => char.IsAsciiDigit(name![0])).Select(pid => (Pid: pid, Stat: Stat(pid!)))
        .Sum(process => process.Pid == postmaster ? process.Stat?.Own + process.Stat?.Ended ?? 0 : process.Stat?.Parent == postmaster ? process.Stat?.Own ?? 0 : 0);

    private static (string Name, string Parent, double Own, double Ended)? Stat(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            double Ticks(int at) => MillisecondsPerTick * double.Parse(fields[at], CultureInfo.InvariantCulture);
            return (text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..text.LastIndexOf(')')], fields[1], Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));
        }
        catch (IOException)
        {
            return null; // elsewhere, or ended meanwhile
        }
    }
}

/// <summary>Processor time, milliseconds.</summary>
internal readonly record struct Spent(double Client, double Database, double Broker)
{
    public double Total => Client + Database + Broker;

    public static Spent operator -(Spent later, Spent earlier) => new(later.Client - earlier.Client, later.Database - earlier.Database, later.Broker - earlier.Broker);

    public static Spent operator /(Spent spent, double pieces) => new(spent.Client / pieces, spent.Database / pieces, spent.Broker / pieces);
}
