using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>One rule put to one request.</summary>
/// <param name="Items">The items of the request as an array: every rule runs over them, and an array is run over without an enumerator.</param>
/// <param name="Persons">Its persons, for the same reason.</param>
internal readonly record struct Question(
    RequestFacts Facts, ItemFacts[] Items, PersonFacts[] Persons, RulePack Pack, PackRule Rule, AssessmentContext Context, PackMemory Memory)
{
    public string Language => Context.Language;

    /// <summary>An emergency as the pack defines it; a threat not named or not known is not one, so it opens nothing.</summary>
    public bool Emergency => IsEmergency(Facts, Pack);

    public static bool IsEmergency(RequestFacts facts, RulePack pack) =>
        pack.Emergency is { } definition && facts.Urgency.Kind == Codes.Emergency
        && facts.Urgency.Threat is { } threat && definition.Threats.Contains(threat);

    /// <summary>Whether the rule is about this item.</summary>
    public bool Covers(ItemFacts item) => Rule.Scope is null || Rule.Scope.Covers(item);

    /// <summary>References of the items the rule is about.</summary>
    public string[] Covered()
    {
        var count = 0;
        foreach (var item in Items)
            count += Covers(item) ? 1 : 0;
        var items = new string[count];
        count = 0;
        foreach (var item in Items)
        {
            if (Covers(item))
                items[count++] = item.Ref;
        }

        return items;
    }

    /// <summary>Their data categories, in words.</summary>
    public string Categories()
    {
        var categories = new List<string>(4);
        foreach (var item in Items)
        {
            if (Covers(item) && !categories.Contains(item.DataCategory))
                categories.Add(item.DataCategory);
        }

        return categories.Count == 1 ? Words.Of(categories[0], Language) : Words.Of(categories, Language);
    }

    /// <summary>The person an item is about; null when the official declared that none is known.</summary>
    public PersonFacts? PersonOf(ItemFacts item)
    {
        if (item.Person is null)
            return null;
        foreach (var person in Persons)
        {
            if (person.Ref == item.Person)
                return person;
        }

        return null;
    }
}
