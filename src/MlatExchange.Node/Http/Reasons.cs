using MlatExchange.Domain;

namespace MlatExchange.Node.Http;

/// <summary>Reasons in words that officials give; kept in the vault only.</summary>
public static class Reasons
{
    public const int Longest = 4000;

    /// <summary>The fault of a required reason, or null.</summary>
    public static MemberFault? Fault(string? reason, string pointer = "/reason") =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > Longest ? new(pointer, "text-length", "1 to 4,000 characters.") : null;

    /// <summary>The fault of a required legal reference, or null: it stays readable for ever, so it is short and names a rule alone.</summary>
    public static MemberFault? LegalReferenceFault(string? reference, string pointer = "/legalReference") =>
        string.IsNullOrWhiteSpace(reference) || reference.Length > 64 ? new(pointer, "text-length", "1 to 64 characters.") : null;
}
