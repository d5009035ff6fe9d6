using static MlatExchange.Protocol.Messages.Shape;

namespace MlatExchange.Protocol.Messages;

public abstract partial record ActBody
{
    /// <summary>The executing authority's decision, item by item.</summary>
    /// <param name="Assessment">The executing side's own run of the rules; null where it has no pack for the instrument.</param>
    /// <param name="Texts">Disclosures <c>reason</c> and <c>condition/&lt;item ref&gt;/&lt;n&gt;</c>.</param>
    public sealed record Decision(ActRef Decides, IReadOnlyList<DecidedItem> Items, WireAssessment? Assessment = null, Selective? Texts = null) : ActBody
    {
        internal static readonly Shape.Struct Shape = new(
            Must("decides", Shapes.ActRef),
            Must("items", new List(
                new Shape.Struct(
                    Must("ref", Shapes.Ref),
                    Must("outcome", new OneOf("recognised", "with-conditions", "postponed", "refused")),
                    May("ground", Shapes.Slug),
                    May("citation", new Text(64)),
                    May("conditions", new List(Shapes.ItemCondition, 1, 100))), 1, 200, "ref")),
            May("assessment", Shapes.Assessment),
            May("texts", Shapes.Selective));

        private protected override ActKind TheKind => ActKind.Decision;
    }
}

/// <param name="Outcome"><c>recognised</c>, <c>with-conditions</c>, <c>postponed</c> or <c>refused</c>.</param>
/// <param name="Ground">Code of the ground for refusal or postponement.</param>
/// <param name="Citation">Article the ground rests on.</param>
public sealed record DecidedItem(
    string Ref, string Outcome, string? Ground = null, string? Citation = null, IReadOnlyList<ItemCondition>? Conditions = null);
