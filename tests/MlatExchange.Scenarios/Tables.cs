using System.Text;
using Npgsql;

namespace MlatExchange.Scenarios;

/// <summary>What a database holds, read by its superuser.</summary>
public static class Tables
{
    /// <summary>Every row of every table as text, each table apart; binary columns too, which PostgreSQL writes in hexadecimal.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Dump(Jurisdiction of) => await Dump(of.Superuser);

    public static async Task<IReadOnlyDictionary<string, string>> Dump(string superuser)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        var tables = new List<string>();
        await using (var list = source.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        Assert.Contains("vault.entries", tables);
        var dump = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            var text = new StringBuilder();
            await using var rows = source.CreateCommand($"select t::text from {table} t");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync()) text.AppendLine(reader.GetString(0));
            dump[table] = text.ToString();
        }
        return dump;
    }

    public static async Task Run(string superuser, string sql)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
