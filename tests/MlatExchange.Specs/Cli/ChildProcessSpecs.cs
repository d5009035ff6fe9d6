using System.Diagnostics;
using MlatExchange.Cli;

namespace MlatExchange.Specs.Cli;

/// <summary>The same commands as programs of their own: exit codes and streams as a script sees them.</summary>
public sealed class ChildProcessSpecs
{
    [Fact]
    public async Task A_script_seals_and_opens_and_reads_the_exit_code_of_a_tampered_file()
    {
        using var desk = await EvidenceDesk.Make();
        Assert.Equal((ExitCode.Valid, ""), await Run(desk.SealArgs()));
        await desk.Release(desk.Item());
        Assert.Equal((ExitCode.Valid, ""), await Run(desk.OpenArgs()));
        Assert.Equal(desk.Content, await File.ReadAllBytesAsync(desk.At("opened", "mailbox.bin")));

        File.Delete(desk.At("opened", "mailbox.bin"));
        await using (var file = File.OpenWrite(desk.At("out", "i1.sealed")))
        {
            file.Position = 1000;
            file.WriteByte(0);
            file.WriteByte(0);
        }
        var (code, errors) = await Run(desk.OpenArgs());
        Assert.Equal(ExitCode.Invalid, code);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(desk.At("opened", "mailbox.bin")));
        Assert.Equal(ExitCode.Usage, (await Run("seal")).Code);
    }

    private static async Task<(int Code, string Errors)> Run(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mlat.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
