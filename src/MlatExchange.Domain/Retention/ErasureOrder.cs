namespace MlatExchange.Domain.Retention;

/// <summary>An order to erase, logged before anything is erased so that oversight can object in time.</summary>
/// <param name="Classes">Data categories concerned.</param>
/// <param name="Count">Number of items.</param>
/// <param name="By">Who ordered it; role <c>node</c> where a term ran out.</param>
/// <param name="Ground">Why; decides how long to wait.</param>
/// <param name="LegalReference">The legal rule, as the retention terms name it.</param>
/// <param name="NotBefore">Nothing is erased before this instant.</param>
public sealed record ErasureOrder(
    IReadOnlyList<string> Classes,
    int Count,
    Official By,
    ErasureGround Ground,
    string LegalReference,
    DateTimeOffset NotBefore);

/// <summary>Why something is erased.</summary>
public enum ErasureGround
{
    /// <summary>The retention term ran out (LED 5).</summary>
    TermEnded,

    /// <summary>A review found that it is no longer needed (2AP 14(5)).</summary>
    Review,

    /// <summary>The holder decided so before the term ended, with a reason.</summary>
    HolderDecision,

    /// <summary>A court ordered it: at once.</summary>
    CourtOrder,

    /// <summary>The validation was refused or did not come (EEV 4(5)): at once.</summary>
    ValidationRefused,

    /// <summary>The supplier objects or suspends: at once.</summary>
    Objection,

    /// <summary>The request was withdrawn: at once.</summary>
    RequestWithdrawn,

    /// <summary>The case is closed and nothing of it is held any more (LED 4(1)(e)).</summary>
    CaseClosed,

    /// <summary>A remedy was upheld (LED 16(2)): at once.</summary>
    Remedy,

    /// <summary>The supplier took its conditions or its consent back: at once.</summary>
    ConditionsWithdrawn,
}

/// <summary>When an item is to be destroyed and when to look at it next.</summary>
/// <param name="Destroy">End of the longest storage, UTC.</param>
public sealed record ItemDue(string Ref, DateTimeOffset Destroy);
