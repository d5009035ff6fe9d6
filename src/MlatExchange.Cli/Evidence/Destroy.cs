using System.CommandLine;
using System.Text;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Cli.Evidence;

/// <summary><c>mlat destroy</c>: accounts for a copy on this machine, an opened file or a transfer key, by deleting it or saying where it is kept, and signs a custody record of that.</summary>
internal static class Destroy
{
    internal static Command Command(Workplace workplace)
    {
        var file = new Argument<string>("FILE") { Description = "A file that mlat open wrote (its .custody.jwt beside it), or a private transfer key." };
        var transfer = new Option<string?>("--transfer") { Description = "Wire id of the transfer; needed for a transfer key.", HelpName = "ID" };
        var kept = new Option<string?>("--kept") { Description = "Deletes nothing: the copy is kept under this reference, such as that of a court's file.", HelpName = "REFERENCE" };
        var custodyKey = new Option<string?>("--custody-key") { Description = "Private key to sign the custody record with; left out: a fresh one.", HelpName = "FILE" };
        var node = new NodeOptions();
        var command = new Command("destroy", "Deletes an opened file or a transfer key, or says where it is kept, and signs a custody record of it.") { file, transfer, kept, custodyKey, node.Url, node.Token };
        command.SetAction(async parsed =>
        {
            using var client = node.Client(parsed, workplace);
            return await Run(parsed.GetRequiredValue(file), parsed.GetValue(transfer), parsed.GetValue(kept), parsed.GetValue(custodyKey), client, workplace);
        });
        return command;
    }

    private static async Task<int> Run(string file, string? transfer, string? kept, string? keyFile, NodeClient? node, Workplace workplace)
    {
        if (kept is { Length: 0 or > 64 }) throw Refusal.Usage("--kept is a reference of 1 to 64 characters.");
        if (!File.Exists(file)) throw Refusal.Unavailable($"{file} is not there.");
        var copy = File.Exists($"{file}.custody.jwt") ? Opened($"{file}.custody.jwt") : Key(file, transfer);
        using var key = keyFile is null ? EcKey.Generate(workplace.Random) : Files.ReadKey(keyFile);
        // Deleted first: a record that claims what a crash then prevented would be wrong, a missing one is only unknown.
        if (kept is null) File.Delete(file);
        var record = (copy with
        {
            Action = kept is null ? CustodyAction.Destroyed : CustodyAction.Kept, State = kept is null ? CustodyState.Destroyed : CustodyState.Kept, Reference = kept, At = workplace.Now, Tool = Seal.ToolName, Key = key.Public,
        }).Sign(key);
        var said = $"{file}.{(kept is null ? "destroyed" : "kept")}.jwt";
        Files.WriteNew(said, Encoding.ASCII.GetBytes(record));
        if (node is null)
        {
            await workplace.Out.WriteLineAsync($"Hand {said} to your node.");
            return ExitCode.Valid;
        }
        await node.Post($"/api/transfers/{copy.Transfer}/custody", JsonSerializer.SerializeToUtf8Bytes(new { record }));
        return ExitCode.Valid;
    }

    private static CustodyRecord Opened(string recordFile) =>
        CustodyRecord.TryRead(Files.ReadText(recordFile), out var record) ? record : throw Refusal.Invalid($"{recordFile} is not a custody record whose signature holds.");

    /// <summary>A transfer key is known by its thumbprint, so that it is the same copy whoever speaks of it.</summary>
    private static CustodyRecord Key(string file, string? transfer)
    {
        using var key = Files.ReadKey(file);
        if (transfer is null || !SealingContext.IsTransfer(transfer)) throw Refusal.Usage("A transfer key needs --transfer, the wire id of its transfer.");
        if (!Base64Url.TryDecode(key.Thumbprint, out var digest)) throw new InvalidOperationException("A thumbprint is base64url.");
        return new(1, transfer, null, CustodyAction.Destroyed, Base64Url.Encode(digest.AsSpan(0, 16)), CustodyCopy.TransferKey, CustodyState.Destroyed, default, null, null, Seal.ToolName, key.Public);
    }
}
