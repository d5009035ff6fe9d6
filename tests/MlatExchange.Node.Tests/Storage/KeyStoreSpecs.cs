using System.Security.Cryptography;
using System.Text;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

public sealed class KeyStoreSpecs : IDisposable
{
    private static readonly TimeSpan Epoch = TimeSpan.FromDays(7);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mlat-keys-");
    private readonly Clock clock = new();

    public void Dispose() => folder.Delete(recursive: true);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private KeyStore Open(int cacheSize = 4096) => new(folder.FullName, Epoch, clock, cacheSize);

    private string[] Files(string sub) => [.. Directory.GetFiles(Path.Combine(folder.FullName, sub)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    [Fact]
    public void A_key_that_a_copy_brought_back_is_destroyed_again_and_one_made_anew_since_is_not()
    {
        var store = Open();
        store.GetOrCreate("case-back");
        store.GetOrCreate("case-late");
        store.GetOrCreate("case-lives");
        var copy = File.ReadAllBytes(Path.Combine(folder.FullName, "data", "case-back"));
        clock.Now += TimeSpan.FromMinutes(1);
        store.Destroy("case-back");
        store.Destroy("case-late");
        store.Destroy("case-never-made");
        Assert.Equal(["case-back", "case-late"], store.Ended().Keys.Order(StringComparer.Ordinal));

        File.WriteAllBytes(Path.Combine(folder.FullName, "data", "case-back"), copy);
        clock.Now += TimeSpan.FromMinutes(1);
        store.GetOrCreate("case-late");
        Assert.Equal(["case-back"], Open().DestroyAgain());
        Assert.Equal(["case-late", "case-lives"], Open().List());
        Assert.Empty(Open().DestroyAgain());
    }

    [Fact]
    public void A_key_is_made_once_and_is_the_same_for_every_process()
    {
        var (one, two) = (Open(), Open());
        Assert.Null(one.Find("case-1"));
        var key = one.GetOrCreate("case-1");
        Assert.Equal(key.Bytes(), two.Find("case-1")!.Bytes());
        Assert.Equal(key.Bytes(), two.GetOrCreate("case-1").Bytes());
        Assert.Equal(key.Bytes(), Open(cacheSize: 1).Find("case-1")!.Bytes());
        Assert.NotEqual(key.Bytes(), one.GetOrCreate("case-2").Bytes());
        Assert.All(Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories), f => Assert.Equal(-1, File.ReadAllBytes(f).AsSpan().IndexOf(key.Bytes())));
    }

    [Fact]
    public void Thirty_threads_of_three_processes_that_make_one_key_get_one_key()
    {
        var stores = new[] { Open(), Open(), Open() };
        var keys = Enumerable.Range(0, 30).AsParallel().WithDegreeOfParallelism(30).Select(n => Convert.ToHexString(stores[n % 3].GetOrCreate("case-1").Bytes())).ToList();
        Assert.Single(keys.Distinct());
    }

    [Fact]
    public void A_destroyed_key_is_gone_at_once_for_every_process_and_its_instant_is_the_end_of_the_epoch()
    {
        var (one, two) = (Open(), Open());
        var key = one.GetOrCreate("case-1");
        Assert.NotNull(two.Find("case-1"));
        clock.Now += TimeSpan.FromDays(2);

        var instant = one.Destroy("case-1");

        Assert.Equal(new DateTimeOffset(2026, 3, 8, 9, 0, 0, TimeSpan.Zero), instant);
        Assert.Null(one.Find("case-1"));
        Assert.Null(two.Find("case-1"));
        Assert.Empty(Files("data"));
        Assert.Equal(instant, one.Destroy("case-1"));
        Assert.NotEqual(key.Instance, two.GetOrCreate("case-1").Instance);
        Assert.NotEqual(key.Instance, one.Find("case-1")!.Instance);
    }

    [Fact]
    public void A_destroyed_key_is_overwritten_in_memory_and_never_given_out_as_zeros()
    {
        var store = Open();
        var key = store.GetOrCreate("case-1");
        var taken = new byte[DataKey.Length];
        Assert.NotNull(store.Copy("case-1", taken));
        Assert.Equal(key.Bytes(), taken);

        store.Destroy("case-1");

        Assert.False(key.TryCopy(taken));
        Assert.Null(store.Copy("case-1", taken));
        Assert.NotEqual(new byte[DataKey.Length], taken);
        Assert.NotEqual(key.Instance, store.CopyOrCreate("case-1", taken));
        Assert.NotEqual(new byte[DataKey.Length], taken);
    }

    [Fact]
    public void A_key_remembers_when_it_was_made_through_every_roll()
    {
        var made = clock.Now;
        Open().GetOrCreate("thread-1");
        for (var epoch = 0; epoch < 3; epoch++)
        {
            clock.Now += Epoch;
            Assert.Empty(Open().Roll());
        }
        Assert.Equal(made, Open().Find("thread-1")!.MadeAt);
        Assert.Equal(["thread-1"], Open().List());
    }

    [Fact]
    public void A_store_that_starts_after_an_epoch_s_end_destroys_that_epoch_s_key_before_it_gives_out_any()
    {
        Open().GetOrCreate("case-1");
        var before = Assert.Single(Files("epochs"));
        clock.Now += Epoch; // no process ran
        Open();
        Assert.DoesNotContain(before, Files("epochs"));
    }

    [Fact]
    public void A_copy_of_a_destroyed_key_s_file_opens_until_the_epoch_ends_and_never_after()
    {
        var store = Open();
        var destroyed = store.GetOrCreate("case-1").Bytes();
        var living = store.GetOrCreate("case-2").Bytes();
        var copy = File.ReadAllBytes(Path.Combine(folder.FullName, "data", "case-1"));
        var instant = store.Destroy("case-1");
        File.WriteAllBytes(Path.Combine(folder.FullName, "data", "case-1"), copy);
        Assert.Equal(destroyed, Open().Find("case-1")!.Bytes()); // before the end the copy still works: that is why the instant is told
        File.Delete(Path.Combine(folder.FullName, "data", "case-1"));

        clock.Now = instant;
        Assert.Empty(store.Roll());
        File.WriteAllBytes(Path.Combine(folder.FullName, "data", "case-1"), copy);

        Assert.Throws<CryptographicException>(() => store.Find("case-1"));
        Assert.Throws<CryptographicException>(() => Open().Find("case-1"));
        Assert.Equal(living, Open().Find("case-2")!.Bytes());
        Assert.Equal(living, store.Find("case-2")!.Bytes());
        Assert.Equal(["0000000002.kek"], Files("epochs"));
    }

    [Fact]
    public void A_key_destroyed_when_the_epoch_is_already_over_is_not_promised_for_the_past()
    {
        var store = Open();
        store.GetOrCreate("case-1");
        clock.Now += TimeSpan.FromDays(30);
        Assert.Equal(clock.Now + Epoch, store.Destroy("case-1"));
    }

    [Fact]
    public void A_roll_that_a_crash_cut_short_anywhere_is_finished_at_the_next_start()
    {
        var store = Open();
        var keys = Enumerable.Range(0, 10).ToDictionary(n => $"case-{n}", n => store.GetOrCreate($"case-{n}").Bytes());
        var before = Snapshot();
        clock.Now += Epoch;
        store.Roll();
        var after = Snapshot();
        // the states a crash can leave: the new epoch's key is there, some keys are wrapped anew, one is half written, the old epoch's key is not yet destroyed
        for (var wrapped = 0; wrapped <= 10; wrapped++)
        {
            Restore(before);
            File.WriteAllBytes(Path.Combine(folder.FullName, "epochs", "0000000002.kek"), after["epochs/0000000002.kek"]);
            for (var n = 0; n < wrapped; n++)
                File.WriteAllBytes(Path.Combine(folder.FullName, "data", $"case-{n}"), after[$"data/case-{n}"]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "data", "case-9.new"), [1, 2, 3]);

            var again = Open();

            Assert.All(keys, k => Assert.Equal(k.Value, again.Find(k.Key)!.Bytes()));
            Assert.Equal(["0000000002.kek"], Files("epochs"));
            Assert.Equal(10, Files("data").Length);
        }
    }

