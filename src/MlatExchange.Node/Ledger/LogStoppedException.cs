namespace MlatExchange.Node.Ledger;

/// <summary>The log must not go on: what is stored contradicts what was signed.</summary>
public sealed class LogStoppedException(string reason) : Exception(reason);
