namespace MlatExchange.Scenarios;

/// <summary>Either node killed (SIGKILL) while sealed bytes are on their way between the two.</summary>
[Collection(Breakable.Name)]
public class BytesOnTheirWay(BreakablePair nodes)
{
    [Fact]
    public async Task Bytes_on_their_way_between_nodes_go_on_where_either_was_killed()
    {
        var story = await (await new EvidenceStory(nodes.Xa, nodes.Xb, nodes.Keys, nodes.NewFolder()).Decided()).Described(200_000_000);
        await story.Upload();
        await story.Offer();
        await story.Accept();
        var part = Path.Combine(nodes.Xa.DataPath, "evidence", story.Transfer, EvidenceStory.Ref + ".part");
        long before = 0;
        foreach (var node in (Jurisdiction[])[nodes.Xa, nodes.Xb])
        {
            await Eventually.True(() => Task.FromResult(File.Exists(part) && new FileInfo(part).Length > before + 5_000_000), "bytes arrive");
            node.Kill();
            Assert.InRange(before = new FileInfo(part).Length, 1, new FileInfo(story.SealedFile()).Length - 1);
            await node.StartProcess();
        }
        await story.Obtained();
        await story.Opens();
        // What was here was not asked for again: the ranges granted are little more than the item.
        var asked = await nodes.Xb.Column<string>("select data ->> 'from' from es.mt_events where stream_id = $1 and type = 'transfer.fetch-granted.v1' order by version", $"transfer-{story.Transfer}");
        Assert.Contains(asked, from => long.Parse(from, System.Globalization.CultureInfo.InvariantCulture) >= before);
        Assert.Equal(1, asked.Count(from => from == "0"));
        Assert.False(File.Exists(part));
    }
}
