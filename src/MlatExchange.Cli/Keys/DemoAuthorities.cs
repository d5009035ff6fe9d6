using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Keys;

/// <summary>The authorities that a set of keys is made for: one entry per jurisdiction code.</summary>
internal sealed record AuthorityTable(IReadOnlyList<AuthorityEntry> Authorities, IReadOnlyList<string> Oversight);

/// <param name="Code">The authority's code.</param>
/// <param name="Kind">Its kind, as the rule packs name it.</param>
/// <param name="TrustMarks">What it may do under some instrument; which instrument allows what is the rule packs' business.</param>
internal sealed record AuthorityEntry(string Code, string Kind, IReadOnlyList<string> TrustMarks);

/// <summary>The authorities of the demonstration, and the reader of a file that names others.</summary>
internal static class DemoAuthorities
{
    private const string Judge = "judge-court-or-investigating-judge";
    private const string Prosecutor = "public-prosecutor";
    private const string Other = "other-competent-authority";

    private static readonly string[] EveryCategory =
        ["may-issue:content", "may-issue:financial", "may-issue:health", "may-issue:identification", "may-issue:subscriber", "may-issue:traffic"];

    internal static IReadOnlyDictionary<string, AuthorityTable> BuiltIn { get; } = new Dictionary<string, AuthorityTable>(StringComparer.Ordinal)
    {
        ["XA"] = new(
            [new("xa-prosecutor", Prosecutor, EveryCategory), JudgeOf("xa"), new("xa-police", Other, ["may-issue-emergency"])], ["xa-oversight"]),
        ["XB"] = new([new("xb-central", Prosecutor, EveryCategory), JudgeOf("xb"), new("xb-247", Other, ["may-issue-emergency"])], ["xb-oversight"]),
        ["XC"] = new([new("xc-central", Prosecutor, EveryCategory), JudgeOf("xc")], ["xc-oversight"]),
    };

    internal static IReadOnlyDictionary<string, AuthorityTable> Read(string path) =>
        StrictJson.TryRead<Dictionary<string, AuthorityTable>>(Files.Read(path).AsSpan().Trim(" \t\r\n"u8), out var table, out var fault)
            ? table
            : throw Refusal.Usage($"{path} is not a table of authorities: {fault.Rule} at '{fault.JsonPointer}'.");

    private static AuthorityEntry JudgeOf(string jurisdiction) => new($"{jurisdiction}-judge", Judge, [.. EveryCategory, "may-validate"]);
}
