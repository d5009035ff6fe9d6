using System.Globalization;

namespace MlatExchange.Domain.Retention;

/// <summary>When a data key ends by itself. The keys of cases and transfers end by decision: with the closing of the case, with the destruction of the transfer.</summary>
public static class KeyTerms
{
    /// <summary>Prefixes of the ids of keys that end by decision.</summary>
    public const string Case = "case-", Transfer = "transfer-";

    private const string Day = "day-", Thread = "thread-";

    /// <summary>What belongs to no case, such as why an oversight body looked: this long after the day is over.</summary>
    public static readonly TimeSpan OfDay = TimeSpan.FromDays(90);

    /// <summary>Messages of a thread that belongs to no case here, and messages that came after their case was erased: this long after the key was made.</summary>
    public static readonly TimeSpan OfUnknownThread = TimeSpan.FromDays(30);

    /// <summary>End of a key's term, UTC; null for a key that ends by decision alone.</summary>
    /// <param name="madeAt">When the key was made.</param>
    /// <param name="erasedBefore">A key of this id was erased already, so this one was made for something that came late.</param>
    public static DateTimeOffset? Ends(string keyId, DateTimeOffset madeAt, bool erasedBefore)
    {
        if (keyId.StartsWith(Day, StringComparison.Ordinal)
            && DateOnly.TryParseExact(keyId.AsSpan(Day.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + OfDay;
        return erasedBefore || keyId.StartsWith(Thread, StringComparison.Ordinal) ? madeAt + OfUnknownThread : null;
    }

    /// <summary>The order for a term that ends at <paramref name="ends"/>: written early enough that the time to object is over when the term is.</summary>
    /// <returns>Null while it is not yet time to order.</returns>
    public static ErasureOrder? Order(DateTimeOffset ends, TimeSpan objectionTime, Official node, DateTimeOffset now) => now < ends - objectionTime
        ? null
        : new([], 1, node, ErasureGround.TermEnded, "LED 4(1)(e)", now > ends ? now : ends);
}
