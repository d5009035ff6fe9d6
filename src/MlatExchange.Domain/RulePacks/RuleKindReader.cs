using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Domain.RulePacks;

/// <summary>Reads kind and parameters of a rule. The names here are the ones contracts/rule-packs lists.</summary>
internal static class RuleKindReader
{
    private static readonly Dictionary<string, Func<StrictObject, RuleKind>> Kinds = new(StringComparer.Ordinal)
    {
        ["pack-validity"] = _ => new RuleKind.PackValidity(),
        ["pack-review"] = _ => new RuleKind.PackReview(),
        ["instrument-in-force"] = _ => new RuleKind.InstrumentInForce(),
        ["legal-basis-cited"] = _ => new RuleKind.LegalBasisCited(),
        ["data-category-covered"] = o => new RuleKind.DataCategoryCovered(o.Codes("categories", 20, Codes.DataCategories, least: 1)),
        ["measure-covered"] = o => new RuleKind.MeasureCovered(o.Code("measure", Codes.Measures)),
        ["proceedings-covered"] = o => new RuleKind.ProceedingsCovered(o.OptionalWhole("sentenceMonths", 1, 1200)),
        ["competence"] = o => new RuleKind.Competence(Authorities(o, "issuers"), Authorities(o, "validators"), o.Flag("emergencyBeforeValidation")),
        ["offence-threshold"] = Threshold,
        ["emergency-grounds"] = _ => new RuleKind.EmergencyGrounds(),
        ["similar-domestic-measure"] = _ => new RuleKind.SimilarDomesticMeasure(),
        ["assistance-intended"] = _ => new RuleKind.AssistanceIntended(),
        ["stated"] = o => new RuleKind.Stated(Choice(o, "member", "facts", "custodian", "less-intrusive")),
        ["range-width"] = o => new RuleKind.RangeWidth([.. o.Objects("limits", 1, 20).Select(Limit)]),
        ["third-parties"] = _ => new RuleKind.ThirdParties(),
        ["privilege"] = o => new RuleKind.Privilege(o.Codes("professions", 20, RulePackLoader.Known(Codes.Professions), least: 1)),
        ["offence-nature"] = o => new RuleKind.OffenceNature(o.Codes("natures", 10, RulePackLoader.Known(Codes.OffenceNatures), least: 1)),
        ["conditions-required"] = ConditionsRequired,
        ["retention-stated"] = _ => new RuleKind.RetentionStated(),
        ["retention-reviewed"] = _ => new RuleKind.RetentionReviewed(),
        ["retention-ends"] = o => new RuleKind.RetentionEnds(o.Whole("mostDays", 1, 36_525)),
        ["infrastructure"] = o => new RuleKind.Infrastructure(o.Codes("refused", 10, RulePackLoader.Known(Codes.Infrastructures), least: 1)),
        ["notice-reviewed"] = _ => new RuleKind.NoticeReviewed(),
        ["notification"] = _ => new RuleKind.Notification(),
        ["dual-criminality-not-required"] = _ => new RuleKind.DualCriminalityNotRequired(),
        ["dual-criminality-open"] = _ => new RuleKind.DualCriminalityOpen(),
        ["prior-proceedings"] = _ => new RuleKind.PriorProceedings(),
        ["fundamental-rights"] = _ => new RuleKind.FundamentalRights(),
        ["emergency-required"] = _ => new RuleKind.EmergencyRequired(),
        ["controller-first"] = _ => new RuleKind.ControllerFirst(),
        ["language-accepted"] = o => new RuleKind.LanguageAccepted(RuleTablesReader.Languages(o)),
        ["onward-transfer"] = _ => new RuleKind.OnwardTransfer(),
        ["persons-width"] = o => new RuleKind.PersonsWidth(o.Whole("most", 1, 200)),
        ["categories-together"] = o => new RuleKind.CategoriesTogether(o.Whole("most", 1, 20)),
        ["category-crosswalk"] = o => new RuleKind.CategoryCrosswalk(RuleTablesReader.Categories(o, "classes", 1, Form.Slug), RuleTablesReader.Categories(o, "labels", 0, Form.CategoryLabel)),
        ["investigative-measures"] = o => new RuleKind.InvestigativeMeasures(RuleTablesReader.Measures(o)),
        ["dual-criminality-unless-listed"] = o => new RuleKind.DualCriminalityUnlessListed(o.Whole("months", 1, 1200)),
    };

