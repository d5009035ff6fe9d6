namespace MlatExchange.Domain;

/// <summary>One fault of something that was read. It never repeats the value: what was entered may identify a person.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the faulty member; empty for the document as a whole.</param>
/// <param name="Rule">Slug of the rule it breaks, such as <c>unknown-code</c>.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
public sealed record MemberFault(string Pointer, string Rule, string Sentence);

/// <summary>What reading came to: a value, or every fault found (never both).</summary>
public sealed record Reading<T>(T? Value, IReadOnlyList<MemberFault> Faults)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    public bool Sound => Value is not null;
}
