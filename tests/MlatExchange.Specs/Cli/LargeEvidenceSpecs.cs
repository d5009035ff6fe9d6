using System.Diagnostics;
using System.Security.Cryptography;
using MlatExchange.Cli;

namespace MlatExchange.Specs.Cli;

/// <summary>Fault B12 on one machine: the tool needs the same memory for a large file as for a small one, and what is opened is what was sealed.</summary>
public sealed class LargeEvidenceSpecs
{
    private const long Limit = 128L * 1024 * 1024;

    [Fact]
    public Task A_gibibyte_is_sealed_and_opened_in_128_MiB() => SealAndOpen(1L << 30);

    [Fact]
    public Task Four_gibibytes_are_sealed_and_opened_in_128_MiB()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MLAT_TEST_LARGE") == "1", "4 GiB of evidence take 12 GiB of disk and a minute or two; MLAT_TEST_LARGE=1 or deploy/test --long runs them");
        return SealAndOpen(1L << 32);
    }

    private static async Task SealAndOpen(long size)
    {
        using var desk = await EvidenceDesk.Make();
        Assert.SkipUnless(new DriveInfo(desk.Desk.Folder).AvailableFreeSpace > 4 * size, "there is no room for the evidence, the sealed file and the opened one");
        await using (var file = File.Create(desk.At("mailbox.bin")))
        {
            // No two mebibytes alike, so that none could stand in for another.
            var piece = RandomNumberGenerator.GetBytes(1 << 20);
            for (var at = 0L; at < size; at += piece.Length)
            {
                BitConverter.TryWriteBytes(piece, at);
                await file.WriteAsync(piece);
            }
        }
        Assert.InRange(await PeakOf(desk.SealArgs()), 1, Limit);
        await desk.Release(desk.Item());
        Assert.InRange(await PeakOf(desk.OpenArgs()), 1, Limit);
        Assert.Equal(await Hash(desk.At("mailbox.bin")), await Hash(desk.At("opened", "mailbox.bin")));
    }

    private static async Task<string> Hash(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file));
    }

    /// <summary>Largest resident memory of the tool as a process of its own, in bytes.</summary>
    private static async Task<long> PeakOf(string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mlat.dll"), .. args]) { RedirectStandardOutput = true })!;
        var (said, peak) = (process.StandardOutput.ReadToEndAsync(), 0L);
        while (!process.WaitForExit(50))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // it ended between the two questions; the figure of 50 milliseconds ago stands
            }
        }
        await said;
        Assert.Equal(ExitCode.Valid, process.ExitCode);
        TestContext.Current.SendDiagnosticMessage($"mlat {args[0]}: {peak / (1 << 20)} MiB at most");
        return peak;
    }
}
