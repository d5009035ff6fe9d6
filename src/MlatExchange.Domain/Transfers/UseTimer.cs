namespace MlatExchange.Domain.Transfers;

/// <summary>Breaches that time alone makes: a report that is not there when it is due, on either side; at the holder also what should be deleted or reviewed by a day.</summary>
public static class UseTimer
{
    /// <summary>The earliest instant at which a breach is to be recorded; null while none is in sight.</summary>
    public static DateTimeOffset? Next(TransferUse use) => Coming(use).Select(breach => breach.DueAt).Min();

    /// <summary>The breaches that stand at <paramref name="now"/> and are not recorded yet.</summary>
    public static Decision<UseEvent> Fire(TransferUse use, DateTimeOffset now) =>
        [.. Coming(use).Where(breach => breach.DueAt <= now).Select(breach => new UseEvent.BreachFound(breach.Kind, breach.Ref, breach.DueAt, now))];

    private static IEnumerable<Owed> Coming(TransferUse use)
    {
        if (use.ReleasedAt is not { } released || use.EndedAt is not null) return [];
        return use.Items
            .SelectMany(item => (Owed[])
            [
                new(BreachKind.ReportOverdue, item.Ref, use.ReportDue(item)),
                new(BreachKind.DeleteByPassed, item.Ref, OfHolder(use, item, "DeleteBy", released)),
                new(BreachKind.ReviewOverdue, item.Ref, use.LastReview is null ? OfHolder(use, item, "ReviewBy", released) : null),
            ])
            .Where(due => due.DueAt is not null && !use.Breaches.Any(known => known.Kind == due.Kind && known.Ref == due.Ref && known.DueAt == due.DueAt));
    }

    // What was reviewed or deleted is in the holder's log alone; the supplier waits for the certificate.
    private static DateTimeOffset? OfHolder(TransferUse use, EvidenceItem item, string condition, DateTimeOffset released) =>
        use.Side == UseSide.Holder && item.Conditions.Contains(condition) ? item.Limit(condition)?.Passed(released) : null;

    private sealed record Owed(BreachKind Kind, string Ref, DateTimeOffset? DueAt);
}
