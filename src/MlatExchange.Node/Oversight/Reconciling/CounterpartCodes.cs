using MlatExchange.Node.Recording;

namespace MlatExchange.Node.Oversight.Reconciling;

/// <summary>What the leaf of a reconciliation says for ever: with whom.</summary>
/// <param name="Counterpart">Code of the other jurisdiction.</param>
public sealed record CounterpartCodes(string Counterpart) : ClearCodes;
