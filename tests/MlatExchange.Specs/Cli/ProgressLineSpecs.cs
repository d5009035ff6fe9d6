using System.Security.Cryptography;
using MlatExchange.Cli;

namespace MlatExchange.Specs.Cli;

/// <summary>What a person sees of a long sealing: percent, bytes, pace and time left.</summary>
public sealed class ProgressLineSpecs
{
    [Fact]
    public async Task On_a_terminal_one_line_is_written_anew_and_gone_at_the_end()
    {
        var said = await Seal(terminal: true, TimeSpan.FromMilliseconds(300));
        Assert.Contains("\rseal i1 [", said, StringComparison.Ordinal);
        Assert.Matches(@"\[#+\.+\] \d+\.\d %, [\d.]+ MiB of 4\.0 MiB, [\d.]+ [KM]iB/s, 0:00:\d\d left", said);
        Assert.DoesNotContain('\n', said);
        Assert.EndsWith("\r\u001b[K", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elsewhere_it_is_plain_lines_now_and_then()
    {
        var said = await Seal(terminal: false, TimeSpan.FromSeconds(4));
        Assert.DoesNotContain('\r', said);
        Assert.DoesNotContain('[', said);
        Assert.Matches(@"^seal i1 \d+\.\d %, [\d.]+ [KM]iB of 4\.0 MiB, [\d.]+ KiB/s, 0:\d\d:\d\d left$", said.Split('\n')[0]);
        Assert.InRange(said.Split('\n').Length, 2, 10);
    }

    [Fact]
    public async Task What_takes_a_moment_says_nothing() => Assert.Equal("", await Seal(terminal: false, TimeSpan.FromMilliseconds(1)));

    /// <summary>Seals 4 MiB with a clock that goes on by one step each time it is asked.</summary>
    private static async Task<string> Seal(bool terminal, TimeSpan step)
    {
        using var desk = await EvidenceDesk.Make();
        await File.WriteAllBytesAsync(desk.At("mailbox.bin"), new byte[4 << 20]);
        await using var errors = new StringWriter();
        var workplace = new Workplace(TextWriter.Null, errors, new SteppingClock(step), RandomNumberGenerator.Fill, () => throw new InvalidOperationException()) { Terminal = terminal };
        Assert.Equal(ExitCode.Valid, await Mlat.Run(desk.SealArgs(), workplace));
        return errors.ToString();
    }

    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks += step.Ticks / 4; // asked about four times for each line
    }
}
