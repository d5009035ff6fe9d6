using System.CommandLine;
using System.Text;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Keys;

/// <summary><c>mlat keys transfer</c>: the key that one acceptance names and one transfer is opened with.</summary>
internal static class KeysTransfer
{
    internal static Command Command(Workplace workplace)
    {
        var file = new Argument<string>("FILE") { Description = "Where the private key goes; must not exist. Destroy it with the transfer." };
        var command = new Command("transfer", "Makes a fresh transfer key and prints its public half (JWK), which goes into the acceptance of conditions.") { file };
        command.SetAction(parsed =>
        {
            using var key = EcKey.Generate(workplace.Random);
            Files.WriteNew(parsed.GetRequiredValue(file), Encoding.UTF8.GetBytes(key.ExportPrivateJwk()), secret: true);
            workplace.Out.WriteLine(key.PublicJwk);
            return ExitCode.Valid;
        });
        return command;
    }
}
