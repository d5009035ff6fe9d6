using System.Globalization;
using MlatExchange.Domain.Assessment;

namespace MlatExchange.Domain.RulePacks;

/// <summary>One way an offence may be grave enough.</summary>
/// <param name="Source">Point of the article, such as <c>EEV 5(4)(a)</c>.</param>
public abstract record ThresholdBranch(string Source, Certainty Certainty)
{
    internal abstract Truth Opens(OffenceFacts offence);

    /// <summary>A maximum custodial penalty of at least so many months.</summary>
    public sealed record Penalty(string Source, Certainty Certainty, int Months) : ThresholdBranch(Source, Certainty)
    {
        internal override Truth Opens(OffenceFacts offence) =>
            offence.MaxPenaltyMonths is not { } months ? Truth.Unknown : months >= Months ? Truth.True : Truth.False;
    }

    /// <summary>An offence of one of these categories (UNTOC 3(1)(a)).</summary>
    public sealed record Category(string Source, Certainty Certainty, IReadOnlyList<string> Categories) : ThresholdBranch(Source, Certainty)
    {
        internal override Truth Opens(OffenceFacts offence) => offence.AnnexCategory switch
        {
            null => Truth.False,
            Codes.Unknown => Truth.Unknown,
            { } category => Categories.Contains(category) ? Truth.True : Truth.False,
        };
    }

    /// <summary>An offence defined by one of these articles, where asked for by means of an information system.</summary>
    public sealed record Listed(string Source, Certainty Certainty, IReadOnlyList<DirectiveArticles> Directives, bool ViaInformationSystem)
        : ThresholdBranch(Source, Certainty)
    {
        internal override Truth Opens(OffenceFacts offence)
        {
            if (offence.Directive is not { } cited)
                return Truth.False;
            if (cited == Codes.Unknown)
                return Truth.Unknown;
            if (!Lists(cited))
                return Truth.False;
            return !ViaInformationSystem ? Truth.True : offence.ViaInformationSystem switch
            {
                true => Truth.True,
                false => Truth.False,
                null => Truth.Unknown,
            };
        }

        private bool Lists(string cited)
        {
            var space = cited.IndexOf(" Art ", StringComparison.Ordinal);
            if (space < 0 || !int.TryParse(cited.AsSpan(space + 5), NumberStyles.None, CultureInfo.InvariantCulture, out var article))
                return false;
            foreach (var listed in Directives)
            {
                if (cited.AsSpan(0, space).SequenceEqual(listed.Directive) && listed.Articles.Contains(article))
                    return true;
            }

            return false;
        }
    }
}

/// <summary>Articles of a directive, such as 3 to 7 of <c>2011/93</c>.</summary>
public sealed record DirectiveArticles(string Directive, IReadOnlyList<int> Articles);
