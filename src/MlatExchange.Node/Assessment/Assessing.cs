using MlatExchange.Domain;
using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.RulePacks;

namespace MlatExchange.Node.Assessment;

/// <summary>Runs the rule pack of a request's instrument with what this node knows beside the facts: the day, and which instruments are in force with the counterpart.</summary>
public sealed class Assessing(RulePackSet packs, IConfiguration settings, TimeProvider time)
{
    /// <summary>No pack for the instrument: nothing can be assessed, so nothing can be sent or decided.</summary>
    public static readonly Rule NoPack = new("no-rule-pack", "This node has no rule pack for the instrument of the request.", "design");

    /// <summary>A request keeps its pack; without it nobody can say what the rules come to.</summary>
    public static readonly Rule PackGone = new("signed-pack-missing", "The rule pack the request was signed under is no longer among this node's packs: put its file back.", "design");

    public RulePackSet Packs => packs;

    /// <param name="counterpart">Jurisdiction on the other side.</param>
    /// <param name="validator">Kind of the authority that validated; null while nobody has.</param>
    /// <returns>Null where there is no pack for the instrument.</returns>
    public AssessmentResult? Run(RequestFacts facts, Side side, string counterpart, AuthorityKind? validator = null, string language = "en") =>
        packs.For(facts.Instrument) is { } pack ? Apply(pack, facts, side, counterpart, validator, language) : null;

    /// <summary>As <see cref="Run"/>, by the pack of exactly these bytes: a request that runs keeps the pack it was signed under, whatever lies beside it meanwhile.</summary>
    /// <returns>Null where that pack is no longer loaded.</returns>
    public AssessmentResult? RunUnder(string packDigest, RequestFacts facts, Side side, string counterpart, AuthorityKind? validator = null, string language = "en") =>
        packs.FindDigest(packDigest) is { } pack ? Apply(pack, facts, side, counterpart, validator, language) : null;

    /// <summary>A received request by the pack it was assessed with when it arrived; by the newest where it was not assessed, or that pack is no longer loaded.</summary>
    public AssessmentResult? RunKept(Dossier dossier, AuthorityKind? validator = null, string language = "en") => dossier.Received is var received
        && dossier.Own is { } own && RunUnder(own.PackDigest, received.Facts, Side.Requested, received.Sender, validator, language) is { } result
            ? result : Run(dossier.Received.Facts, Side.Requested, dossier.Received.Sender, validator, language);

    private AssessmentResult Apply(RulePack pack, RequestFacts facts, Side side, string counterpart, AuthorityKind? validator, string language) => PackAssessment.Assess(
        facts, pack, new AssessmentContext(side, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), settings.GetSection($"Instruments:InForce:{counterpart}").Get<string[]>(), validator, language));
}
