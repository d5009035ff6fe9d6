namespace MlatExchange.Domain.Oversight;

/// <summary>Rules about looking.</summary>
public static class OversightRules
{
    public static readonly Rule PurposeFirst = new("purpose-first", "A purpose must be declared before anything is looked at.", "LED 25(1)-(2)");

    public static readonly Rule AlreadyOpened = new("already-opened", "The consultation was opened with another purpose or by another body.", "LED 25(1)");

    public static readonly Rule OtherBody = new("other-body", "A consultation belongs to the body that opened it.", "LED 25(1)");
}
