using MlatExchange.Node.Ledger;
using MlatExchange.Node.Storage;
using Npgsql;

namespace MlatExchange.Node.Hosting;

/// <summary>Which driver stands behind <see cref="IEventStore"/>: setting <c>Storage:Driver</c>. Both work on the same tables, so a node may change it at any start.</summary>
public static class StoreDriver
{
    /// <param name="name"><c>postgres</c>, or <c>marten</c> in a build that has it; absent: postgres.</param>
    /// <exception cref="InvalidOperationException">No such driver, or not in this build; the message says how to build with it.</exception>
    public static Func<NpgsqlDataSource, LogBell, IEventStore> Of(string? name) => name switch
    {
        null or "" or "postgres" => (database, bell) => new PostgresEventStore(database, bell),
#if USE_MARTEN
        "marten" => (database, bell) => new MlatExchange.Marten.MartenEventStore(database, bell),
#else
        "marten" => throw new InvalidOperationException(
            "Storage:Driver is marten, but this node was built without it. Build it with: dotnet publish src/MlatExchange.Node -c Release -p:UseMarten=true (needs the package Marten), or set Storage:Driver to postgres."),
#endif
        _ => throw new InvalidOperationException($"Storage:Driver is {name}; there are postgres and marten."),
    };
}
