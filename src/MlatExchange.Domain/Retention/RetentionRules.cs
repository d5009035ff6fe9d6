namespace MlatExchange.Domain.Retention;

/// <summary>Rules about keeping and erasing.</summary>
public static class RetentionRules
{
    public static readonly Rule NotUnderRetention = new("not-under-retention", "Nothing is held yet.", "LED 5");

    public static readonly Rule HoldStands = new("hold-stands", "A legal hold stands: nothing may be destroyed until it is lifted.", "design");

    public static readonly Rule HoldEnd = new("hold-end", "A hold ends after now and within 366 days, a renewed one later than before.", "LED 5");

    public static readonly Rule NoSuchHold = new("no-such-hold", "No such hold stands.", "design");

    public static readonly Rule ErasureStarted = new("erasure-started", "The erasure has begun and cannot be stopped.", "LED 5");

    public static readonly Rule TooEarly = new("too-early", "The time in which oversight may object is not over.", "design");

    public static readonly Rule NotDue = new("not-due", "The retention term has not run out.", "LED 5");

    public static readonly Rule ReviewFirst = new("review-first", "A review must first have found that the evidence is no longer needed.", "2AP 14(5)");

    public static readonly Rule NoSuchTrigger = new("no-such-trigger", "No item's retention term waits for this trigger, or the trigger lies ahead.", "LED 5");

    public static readonly Rule OrderFirst = new("order-first", "The destruction must be ordered and logged first.", "LED 5, 25");

    public static readonly Rule EpochStands = new("epoch-stands", "The key that wraps copies of the data key is not destroyed yet.", "design");

    public static readonly Rule StepOutOfOrder = new("step-out-of-order", "The steps of an erasure have a fixed order: start, key, sealed bytes, completed, certificate.", "design");
}
