using System.Text.Json;
using MlatExchange.Cli;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Specs.Cli;

public sealed class NodeTrafficSpecs
{
    private static readonly string[] Node = ["--node", "http://127.0.0.1:1", "--token", "token-1"];

    [Fact]
    public async Task Sealing_with_a_node_posts_the_offer_and_uploads_the_file()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.SealArgs([.. Node, "--received", "r-1"])));
        var transfer = desk.Offer().GetProperty("transfer").GetString();
        Assert.Equal(["POST /api/received/r-1/transfers", $"HEAD /api/uploads/{transfer}/i1", $"PATCH /api/uploads/{transfer}/i1"], node.Calls);
        Assert.True(JsonElement.DeepEquals(desk.Offer(), node.Posted!.Value));
        Assert.Equal(await File.ReadAllBytesAsync(desk.At("out", "i1.sealed")), Assert.Single(node.Contents).Value);
    }

    [Fact]
    public async Task An_upload_whose_line_breaks_goes_on_by_itself_as_long_as_bytes_get_through()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        await File.WriteAllBytesAsync(desk.At("mailbox.bin"), new byte[20_000_000]);
        node.CutAfter = 8_000_000;
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(desk.SealArgs([.. Node, "--received", "r-1"])));
        Assert.Equal(["POST", "HEAD", "PATCH", "HEAD", "PATCH", "HEAD", "PATCH"], node.Calls.Select(call => call.Split(' ')[0]));
        Assert.Equal(await File.ReadAllBytesAsync(desk.At("out", "i1.sealed")), Assert.Single(node.Contents).Value);
    }

    [Fact]
    public async Task An_upload_that_stopped_goes_on_where_it_was()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        await File.WriteAllBytesAsync(desk.At("mailbox.bin"), new byte[20_000_000]);
        (node.CutAfter, node.CallsLeft) = (8_000_000, 3);
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(desk.SealArgs([.. Node, "--received", "r-1"])));
        Assert.Equal(8_000_000, Assert.Single(node.Contents).Value.Length);
        (node.CutAfter, node.CallsLeft) = (int.MaxValue, int.MaxValue);
        node.Calls.Clear();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["upload", desk.At("out"), .. Node]));
        Assert.Equal(["POST", "HEAD", "PATCH"], node.Calls.Select(call => call.Split(' ')[0]));
        Assert.Equal(await File.ReadAllBytesAsync(desk.At("out", "i1.sealed")), Assert.Single(node.Contents).Value);
        node.Calls.Clear();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["upload", desk.At("out"), .. Node]));
        Assert.DoesNotContain(node.Calls, call => call.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upload_cut_before_its_first_part_finds_the_transfer_known_and_goes_on()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        node.CallsLeft = 1;
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(desk.SealArgs([.. Node, "--received", "r-1"])));
        node.CallsLeft = int.MaxValue;
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(["upload", desk.At("out"), .. Node, "--received", "r-1"]));
        Assert.Contains("knows this transfer already", desk.Desk.Errors, StringComparison.Ordinal);
        Assert.Single(node.Contents);
    }

    [Fact]
    public async Task Opening_from_a_node_resumes_the_download_and_reports_custody()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        var (transfer, args) = await Offered(desk, node);
        node.CutAfter = 100_000;
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(args));
        Assert.Equal(["mailbox.bin.sealed"], desk.Desk.Files("opened"));
        node.CutAfter = int.MaxValue;
        node.Calls.Clear();
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run(args));
        Assert.Contains($"GET /api/transfers/{transfer}/items/i1/content bytes=100000-", node.Calls);
        Assert.Equal($"POST /api/transfers/{transfer}/custody", node.Calls[^1]);
        Assert.Equal(desk.Content, await File.ReadAllBytesAsync(desk.At("opened", "mailbox.bin")));
        Assert.Equal(["mailbox.bin", "mailbox.bin.custody.jwt"], desk.Desk.Files("opened"));
    }

    [Fact]
    public async Task Opening_while_the_bytes_come_leaves_no_sealed_copy_and_a_broken_line_nothing()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        var (_, args) = await Offered(desk, node);
        node.CutAfter = 100_000;
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run([.. args, "--stream"]));
        Assert.Empty(desk.Desk.Files("opened"));
        node.CutAfter = int.MaxValue;
        Assert.Equal(ExitCode.Valid, await desk.Desk.Run([.. args, "--stream"]));
        Assert.Equal(desk.Content, await File.ReadAllBytesAsync(desk.At("opened", "mailbox.bin")));
        Assert.Equal(["mailbox.bin", "mailbox.bin.custody.jwt"], desk.Desk.Files("opened"));
    }

    [Fact]
    public async Task A_tampering_node_leaves_nothing_behind()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        var (transfer, args) = await Offered(desk, node);
        node.Contents[$"/api/transfers/{transfer}/items/i1/content"][70_000] ^= 1;
        Assert.Equal(ExitCode.Invalid, await desk.Desk.Run(args));
        Assert.Empty(desk.Desk.Files("opened"));
    }

    [Fact]
    public async Task Before_the_release_the_node_s_reason_is_shown()
    {
        var (desk, node) = await Make();
        using var _ = desk;
        var (transfer, args) = await Offered(desk, node);
        node.Json.Remove($"/api/transfers/{transfer}/items/i1/key");
        Assert.Equal(ExitCode.Unavailable, await desk.Desk.Run(args));
        Assert.Contains("not-released: The share is not released yet.", desk.Desk.Errors, StringComparison.Ordinal);
    }

    private static async Task<(EvidenceDesk Desk, FakeNode Node)> Make()
    {
        var desk = await EvidenceDesk.Make();
        var node = new FakeNode();
        desk.Desk.Http = () => new HttpClient(node, disposeHandler: false);
        return (desk, node);
    }

    private static async Task<(string Transfer, string[] Args)> Offered(EvidenceDesk desk, FakeNode node)
    {
        await desk.SealAndRelease();
        var transfer = desk.Offer().GetProperty("transfer").GetString()!;
        Assert.True(Base64Url.TryDecode(desk.Item().GetProperty("nodeShare").GetString(), out var b));
        node.Json[$"/api/transfers/{transfer}"] = JsonSerializer.Serialize(new
        {
            id = transfer,
            supplier = EvidenceDesk.Supplier,
            items = new[]
            {
                new
                {
                    @ref = "i1",
                    digest = desk.Item().GetProperty("digest"),
                    commitment = desk.Item().GetProperty("commitment"),
                    wrappedShare = Digest.Of(System.Text.Encoding.ASCII.GetBytes(desk.Item().GetProperty("wrappedShare").GetString()!)).ToString(),
                    nodeShare = Digest.Of(b).ToString(),
                },
            },
        });
        node.Json[$"/api/transfers/{transfer}/items/i1/key"] = JsonSerializer.Serialize(new
        {
            wrappedShare = await File.ReadAllTextAsync(desk.At("a.jwe")), releasedShare = await File.ReadAllTextAsync(desk.At("b.jwe")),
        });
        node.Contents[$"/api/transfers/{transfer}/items/i1/content"] = await File.ReadAllBytesAsync(desk.At("out", "i1.sealed"));
        return (transfer,
        [
            "open", .. Node, "--transfer", transfer, "--ref", "i1", "--evidence-key", desk.At("keys", "xa", "offline", "evidence", "xa-judge.jwk"),
            "--transfer-key", desk.At("transfer.jwk"), "--out", desk.At("opened", "mailbox.bin"), "--place", "XA", "--basis", "EEV 5",
        ]);
    }
}
