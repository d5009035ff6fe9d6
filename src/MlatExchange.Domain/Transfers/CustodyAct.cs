namespace MlatExchange.Domain.Transfers;

/// <summary>What was done with an item or a copy of it. Offered, released and fetched happen between nodes; the others are told by signed records.</summary>
public enum CustodyAct
{
    Collected,
    Sealed,
    Offered,
    Released,
    Fetched,
    Opened,
    Copied,
    Analysed,
    DisclosedToDefence,
    DisclosedToCourt,

    /// <summary>To another authority or jurisdiction.</summary>
    PassedOn,

    /// <summary>To whoever supplied it.</summary>
    Returned,

    /// <summary>Kept under a reference, such as that of a court's file.</summary>
    Kept,
    Destroyed,

    /// <summary>Handed over by courier.</summary>
    HandedOver,
}

/// <summary>One act as its signed record tells it; who did it stands beside it in the event. Exhibit numbers and references stay in the record, which is in the vault.</summary>
/// <param name="Record">Digest of the signed record.</param>
/// <param name="Previous">Digest of the record of the act before it; null where there is none.</param>
/// <param name="Ref">The item; null for a key, which opens every item.</param>
/// <param name="Copy">Kind of the copy and its random id, such as <c>opened-copy/…</c>.</param>
/// <param name="DoneAt">By the clock of the machine that did it.</param>
/// <param name="Place">ISO 3166-1 or 3166-2 code.</param>
/// <param name="Tool">Name and version.</param>
/// <param name="Basis">The legal reference it rests on.</param>
/// <param name="Purpose">Code of what for, as in requests; only where the act is a use.</param>
/// <param name="To">Who got it; only where it was passed on.</param>
public sealed record CustodyStep(
    string Record, string? Previous, string? Ref, CustodyAct Act, string Copy, DateTimeOffset DoneAt, string Place, string Tool, string Basis, string? Purpose = null, OnwardRecipient? To = null);

/// <summary>An act at its place in the chain.</summary>
/// <param name="Record">Digest of what proves the act: a signed record, an act, a share, or the act itself (<see cref="CustodyChain.NodeAct"/>).</param>
/// <param name="Copy">The copy it was done to; <see cref="CustodyChain.AtNode"/> for the sealed bytes at a node.</param>
/// <param name="By">Null where a node did it.</param>
/// <param name="At">When it was logged.</param>
/// <param name="Told">What a signed record says of it; null for what happened on a node.</param>
public sealed record CustodyLink(string Record, string? Previous, string? Ref, CustodyAct Act, string Copy, Official? By, DateTimeOffset At, CustodyStep? Told = null)
{
    /// <summary>Nothing can be done to the copy after this: it is gone from here.</summary>
    public bool IsLast => Act is CustodyAct.Destroyed or CustodyAct.Returned;
}
