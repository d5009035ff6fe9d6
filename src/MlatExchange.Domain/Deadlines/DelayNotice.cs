namespace MlatExchange.Domain.Deadlines;

/// <summary>What the executing side said of a term that it cannot keep (EIO 12(5)-(6)). It is told, not asked: nobody grants it.</summary>
/// <param name="Ground">Code of the reason, such as <c>volume</c>; the words are in the vault.</param>
/// <param name="Until">By when it expects to be done, UTC; null where it could not say.</param>
/// <param name="At">When it was said, by the own log.</param>
public sealed record DelayNotice(string Ground, DateTimeOffset? Until, DateTimeOffset At);
