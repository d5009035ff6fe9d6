using MlatExchange.Domain;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>Every act on an item stands after the act before it. Item e1 may be used for its purpose only and go onward with consent; e2 may not go onward at all.</summary>
public sealed class RecordActSpecs() : Spec<TransferUse, TransferEvent>(TransferUse.Initial, TransferUse.Evolve)
{
    private const string Purpose = "establish-the-facts", Copy = "opened-copy/AAECAwQFBgcICQoLDA0ODw";

    private static readonly string Opening = Cast.Digest("opening"), Analysis = Cast.Digest("analysis"), Sealing = Cast.Digest("sealing");

    private static readonly EvidenceItem First = Evidence.First with { Conditions = ["UseOnlyFor"], Custody = Sealing }, Second = Evidence.Second with { Conditions = ["NoOnward"] };

    private static readonly HoldingEvent.OfferReceived Offered = new(
        "transfer-1", new("01977f00-0000-7000-8000-00000000c001"), "XB", Evidence.Offer, [First, Second], Cast.Hour(48), Cast.Hour(96), Cast.Hour(2));

    private static readonly SupplyEvent.Prepared Prepared = new(
        "transfer-1", new("01977f00-0000-7000-8000-00000000a001"), "XA", [First, Second], Cast.Hour(48), Cast.Hour(96), Cast.Prosecutor, Cast.Hour(0));

    private static readonly HoldingEvent.ShareReceived Shared = new(Cast.Digest("jwe-b"), Cast.Hour(4));

    private static string Fetched => CustodyChain.NodeAct("transfer-1", "e1", CustodyAct.Fetched, Cast.Digest("jwe-b"), Cast.Hour(5));

    private static TransferEvent[] Held => [Offered, Shared, new HoldingEvent.ItemFetched("e1", 100, Cast.Hour(5))];

    private static CustodyStep Step(string record, string? previous, CustodyAct act, string item = "e1", string copy = Copy, string? purpose = null, OnwardRecipient? to = null) =>
        new(record, previous, item, act, copy, Cast.Hour(6), "XA", "mlat/1", "EEV 5(4)(b)", purpose, to);

    private static RecordAct Act(CustodyStep step) => new(step, Purpose, "XA", Cast.Holder, Cast.Hour(7));

    private static UseEvent.ItemActed Acted(CustodyStep step) => new(step, Cast.Holder, Cast.Hour(7));

    private static readonly CustodyStep Opened = Step(Opening, Fetched, CustodyAct.Opened), Analysed = Step(Analysis, Opening, CustodyAct.Analysed, purpose: Purpose);

    private static readonly CustodyStep Destroyed = Step(Cast.Digest("end"), Opening, CustodyAct.Destroyed);

    private static readonly UseEvent.BreachFound Onward = new(BreachKind.OnwardWithoutConsent, "e1", null, Cast.Hour(7));

    [Fact]
    public void An_item_is_opened_after_it_was_fetched() => Given(Held).When(Act(Opened).Decide).Then(Acted(Opened));

    [Fact]
    public void A_copy_may_begin_at_any_act_that_is_known_of_its_item_the_sealing_among_them()
    {
        foreach (var known in new[] { Evidence.Offer.ActDigest, Cast.Digest("jwe-b"), Sealing }) Given(Held).When(Act(Opened with { Previous = known }).Decide).Then(Acted(Opened with { Previous = known }));
    }

    [Fact]
    public void An_act_without_a_predecessor_is_refused() => Given(Held).When(Act(Opened with { Previous = null }).Decide).Then(NotPermitted(CustodyRules.Predecessor));

    [Fact]
    public void An_act_after_one_that_nobody_knows_is_refused() => Given(Held).When(Act(Opened with { Previous = Cast.Digest("nobody") }).Decide).Then(NotPermitted(CustodyRules.Predecessor));

    [Fact]
    public void An_act_on_another_item_is_no_predecessor() => Given(Held).When(Act(Opened with { Ref = "e2" }).Decide).Then(NotPermitted(CustodyRules.Predecessor));

    [Fact]
    public void The_next_act_on_a_copy_names_the_one_before_it() => Given([.. Held, Acted(Opened)]).When(Act(Analysed).Decide).Then(Acted(Analysed));

    [Fact]
    public void An_act_cannot_be_put_between_two_others() => Given([.. Held, Acted(Opened), Acted(Analysed)])
        .When(Act(Step(Cast.Digest("late"), Opening, CustodyAct.DisclosedToCourt, purpose: Purpose)).Decide).Then(NotPermitted(CustodyRules.Predecessor));

    [Fact]
    public void The_same_record_again_changes_nothing() => Given([.. Held, Acted(Opened)]).When(Act(Opened).Decide).Then();

    [Fact]
    public void A_copy_of_which_nobody_told_how_it_came_to_be_is_not_used() => Given(Held).When(Act(Step(Analysis, Fetched, CustodyAct.Analysed, purpose: Purpose)).Decide).Then(NotPermitted(CustodyRules.CopyUnknown));

