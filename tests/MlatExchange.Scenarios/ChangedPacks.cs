using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlatExchange.Cli;

namespace MlatExchange.Scenarios;

/// <summary>A ministry changes a rule pack while requests run: new requests fall under the new one, those that run keep theirs, and the log says when.</summary>
[Collection(Scenario.Name)]
public sealed class ChangedPacks(TwoJurisdictions nodes)
{
    private const string InForce = "eev@9";

    [Fact]
    public async Task A_request_keeps_the_pack_it_was_signed_under_and_a_changed_pack_is_in_the_log()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("02"));
        var (id, thread, signed) = await at.DraftToSignature(file);
        Assert.Equal("awaiting-validation", signed.Expect(HttpStatusCode.Accepted).State);
        var digest = (await at.View(file, id)).GetProperty("assessment").GetProperty("packDigest").GetString();
        var folder = Packs();
        try
        {
            File.WriteAllText(Path.Combine(folder, $"{InForce}.json"), Harsher(folder));
            await Restart(folder);
            var (_, assessment) = await at.Assess(file);
            Assert.Equal((InForce, "block"), (assessment.GetProperty("rulePack").GetString(), assessment.GetProperty("outcome").GetString()));
            var events = await nodes.Xa.Column<string>("select data::text from es.mt_events where stream_id = 'jurisdiction-XA' order by version");
            Assert.Contains(JsonNode.Parse(events[^1])!["packs"]!.AsArray(), pack => (string?)pack!["pack"] == InForce);
            Assert.DoesNotContain(InForce, events[0], StringComparison.Ordinal);

            // Under the new pack a judge's validation cures nothing; under the old one it does.
            var validated = await at.Post($"/api/requests/{id}/validation", await at.Token("validating", "xa-judge", "judge"), new { decision = "granted" });
            Assert.Equal("sent", validated.Expect(HttpStatusCode.Accepted).State);
            Assert.Equal(digest, (await at.View(file, id)).GetProperty("assessment").GetProperty("packDigest").GetString());
            var received = await nodes.AtXb.Arrived(file.Addressee, thread);
            Assert.Equal(digest, received.GetProperty("assessment").GetProperty("theirs").GetProperty("packDigest").GetString());
        }
        finally
        {
            await Restart(null);
        }
    }

    [Fact]
    public async Task Without_the_pack_it_was_signed_under_a_request_is_not_validated_by_another()
    {
        var (at, file) = (nodes.AtXa, CaseFile.Load("02"));
        var (id, _, signed) = await at.DraftToSignature(file);
        signed.Expect(HttpStatusCode.Accepted);
        var pack = (await at.View(file, id)).GetProperty("assessment").GetProperty("rulePack").GetString()!;
        var folder = Packs();
        try
        {
            File.Delete(Path.Combine(folder, $"{pack}.json"));
            await Restart(folder);
            var refused = await at.Post($"/api/requests/{id}/validation", await at.Token("validating", "xa-judge", "judge"), new { decision = "granted" });
            Assert.Equal("signed-pack-missing", refused.Expect(HttpStatusCode.Conflict).Rule);
        }
        finally
        {
            await Restart(null);
        }

        Assert.Equal("sent", (await at.Post($"/api/requests/{id}/validation", await at.Token("validating", "xa-judge", "judge"), new { decision = "granted" })).Expect(HttpStatusCode.Accepted).State);
    }

    [Fact]
    public async Task A_node_that_asks_for_signatures_starts_with_packs_that_its_anchor_has_signed_and_with_no_others()
    {
        _ = nodes.Xa;
        var folder = Packs();
        var (trust, anchor) = (Path.Combine(nodes.Keys, "trust"), Path.Combine(nodes.Keys, "xa", "offline", "anchor.jwk"));
        try
        {
            Assert.Contains("eio@1.xa.jwt is missing", (await Assert.ThrowsAsync<InvalidOperationException>(() => Restart(folder, signatures: true))).Message.Replace("2ap10@1.xa.jwt", "eio@1.xa.jwt", StringComparison.Ordinal), StringComparison.Ordinal);
            foreach (var file in Directory.GetFiles(folder, "*@*.json"))
                Assert.Equal(0, await Mlat.Run(["rules", "sign", file, "--key", anchor, "--jurisdiction", "XA", "--trust", trust], Workplace.Real with { Out = TextWriter.Null }));
            await Restart(folder, signatures: true);
            var last = (await nodes.Xa.Column<string>("select data::text from es.mt_events where stream_id = 'jurisdiction-XA' order by version desc limit 1"))[0];
            Assert.All(JsonNode.Parse(last)!["packs"]!.AsArray(), pack => Assert.NotNull(pack!["signedBy"]));

            File.AppendAllText(Path.Combine(folder, "eio@1.json"), " ");
            Assert.Contains("pack-signature-of-other-pack", (await Assert.ThrowsAsync<InvalidOperationException>(() => Restart(folder))).Message, StringComparison.Ordinal);
        }
        finally
        {
            await Restart(null);
        }
    }

    private async Task Restart(string? packs, bool signatures = false)
    {
        await nodes.Xa.Stop();
        nodes.Xa.Besides.Clear();
        if (packs is not null) nodes.Xa.Besides["RulePacks:Path"] = packs;
        if (signatures) nodes.Xa.Besides["RulePacks:RequireSignature"] = "true";
        await nodes.Xa.Start();
    }

    private string Packs()
    {
        var folder = Directory.CreateDirectory(nodes.NewFolder()).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Servers.Repository, "contracts", "rule-packs"), "*.json")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    /// <summary>The newest pack of the Regulation, under which nobody may order content or traffic.</summary>
    private static string Harsher(string folder)
    {
        var newest = Directory.GetFiles(folder, "eev@*.json").Order(StringComparer.Ordinal).Last();
        var pack = JsonNode.Parse(File.ReadAllText(newest))!;
        pack["version"] = 9;
        var covered = pack["rules"]!.AsArray().Single(rule => (string?)rule!["slug"] == "data-category-covered")!;
        covered["parameters"]!["categories"] = new JsonArray("subscriber", "identification");
        return pack.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
