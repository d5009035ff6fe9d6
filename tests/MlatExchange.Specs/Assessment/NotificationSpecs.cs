using MlatExchange.Domain.Assessment;

namespace MlatExchange.Specs.Assessment;

/// <summary>EEV 8 and 10: whether the enforcing authority is notified, which decides the deadline; and what else the terms come to.</summary>
public class NotificationSpecs
{
    /// <summary>Where the offence was committed, where the person resides; outcome, notified.</summary>
    public static TheoryData<string?, string, Outcome, bool> Places => new()
    {
        { "XA", "XA", Outcome.Pass, false },
        { "XA", "XB", Outcome.Pass, true },
        { "XB", "XA", Outcome.Pass, true },
        { "XB", "unknown", Outcome.Pass, true },
        { "XA", "unknown", Outcome.Flag, true },
        { "unknown", "XA", Outcome.Flag, true },
        { "unknown", "XB", Outcome.Pass, true },
        { "unknown", "unknown", Outcome.Flag, true },
        { null, "XA", Outcome.Pass, true },
        { null, "XB", Outcome.Pass, true },
        { null, "unknown", Outcome.Flag, true },
    };

    [Theory, MemberData(nameof(Places))]
    public void Notified_unless_offence_and_residence_are_both_known_to_be_in_the_issuing_State(string? committed, string residence, Outcome outcome, bool notified)
    {
        var facts = Assessed.Eev.NoEmergency().Offence(o => o with { CommittedIn = committed }).Suspect(p => p with { Residence = residence });
        facts.Says("notify-enforcing-authority", outcome);
        var result = Assessed.Of(facts);
        Assert.Equal(notified, result.NotifyEnforcingAuthority);
        Assert.Equal(notified ? "EEV 10(2)" : "EEV 10(3)", result.Deadline!.Rule);
        Assert.Equal(10, result.Deadline.Days);
    }

    [Fact]
    public void One_person_who_resides_elsewhere_is_enough()
    {
        var home = Assessed.Eev.Suspect(p => p with { Residence = "XA" });
        var facts = home with
        {
            Persons = [.. home.Persons, new("p2", "LED6a", "suspect", "XB")],
            Items = [.. home.Items, home.Items[0] with { Ref = "i3", DataCategory = "traffic", Options = ["INTERNET"], Person = "p2" }],
        };
        Assert.True(Assessed.Of(facts).NotifyEnforcingAuthority);
        Assert.False(Assessed.Of(home).NotifyEnforcingAuthority);
    }

    [Fact]
    public void An_item_about_nobody_known_is_notified() =>
        Assert.True(Assessed.Of(Assessed.Eev.Item(i => i with { Person = null })).NotifyEnforcingAuthority);

    [Fact]
    public void Subscriber_data_and_preservation_are_not_notified_and_residences_do_not_matter()
    {
        var facts = Assessed.Eev.NoEmergency().SubscriberOnly().Suspect(p => p with { Residence = "unknown" });
        facts.Says("notify-enforcing-authority", Outcome.Pass);
        Assert.False(Assessed.Of(facts).NotifyEnforcingAuthority);
        Assert.Equal("EEV 10(3)", Assessed.Of(facts).Deadline!.Rule);
        Assert.False(Assessed.Of(Assessed.Eev.Item(i => i with { Measure = "preserve" })).NotifyEnforcingAuthority);
    }

    [Fact]
    public void An_emergency_leaves_eight_hours_whether_notified_or_not()
    {
        var deadline = Assessed.Of(Assessed.Eev).Deadline!;
        Assert.Equal(("EEV 10(4)", 8, null), (deadline.Rule, deadline.Hours, deadline.Days));
        var doubtful = Assessed.Of(Assessed.Eev with { Urgency = new("emergency", "unknown", true) });
        Assert.Equal("EEV 10(2)", doubtful.Deadline!.Rule);
    }

    [Fact]
    public void Preservation_has_an_expiry_and_no_deadline()
    {
        var preserved = Assessed.Of(Assessed.Eev.ContentOnly().Item(i => i with { Measure = "preserve" }));
        Assert.Null(preserved.Deadline);
        Assert.Equal(("EEV 11(1)", 60), (preserved.Expires!.Rule, preserved.Expires.Days));
        Assert.Null(Assessed.Of(Assessed.Eev).Expires);
    }

    /// <summary>Category, months; outcome, what the result says.</summary>
    public static TheoryData<string?, int?, Outcome, string> DualCriminality => new()
    {
        { "fraud", 36, Outcome.Pass, "not checked: listed category and at least 36 months" },
        { "fraud", 35, Outcome.Pass, "may be checked by the requested side" },
        { null, null, Outcome.Pass, "may be checked by the requested side" },
        { "unknown", 60, Outcome.Flag, "unknown: category or maximum penalty is not known" },
        { "fraud", null, Outcome.Flag, "unknown: category or maximum penalty is not known" },
    };

    [Theory, MemberData(nameof(DualCriminality))]
    public void Dual_criminality_is_not_checked_for_grave_listed_offences(string? category, int? months, Outcome outcome, string says)
    {
        var facts = Assessed.Eev.Offence(o => o with { AnnexCategory = category, MaxPenaltyMonths = months, ViaInformationSystem = true });
        facts.Says("dual-criminality", outcome);
        Assert.Equal(says, Assessed.Of(facts).DualCriminality);
    }
}
