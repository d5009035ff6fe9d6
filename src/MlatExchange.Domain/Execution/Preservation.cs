using System.Collections.Immutable;
using MlatExchange.Domain.Deadlines;

namespace MlatExchange.Domain.Execution;

/// <summary>How an item that was to be preserved stands (EEV 11, BC 29).</summary>
public enum PreservationStatus
{
    Preserved,
    NotPossible,

    /// <summary>Preserved for the longer time that the instrument allows.</summary>
    Extended,

    /// <summary>Let go because the sender took the request back.</summary>
    Released,

    /// <summary>Let go because its time was over and no production was asked for.</summary>
    Expired,
}

/// <summary>Why a word of the sender about a preservation has no effect: a legal no, recorded.</summary>
public enum PreservationDenial
{
    Expired,
    Released,
    NotPossible,

    /// <summary>The instrument knows no extension (BC 29).</summary>
    NotForeseen,

    /// <summary>Longer or shorter than what the instrument allows.</summary>
    OtherLength,

    /// <summary>It was extended before, and may be once.</summary>
    ExtendedBefore,
}

/// <param name="Ref">The item's reference in the request.</param>
/// <param name="Until">Until when it is preserved at least, UTC; null where it is not, or no longer.</param>
public sealed record PreservedItem(string Ref, PreservationStatus Status, DateTimeOffset? Until);

/// <summary>What is known of a preservation, the same on both sides.</summary>
/// <param name="Items">Latest status by item reference; an item that is not there was not spoken of.</param>
public sealed record Preservation(ImmutableDictionary<string, PreservedItem> Items)
{
    public static Preservation None { get; } = new(ImmutableDictionary.Create<string, PreservedItem>(StringComparer.Ordinal));

    /// <summary>Digests of the sender's words about it that were dealt with.</summary>
    public IReadOnlyList<string> Heard { get; init; } = [];

    /// <summary>When it was extended; null while it was not.</summary>
    public DateTimeOffset? ExtendedAt { get; init; }

    /// <summary>Digest of the act that asks for production after it.</summary>
    public string? Production { get; init; }

    /// <summary>When the sender said that production follows; from then on the data are kept until they are produced.</summary>
    public DateTimeOffset? ProductionAt { get; init; }

    /// <summary>References of the items that are preserved now.</summary>
    public IReadOnlyList<string> Running => [.. Items.Values.Where(item => Runs(item.Status)).Select(item => item.Ref).Order(StringComparer.Ordinal)];

    /// <summary>In the order of their references.</summary>
    public IReadOnlyList<PreservedItem> Listed => [.. Items.Values.OrderBy(item => item.Ref, StringComparer.Ordinal)];

    /// <summary>Whether any of these items is preserved, or may still be.</summary>
    public bool MayRun(IEnumerable<string> items) => items.Any(item => !Items.TryGetValue(item, out var known) || Runs(known.Status));

    /// <summary>Whether anything is, or is still to be, preserved.</summary>
    public bool Wanted(Assessment.RequestFacts facts) =>
        facts.Items.Any(item => item.Measure == "preserve" && Items.GetValueOrDefault(item.Ref)?.Status is not PreservationStatus.NotPossible);

    internal Preservation Hearing(string messageDigest) => this with { Heard = [.. Heard, messageDigest] };

    internal Preservation With(IEnumerable<PreservedItem> items) => this with { Items = Items.SetItems(items.Select(item => KeyValuePair.Create(item.Ref, item))) };

    /// <summary>What is preserved of these items is so for longer.</summary>
    internal Preservation Extended(IReadOnlyList<string> items, DateTimeOffset? until, DateTimeOffset at) =>
        With(Items.Values.Where(item => items.Contains(item.Ref) && Runs(item.Status)).Select(item => item with { Status = PreservationStatus.Extended, Until = until })) with { ExtendedAt = at };

    internal Preservation Ended(IReadOnlyList<string> items, PreservationStatus status) => With(items.Select(item => new PreservedItem(item, status, null)));

    private static bool Runs(PreservationStatus status) => status is PreservationStatus.Preserved or PreservationStatus.Extended;
}

/// <summary>The time for which a preservation runs, looked up by the caller in the table of deadlines.</summary>
/// <param name="Until">Its last instant; null while the clock stands still.</param>
/// <param name="Extended">Its last instant once extended; null where that cannot be said, or the instrument knows no extension.</param>
/// <param name="Days">Length of the extension that the instrument allows; null where it knows none.</param>
public sealed record PreservationTime(DateTimeOffset? Until, DateTimeOffset? Extended, int? Days)
{
    /// <param name="start">When its clock started: the delivery.</param>
    /// <param name="extended">Whether it was extended.</param>
    public static PreservationTime Of(DeadlineTables tables, Assessment.Term term, string jurisdiction, DateTimeOffset? start, IReadOnlyList<Clarification> asked, bool extended)
    {
        var (now, longest) = (tables.Preserving(term, jurisdiction, start, null, asked, extended), tables.Preserving(term, jurisdiction, start, null, asked, extended: true));
        var extension = now.Deadline.Rule.Extension;
        return new(now.Deadline.Due, extension is null ? null : longest.Deadline.Due, extension?.Amount);
    }

    public bool IsOver(DateTimeOffset now) => now > Until;
}
