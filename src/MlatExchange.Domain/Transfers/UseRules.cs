namespace MlatExchange.Domain.Transfers;

/// <summary>Rules about what may be done with evidence once it is held. A broken one is a 409 with the slug.</summary>
public static class UseRules
{
    public static readonly Rule HolderOnly = new("holder-only", "Only the side that holds the evidence may say or ask this.", "2AP 14(8), 14(10)");

    public static readonly Rule SupplierOnly = new("supplier-only", "Only the side that supplied the evidence decides this.", "2AP 14(10), LED 35(1)(e)");

    public static readonly Rule NotReleased = new("not-released", "Nothing can have been used before the key came.", "design");

    public static readonly Rule DayOutside = new("day-outside", "The day of a use lies between the release of the key and now.", "design");

    public static readonly Rule NoOnward = new("no-onward", "The supplier ruled out any onward transfer of this item.", "2AP 14(10), BC 28(2)");

    public static readonly Rule NotOnward = new("not-onward", "What goes back to the supplier, or stays in the own jurisdiction, is no onward transfer.", "2AP 14(9), 14(10)");

    public static readonly Rule OnwardPending = new("onward-pending", "The supplier has not answered about this recipient and item yet.", "2AP 14(10)");

    public static readonly Rule NotAsked = new("not-asked", "No such question about an onward transfer was asked.", "design");

    public static readonly Rule OnwardDecidedAlready = new("onward-decided", "The supplier has answered this question already.", "design");

    public static readonly Rule ConditionsOfRefusal = new("conditions-of-refusal", "Conditions go with consent; a refusal has none.", "design");

    public static readonly Rule Contained = new("contained", "An incident was reported: keys are withheld and nothing is served until a named official lifts that.", "2AP 14(7)");

    public static readonly Rule ToBeDestroyed = new("to-be-destroyed", "It was ordered to be destroyed: nothing of it is given out or used any more.", "LED 16(2)");

    public static readonly Rule RemedyStands = new("remedy-stands", "A remedy suspends or restricts it: keys are withheld and nothing is served.", "EIO 13(2), LED 16(3)");

    public static readonly Rule NotSuppliersGround = new("not-suppliers-ground", "The supplier orders destruction on a ground of its own: a court's order, an objection, conditions taken back, a request that no longer stands.", "EEV 4(5), 12(1), EIO 13");

    public static readonly Rule NoSuchPerson = new("no-such-person", "The request names no such person.", "design");

    public static readonly Rule NoSuchRemedy = new("no-such-remedy", "No such remedy was lodged.", "design");

    public static readonly Rule DecidedWhereLodged = new("decided-where-lodged", "A remedy is decided on the side where it was lodged.", "EIO 14(2), EEV 18(2)");

    public static readonly Rule NoSuchIncident = new("no-such-incident", "No such incident withholds keys here.", "design");
}
