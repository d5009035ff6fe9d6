using System.Text.RegularExpressions;

namespace MlatExchange.Cli.Health;

/// <summary>What may be left of a bundle for each option that a request can ask for (<c>contracts/evidence/health/minimisation.json</c>): an allow-list, so what it does not name is removed.</summary>
/// <param name="Certainty">As in rule packs; M is general knowledge, to be confirmed by counsel.</param>
/// <param name="OldestAge">Years; an age above it is removed.</param>
/// <param name="Types">Elements that a datatype keeps.</param>
/// <param name="Needs">Elements of a datatype that misleads without them: where one was there and cannot stay, the whole goes.</param>
/// <param name="Systems">Code systems whose codes may stay: by a closed list, or by form and check digit.</param>
public sealed record HealthProfile(
    string Id, string Certainty, string Note, IReadOnlyList<string> Sources, int OldestAge, IReadOnlyDictionary<string, IReadOnlyList<string>> Types,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Needs, IReadOnlyDictionary<string, CodesOfSystem> Systems, IReadOnlyDictionary<string, HealthOption> Options)
{
    /// <summary>As it is built into the tool.</summary>
    public static HealthProfile Embedded { get; } = EmbeddedJson.Read<HealthProfile>("health/minimisation.json");

    /// <summary>Whether a code may stay, and whether it is one of a closed list: then it can hide nothing.</summary>
    public bool Keeps(string system, string code, out bool closed)
    {
        var known = Systems.GetValueOrDefault(system);
        closed = known?.Codes is not null;
        return known is not null && known.Holds(code);
    }
}

/// <param name="Codes">Closed list; null where the form decides.</param>
/// <param name="Pattern">Form of a code.</param>
/// <param name="Check">Check digit: mod10 (LOINC) or verhoeff (SNOMED CT).</param>
public sealed record CodesOfSystem(IReadOnlyList<string>? Codes = null, string? Pattern = null, string? Check = null)
{
    internal bool Holds(string code) => Codes is not null
        ? Codes.Contains(code)
        : Regex.IsMatch(code, Pattern!, RegexOptions.CultureInvariant) && !code.EndsWith('\n') && Check switch { "mod10" => CheckDigit.Mod10(code), "verhoeff" => CheckDigit.Verhoeff(code), _ => true };
}

/// <param name="Means">In words, what an authority gets.</param>
/// <param name="Dates">keep, or shift: by one number of days for everything about the person.</param>
/// <param name="Labels">Security labels (HL7 DS4P) of everything that is kept.</param>
public sealed record HealthOption(string Means, string Dates, IReadOnlyList<SecurityLabel> Labels, IReadOnlyDictionary<string, AllowedResource> Resources);

public sealed record SecurityLabel(string System, string Code);

/// <param name="Elements">Elements that stay, dotted below elements of the resource's own.</param>
/// <param name="Person">Element that points to the person; null for Patient.</param>
/// <param name="When">Elements that tell when it was.</param>
/// <param name="Only">For an element the codes of which it must have one.</param>
public sealed record AllowedResource(
    IReadOnlyList<string> Elements, string? Person = null, IReadOnlyList<string>? When = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? Only = null);
