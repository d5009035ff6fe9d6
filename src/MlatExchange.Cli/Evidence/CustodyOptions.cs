using System.CommandLine;
using System.Text.Json;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Sealing;

namespace MlatExchange.Cli.Evidence;

/// <summary>What a command is told about the custody record that it signs.</summary>
internal sealed class CustodyOptions
{
    internal Option<string?> Key { get; } = new("--custody-key") { Description = "Private key to sign the custody record with; left out: a fresh one.", HelpName = "FILE" };

    internal Option<string?> Place { get; } = new("--place") { Description = "Where it is done, as a country code such as XA or XA-01; left out: your node's, or your authority's.", HelpName = "CODE" };

    internal Option<string?> Basis { get; } = new("--basis") { Description = "The legal reference it rests on, with its article; left out: the one of the request or of the terms.", HelpName = "ARTICLE" };

    internal Option<string?> Exhibit { get; } = new("--exhibit") { Description = "Exhibit number.", HelpName = "NUMBER" };

    /// <param name="node">What the node says of the transfer; null where there is none.</param>
    internal CustodyTelling Told(ParseResult parsed, JsonElement? node)
    {
        var said = node is { } view && view.TryGetProperty("provenance", out var provenance) ? provenance : default;
        return Told(parsed, Text(said, "place"), Text(said, "basis")) with { Said = said };
    }

    internal CustodyTelling Told(ParseResult parsed, string? place, string? basis)
    {
        (place, basis) = (parsed.GetValue(Place) ?? place, parsed.GetValue(Basis) ?? basis);
        if (!CustodyRecord.IsPlace(place)) throw Refusal.Usage("Where is it done? --place is a country code such as XA or XA-01.");
        if (!CustodyRecord.IsBasis(basis)) throw Refusal.Usage("On what legal basis? --basis is a legal reference with the number of its article.");
        return new(place!, basis!, parsed.GetValue(Exhibit), parsed.GetValue(Key));
    }

    private static string? Text(JsonElement said, string member) =>
        said.ValueKind == JsonValueKind.Object && said.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>An act, before it is signed.</summary>
internal sealed record CustodyDraft(
    string Transfer, string? Ref, CustodyAction Action, string Copy, CustodyCopy What, CustodyState State, Digest? Sealed = null, string? Reference = null, Digest? Previous = null, string? Purpose = null,
    string? To = null);

/// <summary>Where, on what basis and with which key acts are told.</summary>
internal sealed record CustodyTelling(string Place, string Basis, string? Exhibit, string? KeyFile)
{
    /// <summary>What the node says an act follows and what for; undefined where there is none.</summary>
    internal JsonElement Said { get; init; }

    /// <summary>The newest act on an item's sealed bytes at the node; null where the node says none.</summary>
    internal Digest? Head(string itemRef) =>
        Said.ValueKind == JsonValueKind.Object && Said.TryGetProperty("heads", out var heads) && heads.TryGetProperty(itemRef, out var head) && Digest.TryParse(head.GetString(), out var digest) ? digest : null;

    internal string Sign(CustodyDraft act, Workplace workplace)
    {
        using var key = KeyFile is null ? EcKey.Generate(workplace.Random) : Files.ReadKey(KeyFile);
        var record = new CustodyRecord(
            2, act.Transfer, act.Ref, act.Action, act.Copy, act.What, act.State, workplace.Now, act.Sealed, act.Reference, Seal.ToolName, key.Public, act.Previous, Place, Basis, act.Purpose, act.To, Exhibit);
        return record.Faults().FirstOrDefault() is ({ } member, { } rule) ? throw Refusal.Usage($"The custody record does not say {member} as it should: {rule}.") : record.Sign(key);
    }
}
