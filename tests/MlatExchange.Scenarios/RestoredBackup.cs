using System.Net;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>A backup cannot bring back what was erased: keys lie outside it, and the node notices that its database is older than its erasures.</summary>
[Collection(ScenarioWithClock.Name)]
public class RestoredBackup(RestoredBackup.OwnPair nodes) : IClassFixture<RestoredBackup.OwnPair>
{
    /// <summary>Its database goes back in time, so it is nobody else's.</summary>
    public sealed class OwnPair() : Pair("xb");

    [Fact]
    public async Task A_dump_from_before_the_erasure_opens_nothing_and_its_node_says_so_and_serves_nothing()
    {
        PlantedStory story = new(nodes.AtXa, nodes.AtXb, nodes.Xb.Url, nodes.Xa.Url, nodes.Keys, nodes.NewFolder());
        await story.Decide();
        await story.Obtain();
        var dump = nodes.NewFolder();
        await nodes.Xa.Backup(dump);
        var keysBefore = Directory.CreateDirectory(nodes.NewFolder()).FullName;
        foreach (var file in KeyFilesOf(story)) File.Copy(file, Path.Combine(keysBefore, Path.GetFileName(file)));
        Assert.Equal(2, Directory.GetFiles(keysBefore).Length);

        await story.Destroy();
        await story.Close(Final);
        await nodes.Xa.Stop();
        await nodes.Xa.Restore(dump);
        // Whoever restores more than the database puts the old key files back as well.
        foreach (var file in Directory.GetFiles(keysBefore)) File.Copy(file, Path.Combine(nodes.Xa.DataPath, "keys", "data", Path.GetFileName(file)));
        Assert.True(await nodes.Xa.Count("select count(*) from vault.entries where key_id = $1", $"case-{story.Request}") > 0, "the dump has the case's rows");
        Assert.Equal(0, await nodes.Xa.Count("select count(*) from es.mt_events where stream_id = $1", $"erasure-case-{story.Request}"));
        foreach (var (table, text) in await Tables.Dump(nodes.Xa)) Assert.True(story.Planted.FoundIn(text) is null, $"a planted value stands in {table}");

        await nodes.Xa.StartAsItIs();
        Assert.Empty(KeyFilesOf(story));
        using var client = new HttpClient { BaseAddress = new(nodes.Xa.Url) };
        JsonElement failing = default;
        await Eventually.True(async () =>
        {
            using var answer = await client.GetAsync("/health/ready");
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return false;
            failing = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("failing");
            return failing.TryGetProperty("erasures", out _) && failing.TryGetProperty("ledger", out _);
        }, "the node says that its database is older than its erasures, and its log than what it signed");
        Assert.Contains("erasures that were carried out", failing.GetProperty("erasures").GetString(), StringComparison.Ordinal);
        foreach (var path in (string[])[$"/api/requests/{story.Request}", $"/api/transfers/{story.Transfer}/items/storage/key", "/openapi/v1.json"])
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("database-restored", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private IEnumerable<string> KeyFilesOf(PlantedStory story) =>
        new[] { $"case-{story.Request}", $"transfer-{story.Transfer}" }.Select(key => KeyFiles.DataOf(nodes.Xa, key)).Where(File.Exists);

    private async Task<bool> Final(string code, string key) =>
        await (code == "xa" ? nodes.Xa : nodes.Xb).Count("select count(*) from es.mt_events where stream_id = $1 and type = 'erasure.final.v1'", $"erasure-{key}") == 1;
}
