using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs;

/// <summary>Facts and assessments that the specs start from.</summary>
public static class Assessments
{
    /// <summary>A request with two items, issued by XA's prosecutor to XB.</summary>
    public static readonly RequestFacts Facts = new(
        "EEV",
        new("XB", "xb-central"),
        new("XA", "xa-prosecutor", "public-prosecutor"),
        [new("EEV", "4(1)")],
        new(48, "fraud", true, null),
        "criminal-proceedings",
        new("none", null, false),
        [new("p1", "LED6a", "suspect", "XB")],
        [
            new("i1", "subscriber", "produce", "USER_ID", null, null, "p1", ["USER_INFORMATION"]),
            new("i2", "identification", "produce", "IPV_4", new(2026, 5, 1), new(2026, 5, 31), "p1", []),
        ],
        new("identify-the-user", true, true),
        new(365, "final-judgment", 180, "destroy-and-certify", "XA Data Protection (Justice) Act 12"),
        [new("UseOnlyFor", ["i1", "i2"], true)],
        new(false, null),
        "en",
        true,
        null,
        true,
        "xa-judge");

    /// <summary>Another version of the same.</summary>
    public static readonly RequestFacts Narrower = Facts with { Items = [Facts.Items[0]] };

    public static readonly AssessmentResult Pass = Result(Outcome.Pass);

    /// <summary>The same run as <see cref="Pass"/> by another pack.</summary>
    public static readonly AssessmentResult NewerPack = Pass with { RulePack = "eev@2", PackDigest = "sha-256:pack-2" };

    public static readonly AssessmentResult TwoFlags = Result(
        Outcome.Flag, Found("range-width", Outcome.Flag, "i2"), Found("less-intrusive-alternative-missing", Outcome.Flag));

    public static readonly AssessmentResult Curable = Result(Outcome.Block, Found("competence-content", Outcome.Block, "i1") with { Cure = "validation-by-judge" });

    public static readonly AssessmentResult Incurable = Result(Outcome.Block, Found("threshold-traffic", Outcome.Block, "i2"));

    public static readonly AssessmentResult BothBlocks = Result(
        Outcome.Block,
        Found("competence-content", Outcome.Block, "i1") with { Cure = "validation-by-judge" },
        Found("threshold-traffic", Outcome.Block, "i2"));

    /// <summary>An emergency under EEV 4(5): passes, and a validation is owed within 48 hours.</summary>
    public static readonly AssessmentResult Emergency = Pass with { Watch = new("EEV 4(5)", Hours: 48, OnExpiry: ["withdrawal"]) };

    /// <summary>What the sender of a received request says of it.</summary>
    public static readonly StatedAssessment Stated = StatedAssessment.Of(Pass, []);

    private static AssessmentResult Result(Outcome outcome, params Finding[] findings) => new(
        outcome,
        "eev@1",
        "sha-256:pack-1",
        "sha-256:inputs",
        [Found("purpose-stated", Outcome.Pass), .. findings],
        new("EEV 10(3)", Days: 10),
        false);

    private static Finding Found(string rule, Outcome outcome, params string[] items) => new(rule, outcome, "EEV 5", "V", "Made for the specs.", [], items);
}
