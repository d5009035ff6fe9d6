using MlatExchange.Domain.Deadlines;
using MlatExchange.Domain.Requests;
using MlatExchange.Specs.Deadlines;

namespace MlatExchange.Specs.Requests;

/// <summary>The executing side says that it will be late: the requesting side sees it in the term that runs.</summary>
public class RecordDelaySpecs : RequestSpec
{
    private static readonly RecordDelay Delay = new(Cast.Digest("delay"), "volume", Cast.Hour(400), Cast.Hour(20));

    private static RequestEvent Delayed => new RequestEvent.DelayAnnounced(Cast.Digest("delay"), "volume", Cast.Hour(400), Cast.Hour(20));

    [Fact]
    public void A_notice_is_recorded_once() => Given(ToSending).When(Delay.Decide).Then(Delayed);

    [Fact]
    public void The_same_notice_again_changes_nothing_and_another_is_another()
    {
        Given([.. ToSending, Delayed]).When(Delay.Decide).Then();
        Given([.. ToSending, Delayed]).When((Delay with { Until = null }).Decide).Then(new RequestEvent.DelayAnnounced(Cast.Digest("delay"), "volume", null, Cast.Hour(20)));
    }

    [Fact]
    public void One_that_crossed_the_withdrawal_is_a_fact_and_one_after_the_end_is_not()
    {
        Given([.. ToSending, Withdrawn]).When(Delay.Decide).Then(Delayed);
        Given([.. ToSending, Withdrawn, Closed]).When(Delay.Decide).Then(NotPermitted(RequestRules.IsClosed));
        Given(ToApproval).When(Delay.Decide).Then(NotPermitted(RequestRules.SignatureFirst));
    }

    [Fact]
    public void The_term_that_runs_shows_it()
    {
        var delivered = new RequestEvent.ReceiptRecorded(ReceiptKind.Delivery, Cast.Digest("message"), null, Cast.Hour(5));
        var term = RequestTerms.Of(AssistanceRequest.Fold([.. ToSending, delivered, Delayed]), new(Clocks.Rules, Clocks.Calendars)).Single(t => t.Deadline.Rule.Id == "eev-production");
        Assert.Equal(new DelayNotice("volume", Cast.Hour(400), Cast.Hour(20)), term.Delay);
    }
}
