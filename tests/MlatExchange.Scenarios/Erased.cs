using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MlatExchange.Scenarios;

/// <summary>
/// Once an erasure is final, what was planted in names, selectors, file numbers, texts and conditions, and the keys and salts of the case, are nowhere: not in a node's memory,
/// not in a file of its servers or its own. Not looked at: the prosecutors' own machines, and swap and kernel memory of this one.
/// </summary>
[Collection(ErasedCollection.Name)]
public class Erased(ErasedPair nodes)
{
    [Fact]
    public void Nothing_planted_and_no_key_or_salt_is_in_the_memory_of_either_node()
    {
        Present();
        Assert.All(nodes.WhileItLived.Values, count => Assert.True(count > 50, "while the case lived the search found it"));
        Assert.Equal((0, 0), (nodes.InMemory(nodes.Xa), nodes.InMemory(nodes.Xb)));
    }

    [Fact]
    public void A_backup_of_the_key_files_opens_under_no_epoch_that_is_left()
    {
        Present();
        Assert.Equal(4, nodes.Backup.Count);
        Assert.All(nodes.Backup, copy =>
        {
            Assert.False(File.Exists(KeyFiles.DataOf(copy.Of, copy.Key)));
            Assert.DoesNotContain(KeyFiles.EpochOf(copy.File), KeyFiles.Epochs(copy.Of).Keys);
            Assert.Null(KeyFiles.Open(copy.Key, copy.File, KeyFiles.Epochs(copy.Of).Values));
        });
    }

    [Fact]
    public async Task Nothing_planted_is_in_a_table_of_either_database()
    {
        Present();
        foreach (var of in new[] { nodes.Xa, nodes.Xb })
        {
            var tables = await Tables.Dump(of);
            Assert.Contains(nodes.Story.Thread, tables["es.mt_events"], StringComparison.Ordinal);
            Assert.All(tables, table => Assert.Null(nodes.Story.Planted.FoundIn(table.Value)));
        }
    }

    [Fact]
    public async Task Nothing_planted_is_in_the_files_of_PostgreSQL_dead_rows_write_ahead_log_and_server_log_included()
    {
        Present();
        await Tables.Run(nodes.Xa.Superuser, "checkpoint");
        var folder = (await nodes.Xa.Column<string>("select current_setting('data_directory')"))[0];
        Assert.SkipUnless(Readable(folder), "the files of the PostgreSQL server of this run cannot be read from here");
        var databases = new List<string> { Path.Combine(folder, "global"), Path.Combine(folder, "pg_wal") };
        foreach (var of in new[] { nodes.Xa, nodes.Xb })
            databases.Add(Path.Combine(folder, "base", (await of.Column<string>("select oid::text from pg_database where datname = current_database()"))[0]));
        // Segments that were last written before the story began cannot hold it.
        var files = databases.SelectMany(Below).Where(file => !file.Contains("pg_wal", StringComparison.Ordinal) || File.GetLastWriteTimeUtc(file) >= nodes.Began).Concat(Beside(folder)).Concat(Beside(Path.GetDirectoryName(folder)!)).ToList();
        Absent(files, Encoding.UTF8.GetBytes(nodes.Story.Thread), "pg_wal");
    }

    [Fact]
    public async Task Nothing_planted_is_in_the_queues_logs_and_other_files_of_RabbitMQ()
    {
        Present();
        using var management = new HttpClient();
        management.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Servers.Management.UserInfo))));
        var server = (await management.GetFromJsonAsync<JsonElement[]>(new Uri(new Uri(Servers.Management, "/"), "api/nodes")))![0];
        var folder = server.GetProperty("db_dir").GetString()!;
        Assert.SkipUnless(Readable(folder), "the files of the RabbitMQ server of this run cannot be read from here");
        var files = Below(folder).Where(file => File.GetLastWriteTimeUtc(file) >= nodes.Began).Concat(server.GetProperty("log_files").EnumerateArray().Select(file => file.GetString()!).Where(File.Exists)).ToList();
        Absent(files, "eyJhbGciOiJFQ0RILUVT"u8.ToArray()); // the sealed messages themselves
    }

    [Fact]
    public void Nothing_planted_is_in_the_node_s_own_folder_or_its_temporary_files()
    {
        Present();
        var files = new[] { nodes.Xa.DataPath, nodes.Xb.DataPath, nodes.Temporary("xa"), nodes.Temporary("xb") }.SelectMany(Below).ToList();
        Absent(files, "node.xa.example"u8.ToArray());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(nodes.Xa.DataPath, "evidence")));
    }

    /// <param name="known">Stands in some of these files, so that reading them is shown to find what is there.</param>
    /// <param name="within">Part of the paths of the files in which it must stand.</param>
    private void Absent(IEnumerable<string> files, byte[] known, string within = "")
    {
        var (found, control) = (new List<string>(), false);
        FilesOnDisk.Search(files, (file, bytes) =>
        {
            if (nodes.Story.Planted.FoundIn(bytes) is { } there) found.Add($"{file}: {there}");
            control |= file.Contains(within, StringComparison.Ordinal) && bytes.IndexOf(known) >= 0;
        });
        Assert.Empty(found);
        Assert.True(control, "what must be in these files is not found");
    }

    private void Present()
    {
        _ = nodes.Xa;
        Assert.SkipWhen(Servers.Cases is null, "the folder shared/cases is not beside this repository (MLAT_SHARED names its parent)");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a process's memory is read through /proc");
    }

    private static bool Readable(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    private static IEnumerable<string> Beside(string folder) => Directory.EnumerateFiles(folder);
}
