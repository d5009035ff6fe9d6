using System.Text;
using MlatExchange.Cli;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Jose;
using MlatExchange.Protocol.Transparency;
using MlatExchange.Specs.Deploy;
using MlatExchange.Specs.Protocol.Bundles;

namespace MlatExchange.Specs.Cli;

public sealed class VerifySpecs : IAsyncLifetime
{
    private readonly Desk desk = new();
    private LoggedLeaf logged = null!;

    public async ValueTask InitializeAsync()
    {
        await desk.Keys();
        Assert.True(EcKey.TryImport(await File.ReadAllTextAsync(desk.At("keys", "xb", "node", "log.jwk")), out var key));
        logged = new LoggedLeaf(key: key, origin: $"node.xb.example/log/{DateTimeOffset.UtcNow.Year}");
    }

    public ValueTask DisposeAsync()
    {
        desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_proof_says_what_is_proven_and_what_is_not()
    {
        Assert.Equal(ExitCode.Valid, await Verify(logged.Proof));
        Assert.StartsWith("VALID", desk.Output, StringComparison.Ordinal);
        Assert.Contains("Leaf 123 is in the log of XB", desk.Output, StringComparison.Ordinal);
        Assert.Contains("transfer.offered.v1, at 2026-11-22T10:00:00.000Z, operation disclosure", desk.Output, StringComparison.Ordinal);
        Assert.Contains("""articles: ["EEV 5"]""", desk.Output, StringComparison.Ordinal);
        Assert.Contains($"thread = {LoggedLeaf.Thread}", desk.Output, StringComparison.Ordinal);
        Assert.Contains("Not proven:", desk.Output, StringComparison.Ordinal);
        Assert.Contains("same tree", desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_erasure_the_proof_says_what_can_no_longer_be_opened()
    {
        Assert.Equal(ExitCode.Valid, await Verify(logged.Proof with { Openings = null }));
        Assert.Contains("committed to as thread: the openings were destroyed", desk.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(LoggedLeaf.Thread, desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_proof_and_an_unknown_log_have_codes_of_their_own()
    {
        Assert.Equal(ExitCode.Invalid, await Verify(logged.Proof with { Index = 124 }));
        Assert.StartsWith("INVALID", desk.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Invalid, await Verify(logged.Proof with { Leaf = logged.Proof.Leaf.Replace("EEV 5", "EEV 6", StringComparison.Ordinal) }));
        Assert.Equal(ExitCode.Incomplete, await Verify(new LoggedLeaf().Proof with { Origin = "node.xd.example/log/2026" }));
        Assert.Equal(ExitCode.Invalid, await Verify(new LoggedLeaf(origin: logged.Proof.Origin).Proof)); // another key under this origin
        await File.WriteAllTextAsync(desk.At("proof.json"), "{\"kind\":\"mlat-proof\"}");
        Assert.Equal(ExitCode.Usage, await desk.Run("verify", desk.At("proof.json"), "--trust", desk.At("keys", "trust")));
        await File.WriteAllTextAsync(desk.At("proof.json"), "hello");
        Assert.Equal(ExitCode.Usage, await desk.Run("verify", desk.At("proof.json"), "--trust", desk.At("keys", "trust")));
        Assert.Equal(ExitCode.Unavailable, await desk.Run("verify", desk.At("none.json"), "--trust", desk.At("keys", "trust")));
    }

    [Fact]
    public async Task Inspect_shows_and_says_that_it_checked_nothing()
    {
        await File.WriteAllTextAsync(desk.At("checkpoint"), logged.Proof.Checkpoint);
        Assert.Equal(ExitCode.Valid, await desk.Run("inspect", desk.At("checkpoint")));
        Assert.StartsWith("NOT VERIFIED", desk.Output, StringComparison.Ordinal);
        Assert.Contains("300 leaves", desk.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Valid, await desk.Run("inspect", desk.At("keys", "trust", "xa.jwt")));
        Assert.Contains("\"mlat-trust-list+jwt\"", desk.Output, StringComparison.Ordinal);
        Assert.Contains("\"xa-prosecutor\"", desk.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(desk.At("odd"), "hello");
        Assert.Equal(ExitCode.Usage, await desk.Run("inspect", desk.At("odd")));
    }

    [Fact]
    public async Task An_exported_log_is_computed_again_and_every_change_is_named()
    {
        var leaves = Enumerable.Range(0, 600).Select(i => Encoding.UTF8.GetBytes($"leaf {i}")).ToList();
        Export(leaves);
        Assert.Equal(ExitCode.Valid, await Fsck());
        Assert.Contains("600 leaves, all tiles and the signed root agree", desk.Output, StringComparison.Ordinal);

        Spoil("tile/0/001", bytes => bytes[(5 * 32) + 3] ^= 1);
        await Names("tile/0/001: differs at leaf 261");
        Spoil("tile/1/000.p/2", bytes => bytes[40] ^= 1);
        await Names("tile/1/000.p/2: differs at hash 1");
        Spoil("tile/entries/002.p/88", bytes => bytes[13] ^= 1);
        await Names("tile/0/002.p/88: differs at leaf 513");
        Spoil("tile/entries/000", bytes => bytes[1] ^= 1);
        await Names("tile/entries/000: missing, or not 256 leaves");
        File.Delete(desk.At("log", "tile", "0", "000"));
        await Names("tile/0/000: missing");
        Export([.. leaves.Take(599), Encoding.UTF8.GetBytes("another")], signed: leaves);
        await Names("checkpoint: the root of the leaves");
        Spoil("checkpoint", bytes => bytes[^10] ^= 1);
        Assert.Equal(ExitCode.Invalid, await Fsck());

        async Task Names(string finding)
        {
            Assert.Equal(ExitCode.Invalid, await Fsck());
            Assert.Contains(finding, desk.Output, StringComparison.Ordinal);
            Export(leaves);
        }
    }

    [Fact]
    public async Task The_rule_packs_of_the_contracts_load_and_a_faulty_one_is_told()
    {
        await File.WriteAllTextAsync(desk.At("bad@1.json"), "{}");
        Assert.Equal(ExitCode.Invalid, await desk.Run("rules", desk.Folder));
        Assert.Contains("bad@1.json: not a rule pack", desk.Output, StringComparison.Ordinal);
        File.Delete(desk.At("bad@1.json"));
        var packs = Tree.Path("contracts/rule-packs");
        Assert.Equal(ExitCode.Valid, await desk.Run("rules", packs, "--all"));
        Assert.Contains("eev@1  EEV", desk.Output, StringComparison.Ordinal);
    }

    private Task<int> Fsck() => desk.Run("fsck", desk.At("log"), "--trust", desk.At("keys", "trust"));

    private async Task<int> Verify(ProofFile proof)
    {
        await File.WriteAllBytesAsync(desk.At("proof.json"), proof.ToJson());
        return await desk.Run("verify", desk.At("proof.json"), "--trust", desk.At("keys", "trust"));
    }

    private void Spoil(string path, Action<byte[]> change)
    {
        var file = desk.At(["log", .. path.Split('/')]);
        var bytes = File.ReadAllBytes(file);
        change(bytes);
        File.WriteAllBytes(file, bytes);
    }

    private void Export(List<byte[]> leaves, List<byte[]>? signed = null)
    {
        if (Directory.Exists(desk.At("log")))
        {
            Directory.Delete(desk.At("log"), recursive: true);
        }
        var tree = TreeFrontier.Empty.Extend([.. leaves.Select(leaf => Rfc6962.Leaf(leaf))]);
        var root = TreeFrontier.Empty.Extend([.. (signed ?? leaves).Select(leaf => Rfc6962.Leaf(leaf))]).Frontier.Root();
        foreach (var tile in tree.Tiles)
        {
            Write(tile.Tile.Path(tile.Hashes.Length / 32), tile.Hashes.ToArray());
        }
        foreach (var (bundle, number) in leaves.Chunk(256).Select((bundle, number) => (bundle, number)))
        {
            Write(EntryBundle.Path(number, bundle.Length), EntryBundle.Write([.. bundle.Select(leaf => (ReadOnlyMemory<byte>)leaf)]));
        }
        Write("checkpoint", Encoding.UTF8.GetBytes(new Checkpoint(logged.Proof.Origin, leaves.Count, root).Sign(logged.Signer).ToString()));
    }

    private void Write(string path, byte[] bytes)
    {
        var file = desk.At(["log", .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
