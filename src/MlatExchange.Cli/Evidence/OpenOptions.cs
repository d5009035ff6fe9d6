using System.CommandLine;
using System.Text.Json;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Evidence;

/// <summary>What opening works on, wherever it came from.</summary>
/// <param name="Content">The sealed bytes as the node sends them, instead of a file; with their length.</param>
/// <param name="Told">What the node says of the transfer; null where there is none.</param>
internal sealed record OpenSource(OfferedItemView Offered, string SealedFile, string WrappedShare, string ReleasedShare, JsonElement? Told = null, (Stream Bytes, long Length)? Content = null);

/// <summary>What <c>mlat open</c> is told.</summary>
internal sealed class OpenOptions
{
    internal Argument<string?> Sealed { get; } = new("SEALED") { Description = "The sealed file; not with --node.", Arity = ArgumentArity.ZeroOrOne };

    internal Option<string?> Offer { get; } = new("--offer") { Description = "The signed offer (compact JWS), or the transfer as JSON; not with --node.", HelpName = "FILE" };

    internal Option<string?> WrappedShare { get; } = new("--wrapped-share") { Description = "JWE(A); not with --node.", HelpName = "FILE" };

    internal Option<string?> ReleasedShare { get; } = new("--released-share") { Description = "JWE(B); not with --node.", HelpName = "FILE" };

    internal Option<string> EvidenceKey { get; } = new("--evidence-key") { Description = "Private evidence key of the authority (JWK).", Required = true, HelpName = "FILE" };

    internal Option<string> TransferKey { get; } = new("--transfer-key") { Description = "Private transfer key that mlat keys transfer made (JWK).", Required = true, HelpName = "FILE" };

    internal Option<string?> Transfer { get; } = new("--transfer") { Description = "Wire id of the transfer; with --node.", HelpName = "ID" };

    internal Option<string> Ref { get; } = new("--ref") { Description = "Reference of the item.", Required = true, HelpName = "REF" };

    internal Option<string?> Supplier { get; } = new("--supplier") { Description = "Entity id of the supplier's node, where the offer does not say it.", HelpName = "ENTITY" };

    internal Option<string?> Trust { get; } = new("--trust") { Description = "Folder with anchors.json and trust lists, to verify the offer's signature.", HelpName = "FOLDER" };

    internal Option<bool> Stream { get; } = new("--stream") { Description = "With --node: opens while the bytes come, without a sealed copy on this machine; a line that breaks begins again." };

    internal Option<string> Out { get; } = new("--out") { Description = "Where the opened file goes; must not exist.", Required = true, HelpName = "FILE" };

    internal CustodyOptions Custody { get; } = new();

    internal NodeOptions Node { get; } = new();

    internal OpenSource FromFiles(ParseResult parsed, Workplace workplace)
    {
        string Needed(Option<string?> option) => Files.ReadText(parsed.GetValue(option) ?? throw Refusal.Usage($"Without --node, {option.Name} is needed."));
        var offer = Needed(Offer);
        return new(
            offer.StartsWith('{') ? OfferedItemView.Unsigned(Json(offer), parsed.GetRequiredValue(Ref)) : Verified(offer, parsed, workplace),
            parsed.GetValue(Sealed) ?? throw Refusal.Usage("Without --node, the sealed file is needed."),
            Needed(WrappedShare),
            Needed(ReleasedShare));
    }

    internal async Task<OpenSource> FromNode(ParseResult parsed, NodeClient node, Workplace workplace)
    {
        var (transfer, itemRef) = (parsed.GetValue(Transfer) ?? throw Refusal.Usage("With --node, --transfer is needed."), parsed.GetRequiredValue(Ref));
        var item = $"/api/transfers/{Uri.EscapeDataString(transfer)}/items/{Uri.EscapeDataString(itemRef)}";
        var told = await node.Get($"/api/transfers/{Uri.EscapeDataString(transfer)}");
        // With pinned trust the node's word is not enough: a node that leaves the signed offer out is refused, not believed.
        var offered = parsed.GetValue(Trust) is null ? OfferedItemView.Unsigned(told, itemRef) : Verified(Text(told, "offer"), parsed, workplace);
        if (offered.Transfer != transfer)
        {
            throw Refusal.Invalid("The node answered with another transfer.");
        }
        var key = await node.Get($"{item}/key");
        if (parsed.GetValue(Stream))
        {
            return new(offered, "", Text(key, "wrappedShare"), Text(key, "releasedShare"), told, await node.OpenRead($"{item}/content"));
        }
        var sealedFile = $"{parsed.GetRequiredValue(Out)}.sealed";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(sealedFile))!);
        await using (var file = new FileStream(sealedFile, FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
            await node.Download($"{item}/content", file, (total, begun) => new(workplace, $"download {itemRef}", total, begun));
        }
        return new(offered, sealedFile, Text(key, "wrappedShare"), Text(key, "releasedShare"), told);
    }

    private OfferedItemView Verified(string offer, ParseResult parsed, Workplace workplace) => OfferedItemView.Signed(
        offer, parsed.GetRequiredValue(Ref), TrustFolder.Load(parsed.GetValue(Trust) ?? throw Refusal.Usage("A signed offer needs --trust."), workplace.Now), workplace.Now);

    private static string Text(JsonElement answer, string member) =>
        answer.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Refusal.Unavailable($"The node's answer lacks {member}.");

    private static JsonElement Json(string text)
    {
        if (!StrictJson.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var document, out var fault, maxBytes: 4 * 1024 * 1024))
        {
            throw Refusal.Usage($"The offer is not JSON: {fault.Rule} at '{fault.JsonPointer}'.");
        }
        using (document)
        {
            return document.RootElement.Clone();
        }
    }
}
