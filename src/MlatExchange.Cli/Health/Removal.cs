namespace MlatExchange.Cli.Health;

/// <summary>Why something was taken out, or made coarser.</summary>
public enum RemovalRule
{
    /// <summary>The options asked for have no resource of this type.</summary>
    TypeNotAsked,

    /// <summary>The options asked for do not have this element.</summary>
    NotAsked,

    /// <summary>Of another category than the options ask for.</summary>
    OtherCategory,

    /// <summary>Outside the period asked for, or without a date that shows it is inside.</summary>
    OutsidePeriod,

    /// <summary>Names, numbers, addresses: the pseudonym stands for the person.</summary>
    Identifier,

    /// <summary>Words that someone wrote: nobody can tell what they give away.</summary>
    FreeText,

    /// <summary>The narrative repeats everything in words.</summary>
    Narrative,

    /// <summary>A resource inside a resource.</summary>
    Contained,

    /// <summary>Its meaning is not of R4.</summary>
    Extension,

    /// <summary>A file, or a link to one.</summary>
    Attachment,

    /// <summary>A code of a system that is not on the list, or that is not a code of its system.</summary>
    UnlistedCode,

    /// <summary>A quantity without a listed unit.</summary>
    UncodedQuantity,

    /// <summary>It points to what was removed, or is not there.</summary>
    TargetRemoved,

    /// <summary>Only the year of a birth date stays.</summary>
    YearOnly,

    /// <summary>Ages that so few people reach that they tell who it is.</summary>
    AgeOverLimit,
}

/// <summary>What was removed of one kind and place, counted.</summary>
/// <param name="Path">Elements of R4, without positions, such as <c>Patient.name</c>.</param>
public sealed record Removal(string Path, RemovalRule Rule, int Count);
