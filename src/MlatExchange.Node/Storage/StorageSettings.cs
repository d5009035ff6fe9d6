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

    /// <summary>A pool tuned for few, repeated statements: prepared after the second use, no reset between uses (nothing of ours changes a session).</summary>
    public static NpgsqlDataSource Pool(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.Timezone = "UTC";
        return builder.Build();
    }
}

/// <summary>The sequencer's own pool, apart from the node's everyday one (<see cref="NpgsqlDataSource"/>) so that neither is taken for the other.</summary>
public sealed record SequencerDatabase(NpgsqlDataSource Source);
