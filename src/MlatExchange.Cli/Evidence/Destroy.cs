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
        var (custody, node) = (new CustodyOptions(), new NodeOptions());
        var command = new Command("destroy", "Deletes an opened file or a transfer key, or says where it is kept, and signs a custody record of it.")
        {
            file, transfer, kept, custody.Key, custody.Place, custody.Basis, custody.Exhibit, node.Url, node.Token,
        };
        command.SetAction(async parsed =>
        {
            using var client = node.Client(parsed, workplace);
            return await Run(parsed, parsed.GetRequiredValue(file), parsed.GetValue(transfer), parsed.GetValue(kept), custody, client, workplace);
        });
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, string file, string? transfer, string? kept, CustodyOptions custody, NodeClient? node, Workplace workplace)
    {
        if (kept is { Length: 0 or > 64 }) throw Refusal.Usage("--kept is a reference of 1 to 64 characters.");
        if (!File.Exists(file)) throw Refusal.Unavailable($"{file} is not there.");
        var before = CustodyFile.Last(file);
        var copy = before is { Record: var told } ? new CustodyDraft(told.Transfer, told.Ref, CustodyAction.Destroyed, told.Copy, told.What, CustodyState.Destroyed, told.Sealed, Previous: before.Digest) : Key(file, transfer);
        JsonElement? view = node is null ? null : await node.Get($"/api/transfers/{copy.Transfer}");
        var telling = view is null && before is not null ? custody.Told(parsed, before.Record.Place, before.Record.Basis) : custody.Told(parsed, view);
        var record = telling.Sign(kept is null ? copy : copy with { Action = CustodyAction.Kept, State = CustodyState.Kept, Reference = kept }, workplace);
        // Deleted before it is said: a record that claims what a crash then prevented would be wrong, a missing one is only unknown.
        if (kept is null) File.Delete(file);
        var said = $"{file}.{(kept is null ? "destroyed" : "kept")}.jwt";
        Files.WriteNew(said, Encoding.ASCII.GetBytes(record));
        if (kept is not null) CustodyFile.Append(file, record);
        if (node is null)
        {
            await workplace.Out.WriteLineAsync($"Hand {said} to your node.");
            return ExitCode.Valid;
        }
        await CustodyFile.HandIn(node, copy.Transfer, record, workplace);
        return ExitCode.Valid;
    }

    /// <summary>A transfer key is known by its thumbprint, so that it is the same copy whoever speaks of it.</summary>
    private static CustodyDraft Key(string file, string? transfer)
    {
        using var key = Files.ReadKey(file);
        if (transfer is null || !SealingContext.IsTransfer(transfer)) throw Refusal.Usage("A transfer key needs --transfer, the wire id of its transfer.");
        if (!Base64Url.TryDecode(key.Thumbprint, out var digest)) throw new InvalidOperationException("A thumbprint is base64url.");
        return new(transfer, null, CustodyAction.Destroyed, Base64Url.Encode(digest.AsSpan(0, 16)), CustodyCopy.TransferKey, CustodyState.Destroyed);
    }
}
