namespace MlatExchange.Domain.Oversight.Statistics;

/// <summary>A measure and what it answers.</summary>
/// <param name="Name">Pinned code.</param>
/// <param name="Source">Letter of EEV 28(2), for requests under any instrument; empty where the Regulation does not ask for it.</param>
/// <param name="BrokenDownBy">What its code is; empty where it has none.</param>
public sealed record Measure(string Name, string Source, string BrokenDownBy = "");

/// <summary>All that is counted, and what is asked for but cannot be.</summary>
public static class Measures
{
    /// <summary>Counts.</summary>
    public static IReadOnlyList<Measure> Counts { get; } =
    [
        new("sent-requests", "EEV 28(2)(a)"),
        new("sent-items", "EEV 28(2)(a)", "data-category"),
        new("sent-item-persons", "LED 6", "subject-category"),
        new("sent-emergency-derogations", "EEV 28(2)(b)"),
        new("sent-fulfilled", "EEV 28(2)(c)"),
        new("sent-not-fulfilled", "EEV 28(2)(c)"),
        new("sent-notifications", "EEV 28(2)(d)"),
        new("sent-refusals", "EEV 28(2)(d)", "ground"),
        new("sent-validations-not-granted", "EEV 28(2)(i)"),
        new("sent-overrides", "", "rule"),
        new("sent-terms-missed", "", "term"),
        new("received-requests", "EEV 28(2)(a)"),
        new("received-items", "EEV 28(2)(a)", "data-category"),
        new("received-item-persons", "LED 6", "subject-category"),
        new("received-emergency-derogations", "EEV 28(2)(b)"),
        new("received-fulfilled", "EEV 28(2)(c)"),
        new("received-not-fulfilled", "EEV 28(2)(c)"),
        new("received-notifications", "EEV 28(2)(d)"),
        new("received-refusals", "EEV 28(2)(d)", "ground"),
        new("received-validations-not-granted", "EEV 28(2)(i)"),
        new("received-overrides", "", "rule"),
        new("received-divergences", ""),
        new("received-terms-missed", "", "term"),
        new("supplied-transfers", ""),
        new("supplied-items", "", "data-category"),
        new("held-transfers", ""),
        new("held-items", "", "data-category"),
        new("consultations", "LED 25", "purpose"),
    ];

    /// <summary>Times, from an event to the one it led to.</summary>
    public static IReadOnlyList<Measure> Times { get; } =
    [
        new("sent-request-to-data", "EEV 28(2)(e)"),
        new("sent-preservation-to-production", "EEV 28(2)(f)"),
        new("sent-request-to-acknowledgement", "EIO 16(1)"),
        new("sent-request-to-decision", "EIO 12(3)"),
        new("sent-request-to-validation", "EEV 4(5)"),
        new("received-request-to-data", "EEV 28(2)(e)"),
        new("received-preservation-to-production", "EEV 28(2)(f)"),
        new("received-request-to-acknowledgement", "EIO 16(1)"),
        new("received-request-to-decision", "EIO 12(3)"),
        new("supplied-offer-to-acceptance", ""),
        new("supplied-acceptance-to-key", ""),
        new("supplied-key-to-certificate", ""),
        new("held-offer-to-acceptance", ""),
        new("held-acceptance-to-key", ""),
        new("held-key-to-destruction", ""),
    ];

    /// <summary>Asked for by EEV 28(2), with no event on this node that tells it: said, so that nobody reads a zero.</summary>
    public static IReadOnlyList<Measure> NotCounted { get; } = [new("enforcement", "EEV 28(2)(g)"), new("remedies", "EEV 28(2)(h)"), new("costs", "EEV 28(2)(j)")];
}
