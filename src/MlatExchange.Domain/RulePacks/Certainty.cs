namespace MlatExchange.Domain.RulePacks;

/// <summary>How sure a rule's statement of the law is. Ascending: the higher, the less sure.</summary>
public enum Certainty
{
    /// <summary>Read in the primary text.</summary>
    V,

    /// <summary>Confirmed through a secondary text only.</summary>
    V2,

    /// <summary>General knowledge: its sentence says "to be confirmed by counsel".</summary>
    M,
}