    [Fact]
    public void Nothing_follows_the_destruction_of_a_copy() => Given([.. Held, Acted(Opened), Acted(Destroyed)])
        .When(Act(Step(Analysis, Destroyed.Record, CustodyAct.Analysed, purpose: Purpose)).Decide).Then(NotPermitted(CustodyRules.Ended));

    [Fact]
    public void A_copy_of_a_copy_begins_a_line_of_its_own()
    {
        var copied = Step(Cast.Digest("copied"), Opening, CustodyAct.Copied, copy: "opened-copy/second");
        Given([.. Held, Acted(Opened)]).When(Act(copied).Decide).Then(Acted(copied));
    }

    [Fact]
    public void The_holder_neither_collects_nor_seals() => Given(Held).When(Act(Step(Sealing, null, CustodyAct.Sealed)).Decide).Then(NotPermitted(CustodyRules.Collection));

    [Fact]
    public void What_is_sealed_was_collected_before_at_the_supplier()
    {
        var (collected, sealing) = (Step(Cast.Digest("collected"), null, CustodyAct.Collected, copy: "original/1"), Step(Sealing, Cast.Digest("collected"), CustodyAct.Sealed, copy: "sealed-file/1"));
        Given(Prepared).When(Act(collected).Decide).Then(Acted(collected));
        Given(Prepared, Acted(collected)).When(Act(sealing).Decide).Then(Acted(sealing));
        Given(Prepared).When(Act(sealing).Decide).Then(NotPermitted(CustodyRules.Predecessor));
        Given(Prepared, new SupplyEvent.Offered(Evidence.Offer, Cast.Prosecutor, Cast.Hour(2))).When(Act(collected).Decide).Then(NotPermitted(CustodyRules.Collection));
    }

    [Fact]
    public void A_use_outside_the_purpose_is_a_breach_the_moment_it_is_told()
    {
        var step = Analysed with { Purpose = "trace-proceeds" };
        Given([.. Held, Acted(Opened)]).When(Act(step).Decide).Then(Acted(step), new UseEvent.BreachFound(BreachKind.OutsidePurpose, "e1", null, Cast.Hour(7)));
    }

    [Fact]
    public void What_is_disclosed_says_to_whom_and_is_a_disclosure()
    {
        var step = Step(Cast.Digest("court"), Opening, CustodyAct.DisclosedToCourt, purpose: Purpose);
        Given([.. Held, Acted(Opened)]).When(Act(step).Decide).Then(new UseEvent.ItemDisclosed(step, Cast.Holder, Cast.Hour(7)));
    }

    [Fact]
    public void Passing_on_to_a_third_jurisdiction_without_consent_is_a_breach_the_moment_it_is_told()
    {
        var step = Passed(new("XC", "xc-central"));
        Given([.. Held, Acted(Opened)]).When(Act(step).Decide).Then(new UseEvent.ItemDisclosed(step, Cast.Holder, Cast.Hour(7)), Onward);
    }

    [Fact]
    public void With_the_supplier_s_consent_it_is_none()
    {
        TransferEvent[] consented =
        [
            new UseEvent.OnwardRequested(Cast.Digest("asked"), ["e1"], new("XC", "xc-central"), Purpose, Cast.Holder, Cast.Hour(6)),
            new UseEvent.OnwardDecisionReceived(Cast.Digest("asked"), Cast.Digest("consent"), OnwardOutcome.Granted, [], Cast.Hour(6)),
        ];
        var (step, other) = (Passed(new("XC", "xc-central")), Passed(new("XC", "xc-police")));
        Given([.. Held, Acted(Opened), .. consented]).When(Act(step).Decide).Then(new UseEvent.ItemDisclosed(step, Cast.Holder, Cast.Hour(7)));
        Given([.. Held, Acted(Opened), .. consented]).When(Act(other).Decide).Then(new UseEvent.ItemDisclosed(other, Cast.Holder, Cast.Hour(7)), Onward);
    }

    [Fact]
    public void Back_to_the_supplier_it_is_none()
    {
        var step = Passed(new("XB"));
        Given([.. Held, Acted(Opened)]).When(Act(step).Decide).Then(new UseEvent.ItemDisclosed(step, Cast.Holder, Cast.Hour(7)));
    }

    [Fact]
    public void Acts_of_the_nodes_take_their_place_in_the_same_chain()
    {
        var chain = TransferUse.Fold([.. Held, new HoldingEvent.CiphertextDeleted(2, Cast.Hour(90))]).Custody.Links.Where(link => link.Ref == "e1").ToList();
        Assert.Equal([CustodyAct.Offered, CustodyAct.Released, CustodyAct.Fetched, CustodyAct.Destroyed], chain.Select(link => link.Act));
        Assert.Equal([Sealing, Evidence.Offer.ActDigest, Cast.Digest("jwe-b"), Fetched], chain.Select(link => link.Previous));
        Assert.Equal(4, chain.Select(link => link.Record).Distinct().Count());
    }

    private static CustodyStep Passed(OnwardRecipient to) => Step(Cast.Digest("passed"), Opening, CustodyAct.PassedOn, purpose: Purpose, to: to);
}
