using System.Net;

namespace MlatExchange.Scenarios;

/// <summary>
/// Walks the life of a transfer and kills the node (SIGKILL) at every step of it, before the step's event is written and after; in the middle of the bytes it is killed in <see cref="Uploads"/> and <see cref="BytesOnTheirWay"/>. Nothing is lost,
/// nothing happens twice, nothing is destroyed that should not be.
/// </summary>
[Collection(Breakable.Name)]
public class CrashWalk(BreakablePair nodes)
{
    /// <summary>Kill points in the order of the story: which node, at which event. Each lies between two steps of upload, seal, offer, release, fetch, destruction.</summary>
    private static readonly (string At, string Event)[] Supply =
    [
        ("xb", "transfer.prepared.v1"), ("xb", "transfer.content-stored.v1"), ("xb", "transfer.offered.v1"), ("xa", "transfer.offer-received.v1"), ("xa", "transfer.accepted.v1"),
        ("xb", "transfer.acceptance-received.v1"), ("xb", "transfer.key-released.v1"), ("xa", "transfer.share-received.v1"), ("xb", "transfer.fetch-granted.v1"), ("xa", "transfer.item-fetched.v1"),
    ];

    private static readonly (string At, string Event)[] Destruction =
    [
        ("xa", "transfer.destruction-ordered.v1"), ("xa", "transfer.erasure-started.v1"), ("xa", "transfer.key-destroyed.v1"), ("xa", "transfer.ciphertext-deleted.v1"),
        ("xa", "transfer.erasure-completed.v1"), ("xa", "transfer.certificate-sent.v1"), ("xb", "transfer.certificate-received.v1"), ("xa", "transfer.certificate-receipted.v1"),
    ];

    [Theory]
    [InlineData(false)]
    public async Task Nodes_killed_at_every_step_of_a_transfer_lose_nothing_and_destroy_nothing_they_should_not(bool written)
    {
        var bystander = await Obtained();
        var held = await Obtained();
        var hold = (await nodes.AtXa.Post($"/api/transfers/{held.Transfer}/holds", await held.Holding(), new { reason = "An appeal is open." })).Expect(HttpStatusCode.Accepted);
        Assert.NotEqual(Guid.Empty, hold.Body.GetProperty("hold").GetGuid());
        await held.Destroy(); // under the hold it waits
        var story = await new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder()).Decided();

        await using (var gates = await Gates.Of(nodes, [.. Supply, .. Destruction]))
        {
            var acting = Task.Run(async () =>
            {
                await story.Described(300_000);
                await EvidenceStory.Patiently(story.Upload);
                await story.Offer();
                await story.Accept();
            });
            foreach (var (at, step) in Supply) await gates.KillAt(at, step, written, acting);
            await acting;
            await story.Obtained();
            await story.Opens();
            Assert.Equal(HttpStatusCode.OK, await story.Status("key"));

            acting = story.Destroy();
            foreach (var (at, step) in Destruction)
            {
                await gates.KillAt(at, step, written, acting);
                await held.Opens(); // a hold outlives every crash
            }
            await acting;
        }
        await story.HolderIs("the certificate's receipt returns", view => view.GetProperty("state").GetString() == "certified");
        await story.SupplierIs("the certificate arrives", view => view.GetProperty("state").GetString()!.StartsWith("certified", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Gone, await story.Status("key"));
        Assert.Empty(Left(nodes.Xa, story.Transfer));

        await bystander.Opens();
        Assert.Equal(HttpStatusCode.OK, await held.Status("key"));
        foreach (var (at, step) in Supply.Concat(Destruction).Where(point => point.Event != "transfer.fetch-granted.v1"))
            Assert.True(await Of(at).Count("select count(*) from es.mt_events where stream_id = $1 and type = $2", $"transfer-{story.Transfer}", step) == 1, $"{step} happened once");
        await Reconciled.Pair(nodes.Xa, nodes.Xb);
    }

    private async Task<EvidenceStory> Obtained()
    {
        var story = await (await new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder()).Decided()).Described(50_000, "first", "second");
        await story.Upload();
        await story.Offer();
        await story.Accept();
        await story.Obtained();
        return story.For("second");
    }

    private Jurisdiction Of(string code) => code == "xa" ? nodes.Xa : nodes.Xb;

    private static string[] Left(Jurisdiction at, string transfer) =>
        Directory.Exists(Path.Combine(at.DataPath, "evidence", transfer)) ? Directory.GetFiles(Path.Combine(at.DataPath, "evidence", transfer)) : [];

    /// <summary>The gates of both nodes.</summary>
    private sealed record Gates(BreakablePair Nodes, EventGate Xa, EventGate Xb) : IAsyncDisposable
    {
        public static async Task<Gates> Of(BreakablePair nodes, (string At, string Event)[] points) => new(
            nodes,
            await EventGate.Of(nodes.Xa, [.. points.Where(point => point.At == "xa").Select(point => point.Event)]),
            await EventGate.Of(nodes.Xb, [.. points.Where(point => point.At == "xb").Select(point => point.Event)]));

        public async Task KillAt(string at, string step, bool written, Task acting)
        {
            var (node, gate) = at == "xa" ? (Nodes.Xa, Xa) : (Nodes.Xb, Xb);
            await Task.WhenAny(gate.InHand(step), Failed(acting)).Unwrap();
            node.Kill();
            await gate.Open(step, written);
            await node.StartProcess();
        }

        public async ValueTask DisposeAsync()
        {
            await Xa.DisposeAsync();
            await Xb.DisposeAsync();
        }

        /// <summary>Never ends, unless the official's own steps fail.</summary>
        private static async Task Failed(Task acting)
        {
            await acting;
            await Task.Delay(Timeout.Infinite);
        }
    }
}
