using System.CommandLine;
using MlatExchange.Cli.Evidence;
using MlatExchange.Cli.Forms;
using MlatExchange.Cli.Keys;
using MlatExchange.Cli.Log;
using MlatExchange.Cli.Rules;
using MlatExchange.Cli.Verification;

namespace MlatExchange.Cli;

/// <summary>The tool that runs on an official's own machine. Offline, but for commands given <c>--node URL</c>.</summary>
public static class Mlat
{
    /// <summary>Runs one command line; see <see cref="ExitCode"/>.</summary>
    public static async Task<int> Run(IReadOnlyList<string> args, Workplace workplace)
    {
        var parsed = Commands(workplace).Parse(args);
        var configuration = new InvocationConfiguration { Output = workplace.Out, Error = workplace.Error, EnableDefaultExceptionHandler = false };
        try
        {
            var code = await parsed.InvokeAsync(configuration);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (Refusal refusal)
        {
            await workplace.Error.WriteLineAsync(refusal.Message);
            return refusal.Code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException)
        {
            await workplace.Error.WriteLineAsync(e.Message);
            return ExitCode.Unavailable;
        }
    }

    private static RootCommand Commands(Workplace workplace) => new($"Seals, opens and verifies what the nodes of MLAT Exchange exchange. {ExitCode.Explained}")
    {
        Seal.Command(workplace),
        Upload.Command(workplace),
        Open.Command(workplace),
        TellCustody.Command(workplace),
        Destroy.Command(workplace),
        Verify.Command(workplace),
        Inspect.Command(workplace),
        Fsck.Command(workplace),
        FormCommand.Command(workplace),
        RulesList.Command(workplace),
        Demo.PlayCase.Command(workplace),
        new Command("keys", "Makes keys.") { KeysNew.Command(workplace), KeysTransfer.Command(workplace) },
    };
}
