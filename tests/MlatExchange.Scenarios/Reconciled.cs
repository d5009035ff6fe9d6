using MlatExchange.Node.Access;
using MlatExchange.Node.Ledger;
using MlatExchange.Protocol.Transparency;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>What must hold between two sides once everything has come to rest, read from their databases alone.</summary>
public static class Reconciled
{
    private const string Signed = "select data->>'digest' from es.mt_events where type = 'thread.message-signed.v1' and data->>'counterpart' = $1 order by 1";
    private const string Accepted = "select data->>'digest' from es.mt_events where type = 'thread.message-accepted.v1' and data->>'counterpart' = $1 order by 1";

    /// <summary>Waits until nothing is on its way, then: each message of one is accepted once by the other, nothing was set aside or refused, and both logs are whole.</summary>
    public static async Task Pair(Jurisdiction one, Jurisdiction other)
    {
        await Rest(one, other);
        await Rest(other, one);
        foreach (var (from, to) in (IEnumerable<(Jurisdiction, Jurisdiction)>)[(one, other), (other, one)])
        {
            var signed = await Digests(from, Signed, to);
            Assert.NotEmpty(signed);
            Assert.Equal(signed, await Digests(to, Accepted, from));
            Assert.Distinct(signed);
            Assert.Equal(0, await from.Count("select count(*) from exchange.quarantine"));
            Assert.Equal(0, await from.Count("select count(*) from es.mt_events where type in ('thread.message-refused.v1', 'thread.equivocation-found.v1')"));
            await Log(from);
        }
    }

    /// <summary>Every event is a leaf, in one order without gaps, under heads that verify, the guard's newest among them.</summary>
    public static async Task Log(Jurisdiction of)
    {
        var guard = File.ReadLines(Directory.GetFiles(of.Guard).Single()).Last().Split(' ');
        var key = new LogKey(guard[0], NodeKeys.Load(of.Keys).Log.Public);
        await using var database = NpgsqlDataSource.Create(of.Superuser);
        var findings = new List<AuditFinding>();
        await foreach (var finding in new LedgerAudit(database, key).Run(Checkpoint.Read($"{guard[0]}\n{guard[1]}\n{guard[2]}\n"))) findings.Add(finding);
        Assert.Empty(findings);
        Assert.Equal(0, await of.Count("select max(position) - count(*) + count(*) - count(distinct event_id) from ledger.entries"));
    }

    private static async Task Rest(Jurisdiction from, Jurisdiction to)
    {
        IReadOnlyList<string> signed = [], accepted = [];
        try
        {
            await Eventually.True(
                async () =>
                {
                    (signed, accepted) = (await Digests(from, Signed, to), await Digests(to, Accepted, from));
                    return signed.SequenceEqual(accepted)
                        && await from.Count("select (select count(*) from exchange.inbox_raw) + (select count(*) from ledger.pending)") == 0;
                },
                $"all that {from.Code} signed is accepted by {to.Code}");
        }
        catch (Exception late) when (late is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{from.Code} signed {signed.Count}, {to.Code} accepted {accepted.Count}, lost {signed.Except(accepted).Count()}", late);
        }
    }

    private static Task<IReadOnlyList<string>> Digests(Jurisdiction at, string sql, Jurisdiction of) => at.Column<string>(sql, of.Code.ToUpperInvariant());
}
