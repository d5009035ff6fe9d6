namespace MlatExchange.Domain.Oversight.Statistics;

/// <summary>What a figure is counted under. Codes only.</summary>
/// <param name="Measure">One of <see cref="Measures"/>.</param>
/// <param name="Pack">Digest of the rule pack that assessed the case on this side; empty while none has.</param>
/// <param name="Code">Data category, ground, rule or whatever else the measure is broken down by; empty where it is not.</param>
public sealed record FigureKey(string Measure, string Instrument, string Counterpart, bool Emergency, string Pack, string Code);

/// <summary>One thing to count, in the month in which it was logged.</summary>
/// <param name="Took">How long it took, for a measure of time; null for a count.</param>
public sealed record Figure(FigureKey Key, TimeSpan? Took = null);
