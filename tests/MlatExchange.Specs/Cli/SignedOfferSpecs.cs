using System.Text.Json;
using MlatExchange.Cli;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Messages;
using MlatExchange.Specs.Protocol.Messages;

namespace MlatExchange.Specs.Cli;

/// <summary>Opening against the offer that the supplying authority signed, not against what a node says of it.</summary>
public sealed class SignedOfferSpecs
{
    [Fact]
    public async Task A_signed_offer_is_verified_up_to_the_pinned_anchor_and_names_the_supplier()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        await File.WriteAllTextAsync(desk.At("offer.jwt"), Sign(desk, "xb-central"));
        Assert.Equal(ExitCode.Valid, await Open(desk));
        Assert.Contains("signed by https://xb-central.xb.example", desk.Desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_under_a_key_of_nobody_or_changed_is_refused()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        await File.WriteAllTextAsync(desk.At("offer.jwt"), Sign(desk, "xb-central", keyOf: "xb-judge"));
        Assert.Equal(ExitCode.Invalid, await Open(desk));
        await File.WriteAllTextAsync(desk.At("offer.jwt"), Sign(desk, "xb-central", digest: Acts.DigestOf("another file")));
        Assert.Equal(ExitCode.Invalid, await Open(desk));
        Assert.Contains("not the one that the offer names", desk.Desk.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(desk.At("offer.jwt"), Sign(desk, "xb-central", issuedAt: DateTimeOffset.UtcNow.AddDays(-1)));
        Assert.Equal(ExitCode.Invalid, await Open(desk));
        Assert.Contains("NotYetValid", desk.Desk.Errors, StringComparison.Ordinal);
        await File.WriteAllTextAsync(desk.At("offer.jwt"), Sign(desk, "xb-central")[..^4] + "AAAA");
        Assert.Equal(ExitCode.Invalid, await Open(desk));
        Assert.False(Directory.Exists(desk.At("opened")) && desk.Desk.Files("opened").Length > 0);
    }

    [Fact]
    public async Task With_pinned_trust_a_node_that_leaves_the_signed_offer_out_is_not_believed()
    {
        using var desk = await EvidenceDesk.Make();
        await desk.SealAndRelease();
        var node = new FakeNode();
        desk.Desk.Http = () => new HttpClient(node, disposeHandler: false);
        var transfer = desk.Offer().GetProperty("transfer").GetString()!;
        node.Json[$"/api/transfers/{transfer}"] = JsonSerializer.Serialize(new { id = transfer, supplier = EvidenceDesk.Supplier, offer = (string?)null, items = desk.Offer().GetProperty("items") });
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(
            "open", "--node", "http://127.0.0.1:1", "--token", "token-1", "--transfer", transfer, "--ref", "i1", "--trust", desk.At("keys", "trust"),
            "--evidence-key", desk.At("keys", "xa", "offline", "evidence", "xa-judge.jwk"), "--transfer-key", desk.At("transfer.jwk"), "--out", desk.At("opened", "mailbox.bin")));
        Assert.Contains("lacks offer", desk.Desk.Errors, StringComparison.Ordinal);
    }

    private static Task<int> Open(EvidenceDesk desk)
    {
        var args = desk.OpenArgs("--trust", desk.At("keys", "trust"));
        args[Array.IndexOf(args, "--offer") + 1] = desk.At("offer.jwt");
        args[Array.IndexOf(args, "--supplier")] = "--custody-key"; // the offer says whose node supplies it
        args[Array.IndexOf(args, "--custody-key") + 1] = desk.At("transfer.jwk");
        return desk.Desk.Run(args);
    }

    private static string Sign(EvidenceDesk desk, string authority, string? keyOf = null, Digest? digest = null, DateTimeOffset? issuedAt = null)
    {
        var item = desk.Item();
        Assert.True(Base64Url.TryDecode(item.GetProperty("nodeShare").GetString(), out var b));
        var offered = new OfferedItem(
            "i1", "i1", item.GetProperty("size").GetInt64(), digest ?? Digest.Parse(item.GetProperty("digest").GetString()), item.GetProperty("commitment").GetString()!,
            "application/octet-stream", "content", "LED6a", "restricted", Digest.Of(System.Text.Encoding.ASCII.GetBytes(item.GetProperty("wrappedShare").GetString()!)), Digest.Of(b),
            new WireRetention(365, "final-judgment", "destroy-and-certify", "XB Act 9", 90), [new ItemCondition("NoOnward")], "cli");
        var at = DateTimeOffset.FromUnixTimeMilliseconds((issuedAt ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds());
        var core = new ActCore(
            $"https://{authority}.xb.example", ["https://xa-judge.xa.example"], Acts.Id("offer"), at, new IssuerRef("XB", authority, "public-prosecutor"));
        var body = new ActBody.TransferOffer(
            desk.Offer().GetProperty("transfer").GetString()!, new ActRef(Acts.Id("request"), Acts.DigestOf("request")), "node", at.AddDays(1), at.AddDays(2), [offered]);
        return CompactJws.Sign(ActKind.TransferOffer.Typ, ActPayload.Write(core, body), desk.Key("keys", "xb", "node", "acts", $"{keyOf ?? authority}.jwk"));
    }
}
