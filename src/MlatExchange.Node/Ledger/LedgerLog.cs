using Npgsql;

namespace MlatExchange.Node.Ledger;

/// <summary>What the ledger tells its operators: codes and names of parts, never content.</summary>
internal static partial class LedgerLog
{
    [LoggerMessage(1, LogLevel.Critical, "The log is stopped: {Reason}")]
    public static partial void LogStopped(this ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "The sequencer failed ({Fault}) and starts again")]
    public static partial void SequencerFailed(this ILogger log, string fault);

    [LoggerMessage(3, LogLevel.Critical, "Projection {Name} stopped ({Fault})")]
    public static partial void ProjectionStopped(this ILogger log, string name, string fault);

    [LoggerMessage(4, LogLevel.Warning, "Listening to other processes of the node was interrupted ({Fault})")]
    public static partial void ListeningInterrupted(this ILogger log, string fault);

    /// <summary>The SQLSTATE or the type: messages of exceptions may quote content.</summary>
    public static string Fault(Exception failure) => failure is PostgresException p ? p.SqlState : failure.GetType().Name;
}
