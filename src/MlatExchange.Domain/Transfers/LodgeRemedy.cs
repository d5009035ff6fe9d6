namespace MlatExchange.Domain.Transfers;

/// <summary>A person lodged a remedy on this side, and an official records it by an act. Where it suspends, no key and no byte leaves or is used on either side until it is decided.</summary>
/// <param name="Lodged">Digest of the remedy-notice act.</param>
/// <param name="Person">Reference of the person in the request.</param>
/// <param name="Persons">References of all persons in the request.</param>
public sealed record LodgeRemedy(string Lodged, string Person, bool Suspensive, string LegalReference, IReadOnlyCollection<string> Persons, Official By, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: UseSide.Unknown } => new NotPermitted(TransferRules.NoSuchTransfer),
        { OfferAct: null } => new NotPermitted(TransferRules.OfferFirst),
        _ when !Persons.Contains(Person) => new NotPermitted(UseRules.NoSuchPerson),
        _ => [new UseEvent.RemedyLodged(Lodged, Person, Suspensive, LegalReference, By, At)],
    };
}

/// <summary>Takes in that a remedy was lodged on the other side.</summary>
/// <param name="Lodged">Digest of the remedy-notice act.</param>
public sealed record NoteRemedy(string Lodged, string Person, bool Suspensive, string LegalReference, DateTimeOffset At)
{
    public Decision<UseEvent> Decide(TransferUse use) => use switch
    {
        { Side: UseSide.Unknown } => new NotPermitted(TransferRules.NoSuchTransfer),
        _ when use.Remedies.Any(known => known.Lodged == Lodged) => [],
        _ => [new UseEvent.RemedyNoticed(Lodged, Person, Suspensive, LegalReference, At)],
    };
}
