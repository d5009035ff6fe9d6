using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MlatExchange.Protocol.Jose;

namespace MlatExchange.Cli.Health;

/// <summary>What was removed from a bundle and why: places of R4, counts and rules, never a value (<c>contracts/evidence/health.md</c>).</summary>
/// <param name="List">Name and digest of the list of what may stay.</param>
/// <param name="Dates">keep or shift; never by how many days.</param>
public sealed record HealthReport(
    int V, string Kind, string List, Digest ListDigest, IReadOnlyList<string> Options, string Person, DateOnly? From, DateOnly? To, string Dates, IReadOnlyList<SecurityLabel> Labels,
    IReadOnlyList<string> LegalBasis, DateTimeOffset At, string Tool, IReadOnlyDictionary<string, int> Kept, IReadOnlyList<HealthReport.Line> Removed)
{
    /// <summary>One kind of thing that was removed.</summary>
    public sealed record Line(string Path, string Rule, string Why, int Count);

    private static readonly JsonSerializerOptions Writing = new(StrictJson.Options) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static HealthReport Of(HealthProfile profile, HealthAsked asked, MinimisedHealth minimised) => new(
        1, "health-minimisation", profile.Id, Digest.Of(EmbeddedJson.Bytes("health/minimisation.json")), asked.Options, asked.Person, asked.From, asked.To,
        asked.Options.Any(option => profile.Options[option].Dates == "shift") ? "shift" : "keep", [.. HealthBundle.Labels(profile, asked)], asked.LegalBasis, asked.At, asked.Tool,
        minimised.Kept, [.. minimised.Removed.Select(removal => new Line(removal.Path, HealthWords.Code(removal.Rule), HealthWords.Of(removal.Rule), removal.Count))]);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Writing);

    /// <summary>The same for a person to read.</summary>
    public IEnumerable<string> Words() =>
    [
        $"minimised to {string.Join(", ", Options)} by {List} (to be confirmed by counsel); dates {(Dates == "shift" ? "shifted" : "as they are")}",
        $"kept: {string.Join(", ", Kept.Select(type => string.Create(CultureInfo.InvariantCulture, $"{type.Value} {type.Key}")))}",
        .. Removed.Select(line => string.Create(CultureInfo.InvariantCulture, $"removed {line.Count} {line.Path}: {line.Why}")),
    ];
}
