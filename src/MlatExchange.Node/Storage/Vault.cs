using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace MlatExchange.Node.Storage;

/// <summary>
/// Message bodies and personal fields, each sealed with AES-256-GCM under a data key that lies outside the database, with the entry's reference as associated data.
/// Destroying the data key destroys every entry under it, in the table, its dead rows, the write-ahead log and the backups.
/// </summary>
public sealed class Vault(NpgsqlDataSource database, KeyStore keys)
{
    private const byte Layout = 1;
    private const int InstanceAt = 1, NonceAt = 9, BodyAt = 21, TagSize = 16;

    /// <summary>Seals a value; makes the data key when it does not exist. Nothing is written to the database: hand the entry to <see cref="IEventStore.Append"/>.</summary>
    public VaultEntry Seal(string reference, string keyId, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> key = stackalloc byte[DataKey.Length];
        var instance = keys.CopyOrCreate(keyId, key);
        var sealedBytes = new byte[BodyAt + plaintext.Length + TagSize];
        sealedBytes[0] = Layout;
        BinaryPrimitives.WriteUInt64BigEndian(sealedBytes.AsSpan(InstanceAt), instance);
        var nonce = sealedBytes.AsSpan(NonceAt, 12);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(BodyAt, plaintext.Length), sealedBytes.AsSpan(BodyAt + plaintext.Length), Encoding.UTF8.GetBytes(reference));
        return new(reference, keyId, sealedBytes);
    }

    /// <summary>Opens one entry; null when there is none, or when its data key was destroyed.</summary>
    /// <exception cref="CryptographicException">The key is there but the bytes do not authenticate: the row was changed.</exception>
    public async Task<byte[]?> Open(string reference, CancellationToken cancellationToken = default) =>
        (await Open([reference], cancellationToken)).GetValueOrDefault(reference);

    /// <summary>The data key that an entry is sealed under, whether or not it still exists; null when there is no such entry.</summary>
    public async Task<string?> KeyOf(string reference, CancellationToken cancellationToken = default)
    {
        await using var command = await PreparedCommand.Open(database, "select key_id from vault.entries where reference = $1", cancellationToken, new NpgsqlParameter<string> { TypedValue = reference });
        return (string?)await command.Command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Opens several entries in one query; those missing, or whose key was destroyed, are left out.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> Open(IReadOnlyCollection<string> references, CancellationToken cancellationToken = default)
    {
        await using var command = await PreparedCommand.Open(database, "select reference, key_id, ciphertext from vault.entries where reference = any($1)", cancellationToken,
            new NpgsqlParameter { Value = references as string[] ?? [.. references], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.Read(cancellationToken);
        var opened = new Dictionary<string, byte[]>(references.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            var entry = new VaultEntry(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2));
            if (Open(entry) is { } plaintext)
                opened[entry.Reference] = plaintext;
        }
        return opened;
    }

    /// <summary>The same for entries that were perhaps written just now: in no query where all of them are remembered.</summary>
    /// <param name="groups">References that one append wrote, if it wrote them at all; the first of each it did write.</param>
    public async Task<IReadOnlyDictionary<string, byte[]>> Open(IEnumerable<string[]> groups, SealedEntries recent, CancellationToken cancellationToken = default)
    {
        var found = new List<VaultEntry>();
        var others = groups.Where(group => !recent.Find(group, found)).SelectMany(group => group).ToArray();
        var opened = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in found)
            if (Open(entry) is { } plaintext)
                opened[entry.Reference] = plaintext;
        if (others.Length > 0)
            foreach (var (reference, plaintext) in await Open(others, cancellationToken))
                opened[reference] = plaintext;
        return opened;
    }

    /// <summary>Opens an entry in hand; null when its data key was destroyed.</summary>
    /// <exception cref="CryptographicException">The key is there but the bytes do not authenticate.</exception>
    public byte[]? Open(VaultEntry entry)
    {
        var bytes = entry.Ciphertext;
        if (bytes.Length < BodyAt + TagSize || bytes[0] != Layout)
            throw new CryptographicException("A vault entry does not have the known layout.");
        // A key made anew under the same id is another instance: what the destroyed one sealed stays closed, and is not mistaken for a changed row.
        Span<byte> key = stackalloc byte[DataKey.Length];
        if (keys.Copy(entry.KeyId, key) is not { } instance || instance != BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(InstanceAt)))
            return null;
        var plaintext = new byte[bytes.Length - BodyAt - TagSize];
        using var aes = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        aes.Decrypt(bytes.AsSpan(NonceAt, 12), bytes.AsSpan(BodyAt, plaintext.Length), bytes.AsSpan(BodyAt + plaintext.Length), plaintext, Encoding.UTF8.GetBytes(entry.Reference));
        return plaintext;
    }
}
