using MlatExchange.Cli;
using MlatExchange.Specs.Deploy;

namespace MlatExchange.Specs.Cli;

/// <summary>A jurisdiction's anchor signs the rule packs that its nodes may apply.</summary>
public sealed class RulesSignSpecs : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task What_the_anchor_signed_is_verified_and_the_pack_does_not_change()
    {
        await Given();
        Assert.Equal(ExitCode.Invalid, await Verify("XA"));
        Assert.Contains("eio@1: not signed by XA", desk.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Valid, await Sign("xa", "XA"));
        Assert.Equal(["eio@1.json", "eio@1.xa.jwt"], desk.Files("packs"));
        Assert.Equal(File.ReadAllBytes(Tree.Path("contracts/rule-packs/eio@1.json")), File.ReadAllBytes(desk.At("packs", "eio@1.json")));
        Assert.Equal(ExitCode.Valid, await Verify("XA"));
        Assert.Contains("signed by the anchor of XA", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_jurisdiction_signs_for_itself()
    {
        await Given();
        await Sign("xa", "XA");
        Assert.Equal(ExitCode.Invalid, await Verify("XB"));
        File.Copy(desk.At("packs", "eio@1.xa.jwt"), desk.At("packs", "eio@1.xb.jwt"));
        Assert.Equal(ExitCode.Invalid, await Verify("XB"));
        Assert.Contains("eio@1: pack-signature-issuer", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_signs_nothing()
    {
        await Given();
        Assert.NotEqual(ExitCode.Valid, await Sign("xb", "XA"));
        Assert.Contains("pack-signature-key", desk.Errors, StringComparison.Ordinal);
        Assert.Equal(["eio@1.json"], desk.Files("packs"));
    }

    [Fact]
    public async Task A_pack_changed_after_its_signature_is_told()
    {
        await Given();
        await Sign("xa", "XA");
        File.AppendAllText(desk.At("packs", "eio@1.json"), " ");
        Assert.Equal(ExitCode.Invalid, await Verify("XA"));
        Assert.Contains("pack-signature-of-other-pack", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_altered_anywhere_does_not_hold()
    {
        await Given();
        await Sign("xa", "XA");
        var file = desk.At("packs", "eio@1.xa.jwt");
        var signed = File.ReadAllText(file).Trim();
        for (var at = 0; at < signed.Length; at += 7)
        {
            File.WriteAllText(file, string.Concat(signed.AsSpan(0, at), signed[at] == 'A' ? "B" : "A", signed.AsSpan(at + 1)));
            Assert.Equal(ExitCode.Invalid, await Verify("XA"));
        }
    }

    private async Task Given()
    {
        await desk.Keys();
        Directory.CreateDirectory(desk.At("packs"));
        File.Copy(Tree.Path("contracts/rule-packs/eio@1.json"), desk.At("packs", "eio@1.json"));
    }

    private Task<int> Sign(string key, string jurisdiction) =>
        desk.Run("rules", "sign", desk.At("packs", "eio@1.json"), "--key", desk.At("keys", key, "offline", "anchor.jwk"), "--jurisdiction", jurisdiction, "--trust", desk.At("keys", "trust"));

    private Task<int> Verify(string jurisdiction) => desk.Run("rules", "verify", desk.At("packs"), "--jurisdiction", jurisdiction, "--trust", desk.At("keys", "trust"));
}
