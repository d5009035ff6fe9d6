using MlatExchange.Domain;

namespace MlatExchange.Cli.Health;

/// <summary>Rules of minimisation in words, for the person who seals.</summary>
public static class HealthWords
{
    public static string Code(HealthRule rule) => EnumCode.Of(rule);

    public static string Code(RemovalRule rule) => EnumCode.Of(rule);

    public static string Of(HealthRule rule) => rule switch
    {
        HealthRule.NotABundle => "not a resource of type Bundle",
        HealthRule.BundleType => "of the types of bundles only collection, document and searchset say what is; the others are instructions, messages or history",
        HealthRule.TooManyEntries => "more than 10,000 entries",
        HealthRule.UnknownResource => "no resource, or of a type that R4 does not know",
        HealthRule.UnknownElement => "R4 does not know it here",
        HealthRule.Missing => "R4 asks for it",
        HealthRule.Cardinality => "one where R4 has many, many where R4 has one, or two of a choice",
        HealthRule.Format => "not of the type, format or list of codes that R4 has",
        HealthRule.ChangesMeaning => "it may change the meaning of what stands beside it, and nobody here can tell how",
        HealthRule.SameIdTwice => "two entries have this id or fullUrl",
        HealthRule.NoPatient => "one person was asked for, no Patient is here",
        HealthRule.SeveralPatients => "one person was asked for, this is another Patient",
        HealthRule.NotOfThePerson => "not about the bundle's Patient, or nothing says so",
        HealthRule.CannotMinimise => "R4 needs it, or it changes the meaning of the rest, and it holds only what may not stay, such as words instead of a code",
        HealthRule.DateOutOfRange => "a date that cannot be shifted",
        HealthRule.IdentifierSurvives => "a name or number by which the bundle knows someone stands here; if the place is empty, it is the pseudonym",
        HealthRule.NothingLeft => "nothing about the person is left: neither the options nor the period asked for have it",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    public static string Of(RemovalRule rule) => rule switch
    {
        RemovalRule.TypeNotAsked => "the options asked for have no such resource",
        RemovalRule.NotAsked => "the options asked for do not have it",
        RemovalRule.OtherCategory => "of another category than the options ask for",
        RemovalRule.OutsidePeriod => "outside the period asked for, or without a date that shows it is inside",
        RemovalRule.Identifier => "a name, number or address; the pseudonym stands for the person",
        RemovalRule.FreeText => "words that someone wrote",
        RemovalRule.Narrative => "a narrative, which repeats everything in words",
        RemovalRule.Contained => "a resource inside a resource",
        RemovalRule.Extension => "an extension, which is not of R4",
        RemovalRule.Attachment => "a file, or a link to one",
        RemovalRule.UnlistedCode => "a code of a system that is not listed, or no code of its system",
        RemovalRule.UncodedQuantity => "a quantity without a listed unit",
        RemovalRule.TargetRemoved => "it points to what was removed or is not here",
        RemovalRule.YearOnly => "the day was removed, the year stays",
        RemovalRule.AgeOverLimit => "an age that so few reach that it tells who it is",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}
