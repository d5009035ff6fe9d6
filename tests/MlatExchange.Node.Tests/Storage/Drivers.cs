using System.Reflection;
using MlatExchange.Node.Hosting;
using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;

namespace MlatExchange.Node.Tests.Storage;

/// <summary>The drivers of the storage, and those that this build has. Contract tests take their rows from here.</summary>
public static class Drivers
{
#if USE_MARTEN
    public const bool MartenIsBuilt = true;
#else
    public const bool MartenIsBuilt = false;
#endif

    private static readonly string[] All = ["postgres", "marten"];

    public static string[] Present => MartenIsBuilt ? All : All[..1];

    /// <summary>One row for each driver.</summary>
    public static TheoryData<string> Each => [.. Present];

    /// <summary>One row for each ordered pair, a driver with itself too.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var first in Present)
                foreach (var second in Present)
                    pairs.Add(first, second);
            return pairs;
        }
    }

    /// <summary>Rows of all contract tests that this build leaves out.</summary>
    public static int Missing => typeof(Drivers).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<MemberDataAttribute>())
        .Where(rows => rows.MemberType == typeof(Drivers))
        .Sum(rows => rows.MemberName == nameof(Each) ? All.Length - Present.Length : (All.Length * All.Length) - (Present.Length * Present.Length));
}

/// <summary>Tests of what every driver must do: a database of the class, stores opened as the node opens them, closed after each test.</summary>
public abstract class DriverContract : IClassFixture<NodeDatabase>, IAsyncDisposable
{
    private readonly List<IEventStore> opened = [];

    protected DriverContract(NodeDatabase database)
    {
        _ = database.Settings;
        Database = database;
    }

    protected NodeDatabase Database { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
            await ((IAsyncDisposable)store).DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>On the everyday role's pool; each call is another process of the node.</summary>
    private protected IEventStore Open(string driver, LogBell? bell = null, Npgsql.NpgsqlDataSource? on = null)
    {
        var store = StoreDriver.Of(driver)(on ?? Database.App, bell ?? new LogBell());
        opened.Add(store);
        return store;
    }
}
