using MlatExchange.Domain.Assessment;
using MlatExchange.Domain.Execution;
using MlatExchange.Domain.Requests;
using MlatExchange.Domain.Retention;
using MlatExchange.Domain.Transfers;

namespace MlatExchange.Specs.Transfers;

/// <summary>What transfers come to by themselves on either side: lapse, stop, fall due, and go.</summary>
public class TransferTimerSpecs
{
    /// <summary>The words of the two sides and of their requests, borrowed from the specs that tell them.</summary>
    private sealed class Held : HoldingSpec
    {
        public static HeldTransfer After(params HoldingEvent[] more) => HeldTransfer.Fold([.. ToRetention, .. more]);

        /// <summary>One item whose term counts from the key and lasts so long, looked at every 180 days.</summary>
        public static HeldTransfer ForYears(int years) => HeldTransfer.Fold([Offer with { Items = [Evidence.First with { Retention = Evidence.First.Retention with { MaximumDays = years * 365 } }] }, Accepted, Shared, new HoldingEvent.RetentionStarted("receipt", Cast.Hour(4), [new("e1", Cast.Hour(4).AddDays(years * 365))], null, Cast.Hour(4))]);

        public static HeldTransfer Offered => HeldTransfer.Fold([Offer]);

        public static HeldTransfer Accepting => HeldTransfer.Fold([Offer, Accepted]);

        public static HoldingEvent OnHold => HoldingSpec.Held;

        public static HoldingEvent Lift => Lifted;

        public static HoldingEvent ByHolder => Ordered(ErasureGround.HolderDecision, Cast.Hour(92));

        public static HoldingEvent ByCourt => Ordered(ErasureGround.CourtOrder, Cast.Hour(20));

        public static DateTimeOffset Due => FirstDue;

        public static DateTimeOffset HoldEnds => Appeal.Until;

        public static Guid TheHold => Hold;

        public static TimeSpan Objection => ObjectionTime;
    }

    private sealed class Supply : SupplySpec
    {
        public static SuppliedTransfer Prepared => SuppliedTransfer.Fold([Package]);

        public static SuppliedTransfer Offering => SuppliedTransfer.Fold(ToOffer);

        public static SuppliedTransfer Accepting => SuppliedTransfer.Fold(ToAcceptance);

        public static SuppliedTransfer Releasing => SuppliedTransfer.Fold(ToRelease);
    }

    private sealed class Story : Requests.RequestSpec
    {
        public static AssistanceRequest.Dispatched Standing => Fold();

        public static AssistanceRequest.Dispatched TakenBack => Fold(Withdrawn);

        public static AssistanceRequest.Dispatched NotValidated => Fold(new RequestEvent.Withdrawn(WithdrawalGround.ValidationLapsed, Cast.Digest("withdrawal"), Cast.Node, Cast.Hour(53)));

        public static AssistanceRequest.Dispatched Objected => Fold(new RequestEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Hour(30)));

