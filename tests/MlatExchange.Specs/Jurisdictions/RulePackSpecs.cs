using MlatExchange.Domain.Jurisdictions;

namespace MlatExchange.Specs.Jurisdictions;

public sealed class RulePackSpecs() : Spec<JurisdictionState, JurisdictionEvent>(JurisdictionState.Initial, JurisdictionState.Evolve)
{
    private static readonly PackInUse Eio = new("eio@1", Cast.Digest("eio"), "anchor-key");
    private static readonly PackInUse Eev = new("eev@2", Cast.Digest("eev"));

    [Fact]
    public void A_node_that_starts_for_the_first_time_records_its_rule_packs() =>
        Given().When(new RecordRulePacks([Eio, Eev], Cast.Hour(0)).Decide).Then(new JurisdictionEvent.RulePacksChanged([Eev, Eio], Cast.Hour(0)));

    [Fact]
    public void The_same_rule_packs_are_no_news() =>
        Given(new JurisdictionEvent.RulePacksChanged([Eev, Eio], Cast.Hour(0))).When(new RecordRulePacks([Eio, Eev], Cast.Hour(1)).Decide).Then();

    [Fact]
    public void A_pack_of_another_digest_is_recorded() =>
        Given(new JurisdictionEvent.RulePacksChanged([Eev], Cast.Hour(0)))
            .When(new RecordRulePacks([Eev with { Digest = Cast.Digest("eev, changed") }], Cast.Hour(1)).Decide)
            .Then(new JurisdictionEvent.RulePacksChanged([Eev with { Digest = Cast.Digest("eev, changed") }], Cast.Hour(1)));

    [Fact]
    public void A_pack_that_is_signed_now_or_no_longer_there_is_recorded()
    {
        Given(new JurisdictionEvent.RulePacksChanged([Eev, Eio], Cast.Hour(0)))
            .When(new RecordRulePacks([Eev with { SignedBy = "anchor-key" }, Eio], Cast.Hour(1)).Decide)
            .Then(new JurisdictionEvent.RulePacksChanged([Eev with { SignedBy = "anchor-key" }, Eio], Cast.Hour(1)));
        Given(new JurisdictionEvent.RulePacksChanged([Eev, Eio], Cast.Hour(0)))
            .When(new RecordRulePacks([Eev], Cast.Hour(1)).Decide).Then(new JurisdictionEvent.RulePacksChanged([Eev], Cast.Hour(1)));
    }
}
