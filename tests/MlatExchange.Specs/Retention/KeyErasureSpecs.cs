using MlatExchange.Domain.Retention;

namespace MlatExchange.Specs.Retention;

public sealed class KeyErasureSpecs() : Spec<KeyErasure, KeyErasureEvent>(KeyErasure.Initial, KeyErasure.Evolve)
{
    private const string Key = "case-01977f00-0000-7000-8000-00000000c001";

    private static readonly ErasureOrder Closing = new(["subscriber"], 2, Cast.Holder, ErasureGround.CaseClosed, "XA Data Protection (Justice) Act 12", Cast.Hour(92));

    private static readonly OrderKeyErasure Order = new(Key, Closing, Cast.Hour(20));

    private static readonly RecordDataKeyDestroyed Destroy = new(Cast.Hour(268), Cast.Hour(92));

    private static readonly FinishKeyErasure Finish = new(Cast.Hour(269));

    private static KeyErasureEvent Ordered => new KeyErasureEvent.KeyErasureOrdered(Key, Closing, Cast.Hour(20));

    private static KeyErasureEvent Destroyed => new KeyErasureEvent.DataKeyDestroyed(Cast.Hour(268), Cast.Hour(92));

    private static KeyErasureEvent Final => new KeyErasureEvent.ErasureFinal(Cast.Hour(269));

    [Fact]
    public void The_end_of_a_key_is_ordered_first() => Given().When(Order.Decide).Then(Ordered);

    [Fact]
    public void The_same_order_again_changes_nothing() => Given(Ordered).When((Order with { At = Cast.Hour(30) }).Decide).Then();

    [Fact]
    public void An_order_can_be_hastened() =>
        Given(Ordered).When((Order with { Order = Closing with { NotBefore = Cast.Hour(40) }, At = Cast.Hour(30) }).Decide)
            .Then(new KeyErasureEvent.KeyErasureOrdered(Key, Closing with { NotBefore = Cast.Hour(40) }, Cast.Hour(30)));

    [Fact]
    public void No_key_is_destroyed_without_an_order() => Given().When(Destroy.Decide).Then(NotPermitted(RetentionRules.OrderFirst));

    [Fact]
    public void No_key_is_destroyed_while_oversight_may_object() =>
        Given(Ordered).When((Destroy with { At = Cast.Hour(91) }).Decide).Then(NotPermitted(RetentionRules.TooEarly));

    [Fact]
    public void The_key_goes_when_the_time_came() => Given(Ordered).When(Destroy.Decide).Then(Destroyed);

    [Fact]
    public void The_end_of_the_key_is_recorded_once() => Given(Ordered, Destroyed).When(Destroy.Decide).Then();

    [Fact]
    public void Nothing_is_final_while_the_epoch_s_key_stands() =>
        Given(Ordered, Destroyed).When((Finish with { At = Cast.Hour(267) }).Decide).Then(NotPermitted(RetentionRules.EpochStands));

    [Fact]
    public void It_is_final_when_the_epoch_s_key_is_gone() => Given(Ordered, Destroyed).When(Finish.Decide).Then(Final);

    [Fact]
    public void It_becomes_final_once() => Given(Ordered, Destroyed, Final).When(Finish.Decide).Then();

    [Fact]
    public void Nothing_is_final_before_the_key_is_destroyed() => Given(Ordered).When(Finish.Decide).Then(NotPermitted(RetentionRules.StepOutOfOrder));

    [Fact]
    public void A_key_made_anew_for_what_came_late_is_ordered_again() =>
        Given(Ordered, Destroyed, Final).When((Order with { Order = Closing with { NotBefore = Cast.Hour(900) }, At = Cast.Hour(828) }).Decide)
            .Then(new KeyErasureEvent.KeyErasureOrdered(Key, Closing with { NotBefore = Cast.Hour(900) }, Cast.Hour(828)));

    [Fact]
    public void Each_crash_point_resumes_with_the_step_that_was_not_recorded()
    {
        Assert.Equal(new ErasureStep.Wait(Cast.Hour(92)), Given(Ordered).State.Next(Cast.Hour(91)));
        Assert.IsType<ErasureStep.DestroyKey>(Given(Ordered).State.Next(Cast.Hour(92)));
        Assert.Equal(new ErasureStep.Wait(Cast.Hour(268)), Given(Ordered, Destroyed).State.Next(Cast.Hour(267)));
        Assert.IsType<ErasureStep.Complete>(Given(Ordered, Destroyed).State.Next(Cast.Hour(268)));
        Assert.IsType<ErasureStep.Done>(Given(Ordered, Destroyed, Final).State.Next(Cast.Hour(999)));
        Assert.IsType<ErasureStep.Done>(Given().State.Next(Cast.Hour(999)));
    }
}
