using MlatExchange.Cli;

namespace MlatExchange.Node.Tests.Oversight;

/// <summary><c>mlat verify query</c> over a node that serves, whose read tables are then changed behind its back.</summary>
public sealed class VerifyQuerySpecs
{
    [Fact]
    public async Task An_honest_node_is_found_complete_and_a_lossy_one_is_found_out()
    {
        await using var node = await OversightNode.Start(overHttp: true);
        var transfers = Enumerable.Range(0, 300).Select(_ => Given.Transfer()).ToList();
        foreach (var (transfer, n) in transfers.Select((transfer, n) => (transfer, n))) await node.Happen(transfer, 0, n % 2 == 0 ? "XC" : "XB", n % 3 == 0 ? "EIO" : "EEV", Given.Prepared(transfer, n % 2 == 0 ? "XC" : "XB"));
        await node.Happen(transfers[1], 1, "XB", "EEV", Given.Supply(transfers[1])[1..3]);

        var (code, said) = await Verify(node, "");
        Assert.True(code == ExitCode.Valid, said);
        Assert.Contains("300 rows, 300 transfers", said, StringComparison.Ordinal);
        (code, said) = await Verify(node, "counterpart=XC&article=EEV%205&to=2999-01-01");
        Assert.True(code == ExitCode.Valid, said);
        Assert.Contains("100 rows, 100 transfers", said, StringComparison.Ordinal);
        (code, said) = await Verify(node, "counterpart=XC&overdue=false");
        Assert.True(code == ExitCode.Incomplete, said);
        Assert.Contains("No leaf shows overdue", said, StringComparison.Ordinal);

        await Lie(node, "delete from read.transfer_records where transfer = $1", transfers[4]);
        await Lie(node, "update read.transfer_records set counterpart = 'XC' where transfer = $1", transfers[3]);
        (code, said) = await Verify(node, "counterpart=XC");
        Assert.Equal(ExitCode.Invalid, code);
        Assert.Equal(["extra", "missing"], Findings(said));
        Assert.Contains($"of which {transfers[3]} is a row", said, StringComparison.Ordinal);

        await Lie(node, "update read.transfer_documents d set record = replace(record::text, '\"content\"', '\"traffic\"')::json from read.transfer_records r where r.first_position = d.first_position and r.transfer = $1", transfers[6]);
        await Lie(node, "update read.transfer_documents d set record = replace(record::text, '\"index\":', '\"index\":1000')::json from read.transfer_records r where r.first_position = d.first_position and r.transfer = $1", transfers[8]);
        (code, said) = await Verify(node, "counterpart=XC&to=2999-01-01");
        Assert.Equal(ExitCode.Invalid, code);
        Assert.Equal(["differs", "extra", "extra", "missing", "missing"], Findings(said));
    }

    [Fact]
    public async Task Leaves_that_are_not_those_of_the_signed_head_are_refused()
    {
        await using var node = await OversightNode.Start(overHttp: true);
        foreach (var transfer in Enumerable.Range(0, 3).Select(_ => Given.Transfer())) await node.Happen(transfer, 0, "XB", "EEV", Given.Prepared(transfer));
        await node.Projected(3);
        await Lie(node, "update ledger.entries set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), $1, 'XC'), 'UTF8') where idx = 1", "XB");

        var (code, said) = await Verify(node, "counterpart=XB");

        Assert.Equal(ExitCode.Invalid, code);
        Assert.Contains("not those of the head", said, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Findings(string said) => said.Split('\n').Select(line => line.Split(':')[0]).Where(word => word is "missing" or "extra" or "differs").Order(StringComparer.Ordinal);

    private static async Task Lie(OversightNode node, string sql, string value)
    {
        await using var command = node.Ledger.Database.Superuser.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static async Task<(int Code, string Said)> Verify(OversightNode node, string query)
    {
        var folder = Directory.CreateTempSubdirectory("mlat-trust-");
        try
        {
            node.Trust.Write(folder.FullName);
            using var said = new StringWriter();
            var code = await Mlat.Run(
                ["verify", "query", query, "--node", node.BaseUrl, "--token", "oversight:xa-oversight", "--trust", folder.FullName], Workplace.Real with { Out = said, Error = said });
            return (code, said.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
