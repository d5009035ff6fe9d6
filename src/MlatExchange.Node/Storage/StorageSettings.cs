using Npgsql;

namespace MlatExchange.Node.Storage;

/// <summary>Section <c>Storage</c> of the settings. Roles and their passwords are those of the connection strings, so that several nodes share one server.</summary>
public sealed record StorageSettings
{
    /// <summary>The node's everyday role: reads, inserts events, cannot change one.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The role that moves events from <c>ledger.pending</c> into the log.</summary>
    public required string SequencerConnectionString { get; init; }

    /// <summary>The database's owner; set only where the node itself may migrate and make roles at start.</summary>
    public string? MigrationConnectionString { get; init; }

    /// <summary>A pool without reset between uses: nothing of ours changes a session, and what was prepared stays so.</summary>
    public static NpgsqlDataSource Pool(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        // The driver's own preparing (MaxAutoPrepare) stays off: after a statement that fails at the use that prepares it, Npgsql 10.0.0 loses step with the
        // server at the next use, and a write may then be reported as failed although it was committed. Hot statements are prepared explicitly instead.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.Timezone = "UTC";
        // Every statement of ours finds its rows by index, so one plan serves all values, and reading a table whole never does. Left to itself the server plans
        // anew for many calls, and keeps what it planned while a table was new, and reading it whole was cheapest, when it has grown: measured, the look for
        // repeated ids took 9 ms instead of 0.05.
        builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off".TrimStart();
        return builder.Build();
    }
}

/// <summary>The sequencer's own pool, apart from the node's everyday one (<see cref="NpgsqlDataSource"/>) so that neither is taken for the other.</summary>
public sealed record SequencerDatabase(NpgsqlDataSource Source);