        private static AssistanceRequest.Dispatched Fold(params RequestEvent[] more) =>
            (AssistanceRequest.Dispatched)AssistanceRequest.Fold([Drafted, Assessed(Assessments.Emergency), Approved(ActEmergency), Signed, Sent, .. more]);
    }

    private sealed class Answered : Execution.ExecutionSpec
    {
        public static ReceivedRequest.InHand Standing => Fold();

        public static ReceivedRequest.InHand TakenBack(string ground) => Fold(new ExecutionEvent.WithdrawnBySender(Cast.Digest("withdrawal"), ground, Cast.Hour(60)));

        public static ReceivedRequest.InHand Refused => Fold(Invalid);

        public static ReceivedRequest.InHand Objected => Fold(new ExecutionEvent.Objected(Cast.Digest("objection"), "immunity-or-privilege", "EEV 12(1)(a)", Cast.Supplier, Cast.Hour(30)));

        private static ReceivedRequest.InHand Fold(params ExecutionEvent[] more) => (ReceivedRequest.InHand)ReceivedRequest.Fold([Urgent, Assessed(Assessments.Pass), Decided(First, Second), .. more]);
    }

    [Fact]
    public void At_the_holder_an_offer_lapses_after_its_last_instant_and_not_at_it()
    {
        Assert.Equal(Cast.Hour(48).AddMilliseconds(1), HoldingTimer.Next(Held.Offered, Story.Standing));
        Assert.Empty(Fire(Held.Offered, Story.Standing, Cast.Hour(48)));
        Assert.Equal(LapseReason.NotAccepted, Assert.IsType<HoldingEvent.OfferLapsed>(Assert.Single(Fire(Held.Offered, Story.Standing, Cast.Hour(48.1)))).Reason);
        Assert.Equal(LapseReason.NotReleased, Assert.IsType<HoldingEvent.OfferLapsed>(Assert.Single(Fire(Held.Accepting, Story.Standing, Cast.Hour(48.1)))).Reason);
    }

    [Fact]
    public void When_the_term_ends_the_destruction_falls_due_and_is_then_ordered_by_the_node()
    {
        var retained = Held.After();
        foreach (var at in (DateTimeOffset[])[Cast.Hour(4).AddDays(80), Cast.Hour(4).AddDays(160), Cast.Hour(4).AddDays(240), Cast.Hour(4).AddDays(320)])
            retained = HeldTransfer.Evolve(retained, Assert.Single(new ReviewTransfer(ReviewOutcome.StillNecessary, Cast.Holder, at).Decide(retained).Events));
        Assert.Equal(Held.Due, HoldingTimer.Next(retained, Story.Standing));
        Assert.Empty(Fire(retained, Story.Standing, Held.Due.AddMilliseconds(-1)));
        var due = Assert.IsType<HoldingEvent.DestructionDue>(Assert.Single(Fire(retained, Story.Standing, Held.Due)));
        var falling = HeldTransfer.Evolve(retained, due);
        var ordered = Assert.IsType<HoldingEvent.DestructionOrdered>(Assert.Single(Fire(falling, Story.Standing, Held.Due)));
        Assert.Equal((ErasureGround.TermEnded, "node", Held.Due + Held.Objection), (ordered.Order.Ground, ordered.Order.By.Role, ordered.Order.NotBefore));
        Assert.Null(HoldingTimer.Next(HeldTransfer.Evolve(falling, ordered), Story.Standing));
    }

    [Fact]
    public void A_withdrawn_or_objected_request_ends_what_was_received_at_once()
    {
        foreach (var (request, ground) in new[] { (Story.TakenBack, ErasureGround.RequestWithdrawn), (Story.NotValidated, ErasureGround.ValidationRefused), (Story.Objected, ErasureGround.Objection) })
        {
            Assert.False(HoldingTimer.MayUse(request, Cast.Hour(60)));
            foreach (var transfer in new[] { Held.After(), Held.Accepting, Held.After(Held.ByHolder) })
            {
                var ordered = Assert.IsType<HoldingEvent.DestructionOrdered>(Assert.Single(Fire(transfer, request, Cast.Hour(60))));
                Assert.Equal((ground, Cast.Hour(60)), (ordered.Order.Ground, ordered.Order.NotBefore));
                Assert.Null(HoldingTimer.Next(HeldTransfer.Evolve(transfer, ordered), request));
            }

            Assert.Null(HoldingTimer.Next(Held.After(Held.ByCourt), request));
        }

        Assert.True(HoldingTimer.MayUse(Story.Standing, Cast.Hour(10)));
    }

    private static readonly Demand Ordered = new(Cast.Digest("destruction-order"), ErasureGround.CourtOrder, "XB Act 9", Cast.Hour(60), Cast.Hour(60), null);

    [Fact]
    public void A_suppliers_order_is_carried_out_from_its_day_on_and_under_its_rule()
    {
        foreach (var transfer in new[] { Held.After(), Held.Accepting, Held.After(Held.ByHolder) })
        {
            Assert.True(HoldingTimer.Next(transfer, Story.Standing, Ordered) <= Cast.Hour(60));
            Assert.Empty(HoldingTimer.Fire(transfer, Story.Standing, Held.Objection, Cast.Holder with { Role = "node" }, Cast.Hour(40), Ordered).Events);
            var order = Assert.IsType<HoldingEvent.DestructionOrdered>(Assert.Single(HoldingTimer.Fire(transfer, Story.Standing, Held.Objection, Cast.Holder with { Role = "node" }, Cast.Hour(60), Ordered).Events)).Order;
            Assert.Equal((ErasureGround.CourtOrder, "XB Act 9", Cast.Hour(60)), (order.Ground, order.LegalReference, order.NotBefore));
        }

        // An order for a day far off keeps nothing beyond its term.
        Assert.Equal(HoldingTimer.Next(Held.After(), Story.Standing), HoldingTimer.Next(Held.After(), Story.Standing, Ordered with { NotBefore = Cast.Hour(4).AddDays(9000) }));
    }

    [Fact]
    public void Against_a_legal_hold_a_suppliers_order_is_answered_first_and_carried_out_when_the_hold_ends()
    {
        Assert.True(HoldingTimer.Owes(Held.After(Held.OnHold), Ordered));
        Assert.Equal(DateTimeOffset.MinValue, HoldingTimer.Next(Held.After(Held.OnHold), Story.Standing, Ordered));
        var answered = Ordered with { Deferred = new(Held.HoldEnds, Cast.Hour(61)) };
        Assert.Equal(Held.HoldEnds, HoldingTimer.Next(Held.After(Held.OnHold), Story.Standing, answered));
        Assert.Equal(ErasureGround.CourtOrder, Assert.IsType<HoldingEvent.DestructionOrdered>(Assert.Single(
            HoldingTimer.Fire(Held.After(Held.OnHold, Held.Lift), Story.Standing, Held.Objection, Cast.Holder, Cast.Hour(62), answered).Events)).Order.Ground);
    }

    [Fact]
    public void A_suppliers_order_stops_its_side_too()
    {
        Assert.Equal(DateTimeOffset.MinValue, SupplyTimer.Next(Supply.Releasing, Answered.Standing, Ordered));
        Assert.Equal(StopGround.DestructionDemanded, Assert.IsType<SupplyEvent.Stopped>(Assert.Single(SupplyTimer.Fire(Supply.Releasing, Answered.Standing, Cast.Hour(61), Ordered).Events)).Ground);
    }

    [Fact]
    public void A_legal_hold_keeps_everything_until_it_is_lifted()
    {
        Assert.Equal(Held.HoldEnds, HoldingTimer.Next(Held.After(Held.OnHold), Story.NotValidated));
        Assert.Empty(Fire(Held.After(Held.OnHold), Story.NotValidated, Held.HoldEnds.AddMilliseconds(-1)));
        Assert.IsType<HoldingEvent.DestructionOrdered>(Assert.Single(Fire(Held.After(Held.OnHold, Held.Lift), Story.NotValidated, Cast.Hour(60))));
    }

    [Fact]
    public void A_legal_hold_ends_by_itself_and_what_was_due_meanwhile_goes_on()
    {
        var ended = Assert.IsType<HoldingEvent.HoldEnded>(Assert.Single(Fire(Held.After(Held.OnHold), Story.NotValidated, Held.HoldEnds)));
        Assert.Equal((Held.TheHold, Held.HoldEnds), (ended.Hold, ended.Until));
        Assert.IsType<HoldingEvent.DestructionOrdered>(Assert.Single(Fire(Held.After(Held.OnHold, ended), Story.NotValidated, Held.HoldEnds)));
        var renewed = Held.After(Held.OnHold, new HoldingEvent.HoldRenewed(Held.TheHold, Held.HoldEnds.AddDays(30), Cast.Holder, Cast.Hour(12)));
        Assert.Empty(Fire(renewed, Story.NotValidated, Held.HoldEnds));
        Assert.Equal(Held.HoldEnds.AddDays(30), HoldingTimer.Next(renewed, Story.NotValidated));
    }

    [Fact]
    public void A_review_falls_due_by_the_shortest_interval_and_stays_overdue_until_someone_looks()
    {
        var retained = Held.After();
        var due = Cast.Hour(4).AddDays(90);
        Assert.Equal(due, HoldingTimer.Next(retained, Story.Standing));
        Assert.Empty(Fire(retained, Story.Standing, due.AddMilliseconds(-1)));
        var owed = HeldTransfer.Evolve(retained, Assert.IsType<HoldingEvent.ReviewFellDue>(Assert.Single(Fire(retained, Story.Standing, due.AddDays(1)))));
        Assert.Equal(new Overdue("review", due), Overdue.Of(owed));
        Assert.Equal(Held.Due, HoldingTimer.Next(owed, Story.Standing));
        Assert.Null(Overdue.Of(HeldTransfer.Evolve(owed, new HoldingEvent.Reviewed(ReviewOutcome.StillNecessary, due.AddDays(91), Cast.Holder, due.AddDays(1)))));
    }

    [Fact]
    public void A_certificate_that_does_not_come_is_overdue_at_the_supplier_once()
    {
        var released = Supply.Releasing;
        var due = Cast.Hour(4).AddDays(365) + MarkCertificateDue.Grace;
        Assert.Equal(due, SupplyTimer.Next(released, Answered.Standing));
        Assert.Empty(SupplyTimer.Fire(released, Answered.Standing, due.AddMilliseconds(-1)).Events);
        var overdue = SuppliedTransfer.Evolve(released, Assert.Single(SupplyTimer.Fire(released, Answered.Standing, due).Events));
        Assert.Equal(new Overdue("certificate", due), Overdue.Of(overdue));
        Assert.Null(SupplyTimer.Next(overdue, Answered.Standing));
        Assert.Null(Overdue.Of(SuppliedTransfer.Evolve(overdue, new SupplyEvent.CertificateReceived(Cast.Digest("certificate"), new(8, 0, 0), due.AddDays(1)))));
    }

    [Fact]
    public void After_a_stop_and_after_a_certificate_with_unknown_copies_the_rest_is_owed_within_its_time()
    {
        var stopped = SuppliedTransfer.Evolve(Supply.Releasing, new SupplyEvent.Stopped(StopGround.Objection, Cast.Hour(5)));
        Assert.Equal(Cast.Hour(5) + MarkCertificateDue.Grace, SupplyTimer.Next(stopped, Answered.Objected));
        var inPart = SuppliedTransfer.Evolve(stopped, new SupplyEvent.CertificateReceived(Cast.Digest("certificate"), new(6, 0, 2), Cast.Hour(90)));
        Assert.Equal(("certified-in-part", Cast.Hour(90) + MarkCertificateDue.ToAccount), (inPart.Name, SupplyTimer.Next(inPart, Answered.Objected)));
        Assert.IsType<SupplyEvent.CertificateFellDue>(Assert.Single(SupplyTimer.Fire(inPart, Answered.Objected, Cast.Hour(90).AddDays(30)).Events));
        Assert.Null(SupplyTimer.Next(SuppliedTransfer.Evolve(inPart, new SupplyEvent.CertificateReceived(Cast.Digest("second"), new(7, 1, 0), Cast.Hour(91))), Answered.Objected));
    }

    [Fact]
    public void Ten_years_of_retention_pass_with_every_review_every_renewal_and_the_end_in_their_places()
    {
        var now = Cast.Hour(4);
        var holding = Held.ForYears(10);
        var (told, end) = (new List<HoldingEvent>(), now.AddDays(3650));
        while (holding is not HeldTransfer.DestructionOrdered)
        {
            now = HoldingTimer.Next(holding, Story.Standing) ?? throw new InvalidOperationException("nothing more is due");
            var happened = Assert.Single(Fire(holding, Story.Standing, now));
            told.Add(happened);
            holding = HeldTransfer.Evolve(holding, happened);
            if (happened is HoldingEvent.ReviewFellDue) holding = HeldTransfer.Evolve(holding, Assert.Single(new ReviewTransfer(ReviewOutcome.StillNecessary, Cast.Holder, now).Decide(holding).Events));
        }

        Assert.Equal(end, now);
        Assert.Equal(3650 / 180, told.OfType<HoldingEvent.ReviewFellDue>().Count());
        Assert.Equal(["DestructionDue", "DestructionOrdered"], told.TakeLast(2).Select(happened => happened.GetType().Name));
        Assert.Equal(end, Assert.Single(told.OfType<HoldingEvent.DestructionDue>()).DueAt);
    }

    [Fact]
    public void At_the_supplier_a_transfer_lapses_after_its_times()
    {
        Assert.Null(SupplyTimer.Next(Supply.Prepared, Answered.Standing));
        Assert.Equal(Cast.Hour(96).AddMilliseconds(1), SupplyTimer.Next(Supply.Offering, Answered.Standing));
        Assert.Equal(Cast.Hour(48).AddMilliseconds(1), SupplyTimer.Next(Supply.Accepting, Answered.Standing));
        Assert.Empty(SupplyTimer.Fire(Supply.Offering, Answered.Standing, Cast.Hour(96)).Events);
        Assert.Equal(LapseReason.NotAccepted, Assert.IsType<SupplyEvent.Lapsed>(Assert.Single(SupplyTimer.Fire(Supply.Offering, Answered.Standing, Cast.Hour(97)).Events)).Reason);
        Assert.Equal(LapseReason.NotReleased, Assert.IsType<SupplyEvent.Lapsed>(Assert.Single(SupplyTimer.Fire(Supply.Accepting, Answered.Standing, Cast.Hour(49)).Events)).Reason);
    }

    [Fact]
    public void At_the_supplier_every_open_transfer_stops_when_its_request_no_longer_stands()
    {
        foreach (var (request, ground) in new[]
        {
            (Answered.TakenBack("no-longer-needed"), StopGround.RequestWithdrawn), (Answered.TakenBack("validation-lapsed"), StopGround.ValidationRefused),
            (Answered.TakenBack("validation-refused"), StopGround.ValidationRefused), (Answered.Refused, StopGround.ValidationRefused), (Answered.Objected, StopGround.Objection),
        })
        {
            Assert.False(SupplyTimer.Stands(request));
            foreach (var transfer in new[] { Supply.Prepared, Supply.Offering, Supply.Accepting, Supply.Releasing })
            {
                var stopped = Assert.IsType<SupplyEvent.Stopped>(Assert.Single(SupplyTimer.Fire(transfer, request, Cast.Hour(61)).Events));
                Assert.Equal(ground, stopped.Ground);
                // Only where the key was out is there something left to wait for.
                Assert.Equal(transfer is SuppliedTransfer.Released ? Cast.Hour(61) + MarkCertificateDue.Grace : null, SupplyTimer.Next(SuppliedTransfer.Evolve(transfer, stopped), request));
            }
        }

        Assert.True(SupplyTimer.Stands(Answered.Standing));
    }

    private static IReadOnlyList<HoldingEvent> Fire(HeldTransfer transfer, AssistanceRequest.Dispatched request, DateTimeOffset now) =>
        HoldingTimer.Fire(transfer, request, Held.Objection, Cast.Node, now).Events;
}
