using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Jurisdictions;
using MlatExchange.Domain.RulePacks;
using MlatExchange.Specs.Requests;
using MlatExchange.Specs.RulePacks;

namespace MlatExchange.Specs.Assessment;

/// <summary>Given sound facts, when one of them changes, then one rule says so. Everything else passes, so what changed is what speaks.</summary>
public static class Assessed
{
    public static readonly AssessmentContext Context = new(Side.Requesting, new DateOnly(2026, 11, 22), ["EEV", "EIO", "BC"]);

    /// <summary>A judge's emergency order for content and subscriber data; every rule of eev@2 passes.</summary>
    public static RequestFacts Eev { get; } = DraftSample.Facts();

    /// <summary>A preservation request; every rule of bc29@2 passes.</summary>
    public static RequestFacts Bc29 { get; } = DraftSample.Facts() with
    {
        Instrument = "BC29",
        LegalBasis = [new("BC29", "29")],
        Items = [.. DraftSample.Facts().Items.Select(i => i with { Measure = "preserve" })],
    };

    /// <summary>Facts that every rule of the newest pack of <paramref name="instrument"/> passes.</summary>
    public static RequestFacts Under(string instrument)
    {
        var addressee = instrument == "BILATERAL:XA-XC" ? "XC" : "XB";
        return instrument switch
        {
            "EEV" => Eev,
            "BC29" => Bc29,
            _ => Eev with
            {
                Instrument = instrument,
                Addressee = new(addressee, $"{addressee.ToLowerInvariant()}-central"),
                LegalBasis = [new(instrument, "1")],
                Items = instrument == "2AP7" ? [Eev.Items[1]] : instrument == "2AP8" ? [Eev.Items[0] with { DataCategory = "traffic", Options = ["INTERNET"] }, Eev.Items[1]] : Eev.Items,
                Conditions = [],
            },
        };
    }

    /// <summary>Everything in force everywhere.</summary>
    public static AssessmentContext InForce { get; } = Context with { InForce = ["EEV", "EIO", "BC", "2AP", "UNTOC", "BILATERAL"] };

    public static AssessmentResult Of(RequestFacts facts, AssessmentContext? context = null, RulePack? pack = null) =>
        PackAssessment.Assess(facts, pack ?? Packs.All.For(facts.Instrument)!, context ?? Context);

    public static Finding Finding(this AssessmentResult result, string rule) => result.Findings.Single(f => f.Rule == rule);

    /// <summary>The rule comes to this and, where it does not pass, no other rule flags or blocks.</summary>
    public static Finding Says(this RequestFacts facts, string rule, Outcome outcome, AssessmentContext? context = null)
    {
        var result = Of(facts, context);
        var finding = result.Finding(rule);
        Assert.True(finding.Outcome == outcome, $"{rule} came to {finding.Outcome}: {finding.Sentence}");
        Assert.Equal(outcome == Outcome.Pass ? [] : [rule], result.Findings.Where(f => f.Outcome != Outcome.Pass).Select(f => f.Rule));
        return finding;
    }

    public static RequestFacts Issued(this RequestFacts facts, AuthorityKind kind) => facts with { Issuer = facts.Issuer with { Kind = kind.Code() } };

    /// <summary>Changes the first item, which asks for content of a suspect.</summary>
    public static RequestFacts Item(this RequestFacts facts, Func<ItemFacts, ItemFacts> change) =>
        facts with { Items = [change(facts.Items[0]), .. facts.Items.Skip(1)] };

    /// <summary>Changes the suspect.</summary>
    public static RequestFacts Suspect(this RequestFacts facts, Func<PersonFacts, PersonFacts> change) =>
        facts with { Persons = [change(facts.Persons[0]), .. facts.Persons.Skip(1)] };

    public static RequestFacts Offence(this RequestFacts facts, Func<OffenceFacts, OffenceFacts> change) => facts with { Offence = change(facts.Offence) };

    /// <summary>Only the item that asks for content.</summary>
    public static RequestFacts ContentOnly(this RequestFacts facts) => facts with { Items = [facts.Items[0]], Conditions = [] };

    /// <summary>Only the item that asks for subscriber data.</summary>
    public static RequestFacts SubscriberOnly(this RequestFacts facts) => facts with { Items = [facts.Items[1]], Conditions = [] };

    public static RequestFacts NoEmergency(this RequestFacts facts) => facts with { Urgency = new("none", null, false) };
}
