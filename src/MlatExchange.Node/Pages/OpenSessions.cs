using System.Text;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Pages;

/// <summary>A session of an official on one device.</summary>
/// <param name="Device">Family of browser and system, such as <c>Firefox, Linux</c>.</param>
public sealed record OpenSession(Guid Id, string Device, DateTimeOffset Began, DateTimeOffset Seen);

/// <summary>
/// The sessions that are open, in the database: a cookie whose session is not here opens nothing, so signing out ends every copy of it at once, on all processes of the node.
/// Whose a session is stands there as a digest under a key outside the database.
/// </summary>
public sealed class OpenSessions(NpgsqlDataSource database, KeyStore keys, TimeProvider time)
{
    private const string KeyId = "sessions";

    /// <summary>Opens one, and forgets those that are over.</summary>
    public async Task<Guid> Begin(string subject, string userAgent, CancellationToken cancellationToken)
    {
        var (id, now) = (Guid.NewGuid(), time.GetUtcNow());
        await Run("delete from api.sessions where seen < $1 or began < $2", cancellationToken, now - Session.Idle, now - Session.Longest);
        await Run("insert into api.sessions (id, owner, device, began, seen) values ($1, $2, $3, $4, $4)", cancellationToken, id, Owner(subject), Device(userAgent), now);
        return id;
    }

    /// <summary>Whether the session is still open; being asked is being used.</summary>
    public async Task<bool> Touch(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await Run("update api.sessions set seen = greatest(seen, $2) where id = $1 and seen > $3 and began > $4", cancellationToken, id, now, now - Session.Idle, now - Session.Longest) == 1;
    }

    public Task End(Guid id, CancellationToken cancellationToken) => Run("delete from api.sessions where id = $1", cancellationToken, id);

    /// <summary>Ends all of the official's sessions but this one.</summary>
    public Task EndOthers(string subject, Guid id, CancellationToken cancellationToken) => Run("delete from api.sessions where owner = $1 and id <> $2", cancellationToken, Owner(subject), id);

    /// <summary>The official's open sessions, the last used first.</summary>
    public async Task<IReadOnlyList<OpenSession>> Of(string subject, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select id, device, began, seen from api.sessions where owner = $1 and seen > $2 order by seen desc limit 50");
        command.Parameters.Add(new() { Value = Owner(subject) });
        command.Parameters.Add(new() { Value = time.GetUtcNow() - Session.Idle });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<OpenSession>();
        while (await reader.ReadAsync(cancellationToken)) found.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return found;
    }

    private async Task<int> Run(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private byte[] Owner(string subject) => keys.Mac(KeyId, [.. "mlat-session-owner-v1\0"u8, .. Encoding.UTF8.GetBytes(subject)]);

    /// <summary>Enough to tell two devices apart, and no more than that.</summary>
    private static string Device(string userAgent)
    {
        string First(params string[] names) => names.FirstOrDefault(name => userAgent.Contains(name, StringComparison.Ordinal)) ?? "?";
        return $"{First("Firefox", "Edg", "Chrome", "Safari")}, {First("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")}";
    }
}
