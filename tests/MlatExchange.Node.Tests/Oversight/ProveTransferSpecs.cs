using System.Net;
using System.Text;
using MlatExchange.Node.Oversight;
using MlatExchange.Protocol.Bundles;
using MlatExchange.Protocol.Transparency;

namespace MlatExchange.Node.Tests.Oversight;

public sealed class ProveTransferSpecs
{
    [Fact]
    public async Task The_proof_of_a_transfer_verifies_without_the_node_and_outlives_the_case_key()
    {
        await using var node = await OversightNode.Start();
        var (supplied, held) = (Given.Transfer(), Given.Transfer());
        await node.Happen(supplied, 0, "XB", "EEV", Given.Supply(supplied));
        await node.Happen(held, 0, "XB", "EEV", Given.Hold(held)[..6]);

        foreach (var (transfer, kind) in ((string, string)[])[(supplied, "transfer.offered.v1"), (held, "transfer.accepted.v1")])
        {
            var proven = Verified(node, await Proof(node, transfer), out var file);
            Assert.Equal((kind, "XA"), (proven.Leaf.Kind, proven.Leaf.Jurisdiction));
            Assert.Equal(transfer, file.Openings!["transfer"].Value);
            Assert.Equal("EEV", proven.Leaf.Members.GetProperty("instrument").GetString());
        }
        var altered = Encoding.UTF8.GetString(await Proof(node, supplied)).Replace("EEV 5", "EEV 6", StringComparison.Ordinal);
        Assert.True(ProofFile.TryRead(Encoding.UTF8.GetBytes(altered), out var forged, out _));
        Assert.Null(forged.Verify([node.Ledger.Signer.Key], out _));

        node.Keys.Destroy($"case-{Given.Case}");
        Verified(node, await Proof(node, supplied), out var after);
        Assert.Null(after.Openings);
    }

    [Fact]
    public async Task Asking_for_a_proof_needs_a_purpose_and_is_recorded_also_when_there_is_none()
    {
        await using var node = await OversightNode.Start();
        var path = $"/api/oversight/transfers/{Given.Transfer()}/proof";
        using var without = await node.Client.SendAsync(node.Ask(path, null, null));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);

        using var nothing = await node.Client.SendAsync(node.Ask(path));
        using var noId = await node.Client.SendAsync(node.Ask("/api/oversight/transfers/..%27%25/proof"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (nothing.StatusCode, noId.StatusCode));
        Assert.Equal(1, await node.Ledger.Database.Scalar<long>("select count(*) from es.mt_events where type = 'consultation.transfers-consulted.v1'"));
    }

    [Fact]
    public async Task The_log_is_served_as_tiles_to_anyone_and_its_leaves_to_oversight()
    {
        await using var node = await OversightNode.Start();
        using var early = await node.Client.GetAsync("/log/checkpoint");
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await node.Ledger.Append(300);
        await node.Ledger.Published(300);

        using var note = await node.Client.GetAsync("/log/checkpoint");
        var checkpoint = Checkpoint.Verify(SignedNote.Parse(await note.Content.ReadAsStringAsync()), node.Ledger.Signer.Key)!;
        Assert.Equal((300, "text/plain", true), (checkpoint.Size, note.Content.Headers.ContentType!.MediaType, note.Headers.CacheControl!.NoCache));
        var hashes = new List<TreeHash>();
        foreach (var path in (string[])["000", "001.p/44"])
        {
            using var tile = await node.Client.GetAsync($"/log/tile/0/{path}");
            using var entries = await node.Client.SendAsync(OversightNode.As(new(HttpMethod.Get, $"/log/tile/entries/{path}")));
            var leaves = EntryBundle.Read(await entries.Content.ReadAsByteArrayAsync())!;
            Assert.Equal(await tile.Content.ReadAsByteArrayAsync(), TreeHash.Bytewise(leaves.Select(leaf => Rfc6962.Leaf(leaf.Span)).ToArray()).ToArray());
            Assert.Equal((true, true), (tile.Headers.CacheControl!.Public, entries.Headers.CacheControl!.Private));
            hashes.AddRange(leaves.Select(leaf => Rfc6962.Leaf(leaf.Span)));
        }
        Assert.Equal(checkpoint.Root, TreeFrontier.Empty.Extend(hashes.ToArray()).Frontier.Root());

        foreach (var path in (string[])["0/002", "0/000.p/0", "0/0", "9/000", "0/x999/x999/x999/x999/x999/999", "0/x036/x028/x797/x018/x963/968", "0/..%2f..", "0/001.p/45", "%27"])
        {
            using var missing = await node.Client.GetAsync($"/log/tile/{path}");
            Assert.Equal($"{path} NotFound", $"{path} {missing.StatusCode}");
        }
        using var anonymous = await node.Client.GetAsync("/log/tile/entries/000");
        using var signer = await node.Client.SendAsync(OversightNode.As(new(HttpMethod.Get, "/log/tile/entries/000"), "signer"));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (anonymous.StatusCode, signer.StatusCode));
    }

    private static LeafProof Verified(OversightNode node, byte[] bytes, out ProofFile file)
    {
        Assert.True(ProofFile.TryRead(bytes, out var read, out _));
        file = read;
        var proven = read.Verify([node.Ledger.Signer.Key], out var fault);
        Assert.True(proven is not null, fault?.ToString());
        return proven!;
    }

    private static async Task<byte[]> Proof(OversightNode node, string transfer)
    {
        using var response = await node.Client.SendAsync(node.Ask($"/api/oversight/transfers/{transfer}/proof"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.Contains("Consultation"));
        return await response.Content.ReadAsByteArrayAsync();
    }
}
