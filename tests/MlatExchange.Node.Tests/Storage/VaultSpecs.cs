using System.Security.Cryptography;
using System.Text;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

public sealed class VaultSpecs : IClassFixture<NodeDatabase>, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-vault-");
    private readonly NodeDatabase database;
    private readonly KeyStore keys;
    private readonly Vault vault;
    private readonly LogBell bell = new();
    private readonly PostgresEventStore store;

    public VaultSpecs(NodeDatabase database)
    {
        _ = database.Settings;
        this.database = database;
        keys = new(folder.FullName, TimeSpan.FromSeconds(10), TimeProvider.System);
        vault = new(database.App, keys);
        store = new(database.App, bell);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<string> Write(string keyId, string text)
    {
        var entry = vault.Seal($"note/{Guid.NewGuid()}", keyId, Encoding.UTF8.GetBytes(text));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(new([new(Given.Stream(), 0, [Given.Event()])], [entry], [])));
        return entry.Reference;
    }

    [Fact]
    public async Task What_was_sealed_is_opened_and_the_table_tells_nothing_of_it()
    {
        var (one, empty) = (await Write("case-1", "Jane Doe"), await Write("case-1", ""));

        Assert.Equal("Jane Doe", Encoding.UTF8.GetString((await vault.Open(one))!));
        Assert.Empty((await vault.Open(empty))!);
        Assert.Null(await vault.Open("note/none"));
        Assert.Equal([empty, one], (await vault.Open([one, empty, "note/none"])).Keys.OrderBy(k => k != empty));
        Assert.Equal(-1, (await database.Scalar<byte[]>("select ciphertext from vault.entries where reference = $1", one)).AsSpan().IndexOf("Jane"u8));
        var twice = (vault.Seal("a", "case-1", "x"u8), vault.Seal("a", "case-1", "x"u8));
        Assert.NotEqual(twice.Item1.Ciphertext, twice.Item2.Ciphertext);
    }

    [Fact]
    public async Task A_row_that_was_changed_or_moved_does_not_open()
    {
        var (one, two) = (await Write("case-1", "first"), await Write("case-1", "other"));
        await database.Run("update vault.entries set ciphertext = (select ciphertext from vault.entries where reference = $2) where reference = $1", one, two);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => vault.Open(one));
        await database.Run("update vault.entries set ciphertext = set_byte(ciphertext, 25, 255 - get_byte(ciphertext, 25)) where reference = $1", two);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => vault.Open(two));
    }

    [Fact]
    public async Task After_its_key_is_destroyed_nothing_opens_even_where_a_key_of_the_same_name_is_made_anew()
    {
        var (gone, stays) = (await Write("case-gone", "secret"), await Write("case-stays", "kept"));

        keys.Destroy("case-gone");

        Assert.Null(await vault.Open(gone));
        Assert.Null(await new Vault(database.App, new KeyStore(folder.FullName, TimeSpan.FromSeconds(10), TimeProvider.System)).Open(gone));
        await Write("case-gone", "again");
        Assert.Null(await vault.Open(gone));
        Assert.Equal([stays], (await vault.Open([gone, stays])).Keys);
    }

    [Fact]
    public async Task What_this_process_has_committed_is_opened_without_the_table_as_long_as_its_key_is_there()
    {
        var (one, recent) = (await Write("case-recent", "just now"), bell.Tail.Sealed);
        await database.Run("delete from vault.entries where reference = $1", one); // so that only what is remembered can open

        var opened = await vault.Open([[one, one + "/of-the-same-append"]], recent);
        Assert.Equal("just now", Encoding.UTF8.GetString(Assert.Single(opened, pair => pair.Key == one).Value));

        keys.Destroy("case-recent");
        Assert.Empty(await vault.Open([[one]], recent));
        await Write("case-recent", "again");
        Assert.Empty(await vault.Open([[one]], recent));
    }

    [Fact]
    public async Task What_was_not_committed_or_lies_further_back_is_looked_for_in_the_table()
    {
        var (older, stream) = (await Write("case-1", "older"), Given.Stream());
        var (won, lost) = (vault.Seal("text/won", "case-1", "won"u8), vault.Seal("text/lost", "case-1", "lost"u8));
        Assert.IsType<AppendOutcome.Appended>(await store.Append(new([new(stream, 0, [Given.Event()])], [won], [])));
        Assert.IsType<AppendOutcome.Conflict>(await store.Append(new([new(stream, 0, [Given.Event()])], [lost], [])));
        for (var n = 0; n < 600; n += 50)
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Write("case-1", "newer")));

        Assert.Empty(await vault.Open([["text/lost"]], bell.Tail.Sealed));
        Assert.False(bell.Tail.Sealed.Find([older], []));
        Assert.Equal([older, "text/won"], (await vault.Open([[older], ["text/won", "text/none"]], bell.Tail.Sealed)).Keys.Order(StringComparer.Ordinal));
    }
}