    private static readonly HashSet<string> Known = [.. Kinds.Keys];

    /// <summary>Every kind a pack may name.</summary>
    public static IReadOnlyCollection<string> Names => Known;

    public static RuleKind? Read(StrictObject rule)
    {
        if (!Kinds.TryGetValue(rule.Code("kind", Known), out var read))
        {
            rule.Raw("parameters");
            return null;
        }

        var o = rule.OptionalObject("parameters") ?? rule.Nothing("parameters");
        var kind = read(o);
        o.Close();
        return kind;
    }

    private static RuleKind.OffenceThreshold Threshold(StrictObject o)
    {
        var branches = o.Objects("branches", 1, 10).Select(Branch).ToList();
        if (!branches.OfType<ThresholdBranch.Penalty>().Any() && o.Present)
            o.Fault("branches", "missing-branch", "One branch is a maximum penalty in months.");
        var execution = o.OptionalObject("execution");
        return new(branches, execution is null ? null : Execution(execution));
    }

    private static RuleKind.ExecutionBranch Execution(StrictObject o)
    {
        var read = new RuleKind.ExecutionBranch(o.Formed("source", Form.Printed(60)), o.Whole("sentenceMonths", 1, 1200));
        o.Close();
        return read;
    }

    private static ThresholdBranch Branch(StrictObject o)
    {
        var (source, certainty) = (o.Formed("source", Form.Printed(60)), PackRuleReader.Certainty(o));
        var categories = o.Codes("annexCategories", 40, RulePackLoader.Known(Codes.AnnexCategories));
        ThresholdBranch branch = o.OptionalWhole("maxPenaltyMonths", 1, 1200) is { } months ? new ThresholdBranch.Penalty(source, certainty, months)
            : categories.Count > 0 ? new ThresholdBranch.Category(source, certainty, categories)
            : new ThresholdBranch.Listed(source, certainty, [.. o.Objects("directives", 1, 50).Select(Articles)], o.Flag("viaInformationSystem"));
        o.Close();
        return branch;
    }

    private static DirectiveArticles Articles(StrictObject o)
    {
        var read = new DirectiveArticles(o.Formed("directive", Form.DirectiveNumber), o.Wholes("articles", 1, 100, 1, 999));
        o.Close();
        return read;
    }

    private static RuleKind.WidthLimit Limit(StrictObject o)
    {
        var read = new RuleKind.WidthLimit(o.Codes("categories", 20, Codes.DataCategories, least: 1), o.Whole("days", 1, 36_525));
        o.Close();
        return read;
    }

    private static RuleKind.ConditionsRequired ConditionsRequired(StrictObject o)
    {
        var groups = new List<IReadOnlyList<string>>();
        foreach (var group in o.Objects("conditions", 1, 20))
        {
            groups.Add(group.Codes("anyOf", 10, Codes.ConditionTypes, least: 1));
            group.Close();
        }

        return new(
            o.Code("subjects", new HashSet<string> { "victims-and-minors", "special-categories" }) == "special-categories"
                ? RuleKind.ProtectedSubjects.SpecialCategories : RuleKind.ProtectedSubjects.VictimsAndMinors,
            groups);
    }

    private static RuleKind.StatedMember Choice(StrictObject o, string member, params string[] names) =>
        (RuleKind.StatedMember)Math.Max(0, Array.IndexOf(names, o.Code(member, names.ToHashSet(StringComparer.Ordinal))));

    private static IReadOnlyList<AuthorityKind> Authorities(StrictObject o, string member) =>
        [.. o.Codes(member, 3, Codes.IssuerKinds, least: 1).Select(AuthorityKinds.Find).OfType<AuthorityKind>()];
}
