namespace MlatExchange.Domain.Retention;

/// <summary>What a legal hold rests on. It has an end, so that nobody keeps by forgetting: whoever still needs it renews it with a reason, and each renewal is an event.</summary>
/// <param name="LegalReference">The rule that allows it, such as <c>XA Criminal Procedure Code 98</c>.</param>
/// <param name="Authority">Code of the authority on whose word it stands.</param>
/// <param name="Until">It ends by itself at this instant, UTC.</param>
public sealed record LegalHold(HoldBasis Basis, string LegalReference, string Authority, DateTimeOffset Until)
{
    /// <summary>Longest time from placing or renewing to the end.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Whether a hold placed or renewed at <paramref name="at"/> may end at <paramref name="until"/>.</summary>
    public static bool MayEnd(DateTimeOffset until, DateTimeOffset at) => until > at && until <= at + Longest;
}

/// <summary>Why evidence is kept beyond its term.</summary>
public enum HoldBasis
{
    OtherProceedings,
    AppealPending,
    RetrialPending,
    CourtOrder,
    DefenceRequest,
    CivilClaim,
    OversightInquiry,
}
