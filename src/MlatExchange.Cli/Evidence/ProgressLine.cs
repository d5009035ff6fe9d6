using System.Globalization;

namespace MlatExchange.Cli.Evidence;

/// <summary>
/// How far a long piece of work is: percent, bytes, pace and time left. On a terminal one line that is written anew five times a second; elsewhere a plain line every ten seconds,
/// so that a log stays readable and a short piece of work says nothing.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly Workplace workplace;
    private readonly string what;
    private readonly long total;
    private readonly long begun;
    private readonly long start;
    private long said;
    private bool open;

    /// <param name="what">Such as "seal i1".</param>
    /// <param name="total">Bytes in all.</param>
    /// <param name="begun">Bytes that were there before; they do not count for the pace.</param>
    internal ProgressLine(Workplace workplace, string what, long total, long begun = 0)
    {
        (this.workplace, this.what, this.total, this.begun) = (workplace, what, total, begun);
        start = said = workplace.Clock.GetTimestamp();
    }

    /// <summary>So many bytes are done, of all.</summary>
    internal void At(long done)
    {
        if (workplace.Clock.GetElapsedTime(said) < (workplace.Terminal ? OnTerminal : Elsewhere))
        {
            return;
        }
        said = workplace.Clock.GetTimestamp();
        var line = Text(what, done, total, (done - begun) / Math.Max(0.001, workplace.Clock.GetElapsedTime(start).TotalSeconds), workplace.Terminal);
        if (workplace.Terminal)
        {
            workplace.Error.Write($"\r{line}\u001b[K"); // to the start of the line, and what was longer goes
            open = true;
        }
        else
        {
            workplace.Error.WriteLine(line);
        }
    }

    public void Dispose()
    {
        if (open)
        {
            workplace.Error.Write("\r\u001b[K");
        }
    }

    internal static string Text(string what, long done, long total, double pace, bool bar)
    {
        var share = total == 0 ? 1 : (double)done / total;
        var percent = Math.Floor(share * 1000) / 10; // 100 only when all is done
        var filled = (int)(share * Width);
        var drawn = bar ? $"[{new string('#', filled)}{new string('.', Width - filled)}] " : "";
        var left = done >= total ? "done" : pace >= 1 ? $"{Time(TimeSpan.FromSeconds(Math.Ceiling((total - done) / pace)))} left" : "waiting";
        return string.Create(CultureInfo.InvariantCulture, $"{what} {drawn}{percent:0.0} %, {Bytes(done)} of {Bytes(total)}, {Bytes((long)Math.Max(0, pace))}/s, {left}");
    }

    private static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++)
        {
            bytes /= 1024;
        }
        return bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}
