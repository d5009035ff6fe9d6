using System.Diagnostics;
using System.Globalization;

namespace MlatExchange.Benchmarks.Drivers;

/// <summary>
/// Processor time of this process and of the server's, where the server runs on this machine and /proc tells. On a busy machine it says more than a rate: what else
/// runs takes from the rate, and more from the side that has fewer processes.
/// </summary>
internal sealed class ProcessorTime
{
    private const double MillisecondsPerTick = 10; // USER_HZ is 100 wherever Linux runs
    private readonly string? postmaster;

    private ProcessorTime(string? postmaster) => this.postmaster = postmaster;

    public static async Task<ProcessorTime> Of(BenchmarkDatabase database) =>
        new(Stat((await database.Scalar<int>("select pg_backend_pid()")).ToString(CultureInfo.InvariantCulture)) is { } backend && backend.Name == "postgres" ? backend.Parent : null);

    /// <summary>Microseconds of the client and of the server for each piece of work; the server's is NaN when it is elsewhere.</summary>
    public async Task<(double Client, double Server)> PerPiece(Func<Task<double>> rate, double seconds)
    {
        var (client, server) = (Client(), Server());
        var pieces = await rate() * seconds;
        return ((Client() - client) * 1000 / pieces, (Server() - server) * 1000 / pieces);
    }

    private static double Client() => Process.GetCurrentProcess().TotalProcessorTime.TotalMilliseconds;

    // The postmaster keeps the time of backends that have ended.
    private double Server() => postmaster is null ? double.NaN : MillisecondsPerTick * Directory.GetDirectories("/proc").Select(Path.GetFileName)
        .Where(name => char.IsAsciiDigit(name![0])).Select(pid => (Pid: pid, Stat: Stat(pid!)))
        .Sum(process => process.Pid == postmaster ? process.Stat?.Own + process.Stat?.Ended ?? 0 : process.Stat?.Parent == postmaster ? process.Stat?.Own ?? 0 : 0);

    private static (string Name, string Parent, double Own, double Ended)? Stat(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            double Ticks(int at) => double.Parse(fields[at], CultureInfo.InvariantCulture);
            return (text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..text.LastIndexOf(')')], fields[1], Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));
        }
        catch (IOException)
        {
            return null; // elsewhere, or ended meanwhile
        }
    }
}
