namespace MlatExchange.Cli.Health;

/// <summary>Why a bundle is refused: nothing of it is sealed.</summary>
public enum HealthRule
{
    /// <summary>The text is a JSON object whose resourceType is Bundle.</summary>
    NotABundle,

    /// <summary>A collection, document or searchset; the others are instructions or history.</summary>
    BundleType,

    /// <summary>More than 10,000 entries.</summary>
    TooManyEntries,

    /// <summary>An entry holds no resource, or one that R4 does not know.</summary>
    UnknownResource,

    /// <summary>A member that R4 does not know there.</summary>
    UnknownElement,

    /// <summary>R4 asks for an element that is missing, or empty.</summary>
    Missing,

    /// <summary>One value where R4 has many, or many where it has one; two of a choice.</summary>
    Cardinality,

    /// <summary>Not of the JSON type, the format or the closed list of codes that R4 has for it.</summary>
    Format,

    /// <summary>modifierExtension or implicitRules: what they say may change the meaning of everything beside them.</summary>
    ChangesMeaning,

    /// <summary>Two entries have one id or fullUrl.</summary>
    SameIdTwice,

    /// <summary>One person was asked for; the bundle has no Patient.</summary>
    NoPatient,

    /// <summary>One person was asked for; the bundle has more Patients.</summary>
    SeveralPatients,

    /// <summary>Not about the bundle's Patient, or not reachable from it.</summary>
    NotOfThePerson,

    /// <summary>What R4 asks for, or what changes the meaning, could only be kept together with what may not stay.</summary>
    CannotMinimise,

    /// <summary>A date that cannot be shifted.</summary>
    DateOutOfRange,

    /// <summary>A name or number by which someone is known stands in a place that is kept.</summary>
    IdentifierSurvives,

    /// <summary>Nothing about the person is left after minimisation.</summary>
    NothingLeft,
}

/// <param name="Pointer">JSON pointer into the bundle as it was given; names elements of R4 and positions, never values.</param>
public sealed record HealthFault(HealthRule Rule, string Pointer);
