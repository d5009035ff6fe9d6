using System.CommandLine;
using System.Text;
using System.Text.Json;
using MlatExchange.Domain;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Cli.Evidence;

/// <summary>
/// <c>mlat custody</c>: signs a record of an act that the tool did not do itself. With a node the conditions are read before anything is signed: what breaks one is refused here, before
/// it is done, unless the official says that it was done all the same; then the node takes it as a breach.
/// </summary>
internal static class TellCustody
{
    private static readonly CustodyAction[] Acts =
    [
        CustodyAction.Collected, CustodyAction.Copied, CustodyAction.Analysed, CustodyAction.DisclosedToDefence, CustodyAction.DisclosedToCourt, CustodyAction.PassedOn, CustodyAction.Returned,
    ];

    internal static Command Command(Workplace workplace)
    {
        var act = new Argument<string>("ACT") { Description = string.Join(", ", Acts.Select(EnumCode.Of)) };
        var file = new Argument<string>("FILE") { Description = "The copy; its records lie beside it in FILE.custody.jwt." };
        var transfer = new Option<string>("--transfer") { Description = "For collected: wire id of the transfer, or 'new'.", HelpName = "ID", DefaultValueFactory = _ => "new" };
        var itemRef = new Option<string?>("--ref") { Description = "For collected: reference that the item will have.", HelpName = "REF" };
        var to = new Option<string?>("--to") { Description = "For copied: the new file. For passed-on: a jurisdiction such as XC, or XC/xc-central.", HelpName = "FILE|CODE" };
        var purpose = new Option<string?>("--purpose") { Description = "What for, as in requests; left out: the purpose of the request.", HelpName = "CODE" };
        var done = new Option<bool>("--despite-conditions") { Description = "It was done although a condition rules it out: say so." };
        var (custody, node) = (new CustodyOptions(), new NodeOptions());
        var command = new Command("custody", "Signs a custody record of what was done with a copy on this machine; copied makes the copy too.")
        {
            act, file, transfer, itemRef, to, purpose, done, custody.Key, custody.Place, custody.Basis, custody.Exhibit, node.Url, node.Token,
        };
        command.SetAction(async parsed =>
        {
            using var client = node.Client(parsed, workplace);
            var action = Acts.Select(known => (CustodyAction?)known).FirstOrDefault(known => EnumCode.Of(known!.Value) == parsed.GetRequiredValue(act)) ?? throw Refusal.Usage($"ACT is one of {act.Description}.");
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) throw Refusal.Unavailable($"{path} is not there.");
            if (action == CustodyAction.Collected)
            {
                var telling = custody.Told(parsed, null, null);
                var id = parsed.GetRequiredValue(transfer) is var given && given != "new" ? given : workplace.NewId();
                if (!SealingContext.IsTransfer(id) || parsed.GetValue(itemRef) is not { } item || !SealingContext.IsItemRef(item)) throw Refusal.Usage("collected needs --ref, and --transfer is a wire id or 'new'.");
                Files.WriteNew(CustodyFile.Of(path), Encoding.ASCII.GetBytes(telling.Sign(new(id, item, action, workplace.NewId(), CustodyCopy.Original, CustodyState.Unknown), workplace)));
                await workplace.Out.WriteLineAsync($"transfer {id}");
                return ExitCode.Valid;
            }
            return await Run(action, path, parsed.GetValue(to), parsed.GetValue(purpose), parsed.GetValue(done), parsed, custody, client, workplace);
        });
        return command;
    }

    private static async Task<int> Run(
        CustodyAction action, string file, string? to, string? purpose, bool despite, ParseResult parsed, CustodyOptions custody, NodeClient? node, Workplace workplace)
    {
        var before = CustodyFile.Last(file) ?? throw Refusal.Usage($"{CustodyFile.Of(file)} is not there: nothing is told of this file.");
        JsonElement? view = node is null ? null : await node.Get($"/api/transfers/{before.Record.Transfer}");
        var telling = view is null ? custody.Told(parsed, before.Record.Place, before.Record.Basis) : custody.Told(parsed, view);
        var use = action is not (CustodyAction.Copied or CustodyAction.Returned);
        if (use) purpose ??= telling.Said.ValueKind == JsonValueKind.Object ? telling.Said.GetProperty("purpose").GetString() : throw Refusal.Usage($"{EnumCode.Of(action)} needs --purpose.");
        if (view is { } known && !despite && Broken(known, before.Record.Ref, use ? purpose : null, action == CustodyAction.PassedOn ? to : null) is { } condition)
            throw Refusal.Invalid($"A condition rules this out: {condition}. Nothing was signed. Where it was done all the same, --despite-conditions says so.");
        var made = action == CustodyAction.Copied ? to ?? throw Refusal.Usage("copied needs --to, the new file.") : null;
        var record = telling.Sign(
            new(before.Record.Transfer, before.Record.Ref, action, made is null ? before.Record.Copy : workplace.NewId(), before.Record.What,
                action == CustodyAction.Returned ? CustodyState.Kept : CustodyState.Unknown, before.Record.Sealed, action == CustodyAction.Returned ? "returned to the supplier" : null, before.Digest,
                use ? purpose : null, action == CustodyAction.PassedOn ? to : null),
            workplace);
        if (made is not null) Files.Whole(made, secret: true, output => Copy(file, output));
        CustodyFile.Append(made ?? file, record);
        if (node is null) await workplace.Out.WriteLineAsync($"Hand the last record of {CustodyFile.Of(made ?? file)} to your node.");
        else await CustodyFile.HandIn(node, before.Record.Transfer, record, workplace);
        return ExitCode.Valid;
    }

    /// <summary>The condition of the item that an act would break; null where none.</summary>
    private static string? Broken(JsonElement view, string? itemRef, string? purpose, string? to)
    {
        var item = view.GetProperty("items").EnumerateArray().FirstOrDefault(one => one.GetProperty("ref").GetString() == itemRef);
        if (item.ValueKind != JsonValueKind.Object) return null;
        var conditions = item.GetProperty("conditions").EnumerateArray().Select(type => type.GetString()).ToList();
        if (purpose is not null && conditions.Contains("UseOnlyFor") && purpose != view.GetProperty("provenance").GetProperty("purpose").GetString()) return "UseOnlyFor";
        if (to is null || to.Split('/')[0] == view.GetProperty("provenance").GetProperty("place").GetString() || to.Split('/')[0] == view.GetProperty("counterpart").GetString()) return null;
        if (conditions.Contains("NoOnward")) return "NoOnward";
        var granted = view.GetProperty("use").GetProperty("onward").EnumerateArray().Any(question =>
            question.TryGetProperty("answer", out var answer) && answer.ValueKind == JsonValueKind.Object && answer.GetProperty("outcome").GetString() == "granted"
            && question.GetProperty("to").GetProperty("jurisdiction").GetString() == to.Split('/')[0] && question.GetProperty("items").EnumerateArray().Any(one => one.GetString() == itemRef));
        return granted ? null : "onward transfer needs the supplier's consent";
    }

    private static long Copy(string from, FileStream to)
    {
        using var source = new FileStream(from, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        source.CopyTo(to, 1 << 20);
        return to.Length;
    }
}