    [Fact]
    public async Task Processes_go_on_while_another_rolls()
    {
        var (one, two) = (Open(), Open());
        var keys = Enumerable.Range(0, 40).ToDictionary(n => $"case-{n}", n => one.GetOrCreate($"case-{n}").Bytes());
        var (done, rounds) = (false, 0);
        var reading = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
            {
                foreach (var (id, bytes) in keys)
                    Assert.Equal(bytes, Open(cacheSize: 1).Find(id)!.Bytes());
                two.GetOrCreate($"thread-{rounds}");
                Interlocked.Increment(ref rounds);
            }
        });
        for (var epoch = 0; epoch < 5; epoch++)
        {
            clock.Now += Epoch;
            Assert.Empty(one.Roll());
        }
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref rounds) > 0 || reading.IsCompleted, TimeSpan.FromSeconds(30)), "a round of reading ends");
        Volatile.Write(ref done, true);

        await reading;
        Assert.All(Enumerable.Range(0, rounds), n => Assert.NotNull(one.Find($"thread-{n}")));
    }

    [Fact]
    public void A_damaged_file_is_told_and_does_not_keep_the_old_epoch_alive()
    {
        var store = Open();
        store.GetOrCreate("case-1");
        store.GetOrCreate("case-2");
        var file = Path.Combine(folder.FullName, "data", "case-1");
        var bytes = File.ReadAllBytes(file);
        bytes[40] ^= 1;
        File.WriteAllBytes(file, bytes);
        clock.Now += Epoch;

        Assert.Equal(["case-1"], store.Roll());
        Assert.Equal(["0000000002.kek"], Files("epochs"));
        Assert.NotNull(Open().Find("case-2"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../epochs/0000000001")]
    [InlineData("case-1.new")]
    [InlineData("a/b")]
    [InlineData("é")]
    public void An_id_that_is_no_plain_name_is_refused(string id) => Assert.Throws<ArgumentException>(() => Open().GetOrCreate(id));

    [Fact]
    public void Only_the_node_s_user_may_read_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are Unix's");
        Open().GetOrCreate("case-1");
        foreach (var file in Directory.GetFiles(folder.FullName, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("/lock", StringComparison.Ordinal)))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private Dictionary<string, byte[]> Snapshot() => new[] { "data", "epochs" }.SelectMany(sub => Files(sub).Select(f => $"{sub}/{f}"))
        .ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(folder.FullName, f)));

    private void Restore(Dictionary<string, byte[]> files)
    {
        foreach (var sub in (string[])["data", "epochs"])
        {
            foreach (var file in Directory.GetFiles(Path.Combine(folder.FullName, sub)))
                File.Delete(file);
        }
        foreach (var (name, bytes) in files)
            File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
    }
}
