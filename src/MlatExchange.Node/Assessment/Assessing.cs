using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Node.Assessment;

/// <summary>Runs the rule pack of a request's instrument with what this node knows beside the facts: the day, and which instruments are in force with the counterpart.</summary>
public sealed class Assessing(RulePackSet packs, IConfiguration settings, TimeProvider time)
{
    /// <summary>No pack for the instrument: nothing can be assessed, so nothing can be sent or decided.</summary>
    public static readonly Rule NoPack = new("no-rule-pack", "This node has no rule pack for the instrument of the request.", "design");

    public RulePackSet Packs => packs;

    /// <param name="counterpart">Jurisdiction on the other side.</param>
    /// <param name="validator">Kind of the authority that validated; null while nobody has.</param>
    /// <returns>Null where there is no pack for the instrument.</returns>
    public AssessmentResult? Run(RequestFacts facts, Side side, string counterpart, AuthorityKind? validator = null, string language = "en") =>
        packs.For(facts.Instrument) is not { } pack ? null
            : PackAssessment.Assess(facts, pack, new AssessmentContext(
                side, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), settings.GetSection($"Instruments:InForce:{counterpart}").Get<string[]>(), validator, language));

    /// <summary>Loads every pack of a folder; a pack at fault stops the node, because a rule left out would be a rule waived.</summary>
    /// <exception cref="InvalidOperationException">A pack breaks a rule; names the file, the member and the rule.</exception>
    public static RulePackSet Load(string folder) => new(Directory.EnumerateFiles(folder, "*@*.json").Order(StringComparer.Ordinal).Select(file =>
    {
        var reading = RulePackLoader.Load(File.ReadAllBytes(file));
        return reading.Value ?? throw new InvalidOperationException(
            $"Rule pack {Path.GetFileName(file)}: {string.Join("; ", reading.Faults.Select(fault => $"{fault.Pointer} {fault.Rule}"))}");
    }));
}
