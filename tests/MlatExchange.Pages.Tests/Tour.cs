using System.Net;
using System.Text.Json;
using MlatExchange.Cli;
using MlatExchange.Scenarios;
using Npgsql;

namespace MlatExchange.Pages.Tests;

/// <summary>A page to look at, and as whom.</summary>
/// <param name="Name">File name of its picture.</param>
public sealed record Stop(string Name, Jurisdiction At, string Path, string Authority, params string[] Roles);

/// <summary>Every page there is, with something on it.</summary>
public static class Tour
{
    private static readonly string[] Everything = ["drafter", "assessor", "approver", "signer", "judge", "requesting-prosecutor", "executing-prosecutor"];
    private static IReadOnlyList<Stop>? prepared;

    public static async Task<IReadOnlyList<Stop>> Of(Nodes nodes) => prepared ??= await Prepare(nodes);

    private static async Task<IReadOnlyList<Stop>> Prepare(Nodes nodes)
    {
        var file = CaseFile.Example();
        var draft = (await nodes.AtXa.Post("/api/requests", await nodes.AtXa.Token("drafting", file.Authority, "drafter"), file.Body)).Expect(HttpStatusCode.Created).Id;
        var (assessed, _) = await nodes.AtXa.Assess(file);
        var (sent, thread, _) = await nodes.AtXa.DraftToSignature(file);
        var received = (await nodes.AtXb.Arrived(file.Addressee, thread)).GetProperty("id").GetString()!;
        var (ended, _) = (await Mlat.Run(["demo", "--requesting", nodes.Xa.Url, "--requested", nodes.Xb.Url, "--keys", nodes.Keys, "--work", nodes.NewFolder()], Workplace.Real with { Out = TextWriter.Null }), 0);
        Assert.Equal(0, ended);
        var (held, supplied) = (await Only(nodes.AtXa, "/api/transfers", "xa-judge"), await Only(nodes.AtXb, "/api/transfers", "xb-central"));
        await Figures(nodes.Xa.Superuser);
        return
        [
            new("sign-in", nodes.Xa, "/sign-in", ""),
            new("signed-out", nodes.Xa, "/sign-out", ""),
            new("accessibility", nodes.Xa, "/accessibility", ""),
            new("transparency", nodes.Xa, "/transparency?year=2024", ""),
            new("not-found", nodes.Xa, "/nowhere", "xa-judge", Everything),
            new("devices", nodes.Xa, "/devices", "xa-judge", Everything),
            new("work-list", nodes.Xa, "/", "xa-judge", Everything),
            new("requests", nodes.Xa, "/requests", "xa-judge", Everything),
            new("import", nodes.Xa, "/requests/import", "xa-judge", Everything),
            new("request-draft", nodes.Xa, $"/requests/{draft}", "xa-judge", Everything),
            new("request-assessed", nodes.Xa, $"/requests/{assessed}", "xa-judge", Everything),
            new("request-sent", nodes.Xa, $"/requests/{sent}?done=signed", "xa-judge", Everything),
            new("transfers", nodes.Xa, "/transfers", "xa-judge", Everything),
            new("transfer-held", nodes.Xa, $"/transfers/{held}", "xa-judge", Everything),
            new("oversight", nodes.Xa, "/oversight", "xa-oversight", "oversight"),
            new("operator", nodes.Xa, "/operator", "xa-judge", "operator"),
            new("received", nodes.Xb, "/received", "xb-central", Everything),
            new("received-one", nodes.Xb, $"/received/{received}", "xb-central", Everything),
            new("transfer-supplied", nodes.Xb, $"/transfers/{supplied}", "xb-central", Everything),
        ];
    }

    // A year that is over, which no test can wait for: what the log would have been counted as.
    private static async Task Figures(string superuser)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand("""
            insert into read.figures (month, measure, instrument, counterpart, emergency, pack, code, count) values
            ('2024-02-01', 'sent-items', 'EEV', 'XB', false, '', 'content', 40), ('2024-05-01', 'sent-items', 'EEV', 'XC', true, '', 'traffic', 23), ('2024-08-01', 'sent-items', 'EIO', 'XC', false, '', 'subscriber', 25),
            ('2024-11-01', 'sent-items', 'EIO', 'XC', false, '', 'content', 12), ('2024-02-01', 'sent-requests', 'EEV', 'XB', false, '', '', 3), ('2024-11-01', 'sent-requests', 'EEV', 'XB', false, '', '', 31)
            on conflict do nothing;
            insert into read.figure_times (month, measure, instrument, counterpart, emergency, pack, bucket, count, seconds) values ('2024-02-01', 'sent-request-to-data', 'EEV', 'XB', false, '', 600, 14, 2000000) on conflict do nothing;
            insert into read.figure_months (month, position) values ('2024-11-01', 1) on conflict do nothing;
            """);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> Only(NodeClient at, string list, string authority) =>
        (await at.Get(list, await at.Token("listing", authority, "signer"))).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().First().GetProperty("id").GetString()!;
}
