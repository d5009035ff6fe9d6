namespace MlatExchange.Node.Recording;

/// <summary>Flat members that stay readable for ever in the leaf of an event: codes of a case (<see cref="CaseCodes"/>) or of a consultation.</summary>
public abstract record ClearCodes;
